import type { VerilogParameter } from "../ir/index.ts";
import { Module } from "./module.ts";

/**
 * Base of a module that exists in Verilog already. Fields made by `input()` and `output()` are its ports, exactly as they
 * are called there. Its clock and reset ports are those of its clock domains: `readonly defaultDomain = clockDomain({
 * clockName: "clk", resetName: "rst_n", resetActive: "low" })`. Put in place by `instance()` like any other module.
 */
export abstract class BlackBox<P extends object = object> extends Module<P> {
  /** What the Verilog parameters are given, in this order: `{ WIDTH: this.params.width }`. */
  get parameters(): Readonly<Record<string, VerilogParameter>> {
    return {};
  }

  /**
   * Verilog files with the module and all that it needs, as paths or `file:` URLs. They go where the emitted Verilog
   * goes: to simulators, synthesis, and what is written for others. Without them the module is only instantiated.
   */
  get sources(): readonly (string | URL)[] {
    return [];
  }

  /**
   * What the module does, in the language, for the engine in this process and for checks that follow values through it:
   * a `build()` that is never emitted. Without one only the other simulators run the design.
   */
  model?(): void;

  override build(): void {
    this.model?.();
  }
}
