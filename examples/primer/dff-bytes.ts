import { clockDomain, input, Module, output, register, uint, when } from "../../hdl/index.ts";

/** Exercise 06. A register of four bytes, each with an enable. */
export class DffBytes extends Module {
  readonly defaultDomain = clockDomain({
    clockName: "clk",
    resetName: "resetn",
    reset: "asynchronous",
    resetActive: "low",
  });
  readonly byteena = input(uint(4));
  readonly d = input(uint(32));
  readonly q = output(uint(32));

  override get moduleName() {
    return "dff_bytes";
  }

  build() {
    const q = register(uint(32), { reset: 0 });
    for (let k = 0; k < 4; k++) {
      when(this.byteena.bit(k), () => {
        q.slice(8 * k + 7, 8 * k).next = this.d.slice(8 * k + 7, 8 * k);
      });
    }
    this.q.value = q;
  }
}
