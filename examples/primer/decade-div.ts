import { bit, clockDomain, input, Module, mux, output, register, uint, when } from "../../hdl/index.ts";

/** Exercise 08. Divides the clock by `n` and counts the decades. */
export class DecadeDiv extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  readonly load = input(bit);
  readonly do_it = input(bit);
  readonly n = input(uint(8));
  readonly data = input(uint(8));
  readonly count = output(uint(8));
  readonly tick = output(bit);
  readonly digit = output(uint(4));

  override get moduleName() {
    return "decade_div";
  }

  build() {
    const count = register(uint(8), { reset: 0 });
    const digit = register(uint(4), { reset: 0 });
    const atEnd = count.ge(this.n.subWrap(1));
    const tick = this.do_it.and(this.load.not()).and(atEnd);
    when(this.load, () => {
      count.next = this.data;
    }).elsewhen(this.do_it, () => {
      count.next = mux(atEnd, 0, count.addWrap(1));
    });
    when(tick, () => {
      digit.next = mux(digit.eq(9), 0, digit.addWrap(1));
    });
    this.count.value = count;
    this.tick.value = tick;
    this.digit.value = digit;
  }
}
