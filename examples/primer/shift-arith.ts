import { bit, clockDomain, input, Module, match, output, register, uint, when } from "../../hdl/index.ts";

/** Exercise 10. A shift register for numbers: to the left with zeros, to the right with the sign. */
export class ShiftArith extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", reset: "none" });
  readonly load = input(bit);
  readonly ena = input(bit);
  readonly amount = input(uint(2));
  readonly data = input(uint(64));
  readonly q = output(uint(64));

  override get moduleName() {
    return "shift_arith";
  }

  build() {
    const q = register(uint(64));
    const signed = q.asSint();
    when(this.load, () => {
      q.next = this.data;
    }).elsewhen(this.ena, () => {
      q.next = match(this.amount, {
        0: q.shiftLeftWrap(1),
        1: q.shiftLeftWrap(8),
        2: signed.shiftRightKeep(1).asUint(),
        3: signed.shiftRightKeep(8).asUint(),
      });
    });
    this.q.value = q;
  }
}
