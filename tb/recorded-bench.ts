import { clockingOf, type Design } from "../hdl/index.ts";
import type { EngineValues } from "../hdl/simulate/engine.ts";
import type { BenchCycle, DesignBench } from "./bench-cycle.ts";
import { startRandomStimulus } from "./random-stimulus.ts";
import { allDomains, ReferenceRun } from "./reference-run.ts";

/** Why no bench can be recorded of a design; undefined when one can. */
export function recordingObstacle(design: Design): string | undefined {
  const { clocks } = clockingOf(design);
  if (!design.top.ports.some(({ direction }) => direction === "output")) return "the module has no output";
  if (clocks.some(({ bothEdges }) => bothEdges)) return "registers change at both edges of a clock";
  const missing = design.modules.find(({ external }) => external && !external.modelled);
  return missing && `${missing.name} is external Verilog without a model`;
}

/**
 * A bench of a design that has no golden model: random inputs, and what the engine in this process answers. It holds the
 * Verilog in any simulator to that engine. An output that depends on unknown state is not looked at.
 */
export async function recordBench(design: Design, seed: number, count: number): Promise<DesignBench<EngineValues>> {
  const stimulus = await startRandomStimulus(design, seed);
  const run = await ReferenceRun.start(design, { findUnknown: true });
  try {
    const { inputs, outputs } = run.engine;
    const named = (ports: typeof inputs, frame: readonly (EngineValues | undefined)[]) =>
      Object.fromEntries(ports.flatMap(({ name }, i) => (frame[i] === undefined ? [] : [[name, frame[i]] as const])));
    // The bench gives all clocks their edges together.
    const domains = allDomains(run.engine);
    run.reset(stimulus.idle);
    const cycles: BenchCycle<EngineValues>[] = [];
    for (let i = 0; i < count; i++) {
      const { frame } = stimulus.next(domains);
      cycles.push({ inputs: named(inputs, frame), expected: named(outputs, run.settle(frame)) });
      run.step({ domains });
    }
    return { idle: named(inputs, stimulus.idle), quiet: {}, cycles: () => cycles };
  } finally {
    run.dispose();
  }
}
