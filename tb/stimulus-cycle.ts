import type { Engine, EngineValues } from "../hdl/simulate/engine.ts";

/** One cycle of stimulus for any design. */
export interface StimulusCycle {
  /** Values of the inputs, in the order of `Engine.inputs`. */
  readonly frame: readonly EngineValues[];
  /** The clock domains whose clocks have an edge at the end of the cycle; the default one alone where there is one clock. */
  readonly domains: readonly number[];
}

/** Puts values on all inputs of an engine. */
export function writeFrame(engine: Engine, frame: readonly EngineValues[]): void {
  for (const [port, values] of frame.entries()) engine.write(port, values);
}
