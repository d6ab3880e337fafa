import { clockDomain, delayed, input, Module, output, register, uint } from "../../hdl/index.ts";

/** Exercise 07. Bits that changed at the last clock edge, and bits that have fallen since reset. */
export class EdgeWatch extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  readonly in = input(uint(8));
  readonly anyedge = output(uint(8));
  readonly captured = output(uint(8));

  override get moduleName() {
    return "edge_watch";
  }

  build() {
    const old = delayed(this.in);
    const anyedge = delayed(this.in.xor(old));
    const captured = register(uint(8), { reset: 0 });
    captured.next = captured.or(old.and(this.in.not()));
    this.anyedge.value = anyedge;
    this.captured.value = captured;
  }
}
