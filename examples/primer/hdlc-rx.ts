import { bit, input, Module, output, register, uint, when } from "../../hdl/index.ts";

/** Exercise 17. Finds stuffed bits, flags and errors in a row of bits. */
export class HdlcRx extends Module {
  readonly in = input(bit);
  readonly disc = output(bit);
  readonly flag = output(bit);
  readonly err = output(bit);
  readonly stuffed = output(uint(8));

  override get moduleName() {
    return "hdlc_rx";
  }

  build() {
    const ones = register(uint(3), { reset: 0 }); // in a row; 7 means 7 or more
    const disc = register(bit, { reset: 0 });
    const flag = register(bit, { reset: 0 });
    const stuffed = register(uint(8), { reset: 0 });

    const endsFive = this.in.not().and(ones.eq(5));
    const endsSix = this.in.not().and(ones.eq(6));
    when(this.in, () => {
      ones.next = ones.addSat(1);
    }).otherwise(() => {
      ones.next = 0;
    });
    disc.next = endsFive;
    flag.next = endsSix;
    when(endsSix, () => {
      stuffed.next = 0;
    }).elsewhen(endsFive, () => {
      stuffed.next = stuffed.addSat(1);
    });

    this.disc.value = disc;
    this.flag.value = flag;
    this.err.value = ones.eq(7);
    this.stuffed.value = stuffed;
  }
}
