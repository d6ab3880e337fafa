import { bit, clockDomain, input, Module, mux, output, register, uint } from "../../hdl/index.ts";

/** Exercise 12. Wolfram's rule 90 over 512 cells. */
export class Rule90 extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", reset: "none" });
  readonly load = input(bit);
  readonly data = input(uint(512));
  readonly q = output(uint(512));

  override get moduleName() {
    return "rule90";
  }

  build() {
    const q = register(uint(512));
    q.next = mux(this.load, this.data, q.shiftLeftWrap(1).xor(q.shiftRight(1)));
    this.q.value = q;
  }
}
