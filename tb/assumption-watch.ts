import { type Design, startEngine, uint } from "../hdl/index.ts";
import { bitwise, constant, designOf, type Node, type Port, propertiesOf } from "../hdl/ir/index.ts";
import type { EngineValues } from "../hdl/simulate/engine.ts";
import { allDomains, resetCycles } from "./reference-run.ts";
import { type StimulusCycle, writeFrame } from "./stimulus-cycle.ts";

/** Tells of inputs, before the clock edge, whether what a design assumes would hold. */
export interface AssumptionWatch {
  /** Resets the design with these inputs. */
  reset(frame: readonly EngineValues[]): void;
  holds(frame: readonly EngineValues[]): boolean;
  /** Goes on to the next cycle. */
  step(cycle: StimulusCycle): void;
}

/** The conjunction of what the top assumes; undefined when it assumes nothing. */
function assumptionsOf({ top }: Design): Node | undefined {
  const conditions = propertiesOf(top)
    .filter(({ kind }) => kind === "assume")
    .map(({ condition }) => condition);
  if (conditions.length === 0) return undefined;
  return conditions.reduce<Node>((all, condition) => bitwise("and", all, condition), constant(1n, 1, false));
}

/**
 * Runs the design in this process with one more output, which is 1 while its assumptions hold. Undefined for a design
 * whose top assumes nothing: what a child assumes is its parent's duty, as in a proof.
 */
export async function startAssumptionWatch(design: Design): Promise<AssumptionWatch | undefined> {
  const condition = assumptionsOf(design);
  if (condition === undefined) return undefined;
  const { top } = design;
  let name = "assumptions_hold";
  while (top.ports.some((port) => port.name === name)) name += "_";
  const output: Port = { name, direction: "output", type: uint(1), drivers: [condition] };
  const engine = await startEngine(designOf({ ...top, ports: [...top.ports, output] }), { assertions: "off" });
  const number = engine.outputs.findIndex((port) => port.name === name);
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
