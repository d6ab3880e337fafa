import { startEngine } from "../hdl/index.ts";
import type { EngineValues } from "../hdl/simulate/engine.ts";
import type { InputAssumptions } from "./input-assumptions.ts";
import { allDomains, resetCycles } from "./reference-run.ts";
import { type StimulusCycle, writeFrame } from "./stimulus-cycle.ts";

/** Tells of inputs, before the clock edge, whether what a design assumes of them would hold. */
export interface AssumptionWatch {
  /** Resets the design with these inputs. */
  reset(frame: readonly EngineValues[]): void;
  holds(frame: readonly EngineValues[]): boolean;
  /** Goes on to the next cycle. */
  step(cycle: StimulusCycle): void;
}

/** Runs the design in this process beside the one that is looked at. */
export async function startAssumptionWatch({ output, watched }: InputAssumptions): Promise<AssumptionWatch> {
  const engine = await startEngine(watched, { assertions: "off" });
  const number = engine.outputs.findIndex(({ name }) => name === output);
  return {
    reset(frame) {
      writeFrame(engine, frame);
      engine.step(resetCycles, true, allDomains(engine));
    },
    holds(frame) {
      writeFrame(engine, frame);
      return Number(engine.read(number)[0]) === 1;
    },
    step({ frame, domains }) {
      writeFrame(engine, frame);
      engine.step(1, false, domains);
    },
  };
}
