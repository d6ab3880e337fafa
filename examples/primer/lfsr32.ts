import { bit, clockDomain, constant, input, Module, mux, output, register, uint, when } from "../../hdl/index.ts";

/** Exercise 11. A linear feedback shift register in Galois form. */
export class Lfsr32 extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", resetName: "areset", reset: "asynchronous" });
  readonly load = input(bit);
  readonly ena = input(bit);
  readonly seed = input(uint(32));
  readonly q = output(uint(32));

  override get moduleName() {
    return "lfsr32";
  }

  build() {
    const q = register(uint(32), { reset: 1 });
    const taps = [32, 30, 26, 25].reduce((mask, position) => mask + 2 ** (position - 1), 0);
    when(this.load, () => {
      q.next = mux(this.seed.eq(0), 1, this.seed);
    }).elsewhen(this.ena, () => {
      q.next = q.shiftRight(1).xor(mux(q.bit(0), constant(uint(32), taps), 0));
    });
    this.q.value = q;
  }
}
