import { type CoverCount, type Design, type EngineName, type PropertyFailure, startEngine } from "../hdl/index.ts";
import { type PropertyKind, statedProperties } from "../hdl/ir/index.ts";
import type { Engine, OutputFrame } from "../hdl/simulate/engine.ts";
import { inputAssumptions } from "./input-assumptions.ts";
import { feed } from "./lockstep.ts";
import { type Disagreement, OutputComparison } from "./output-comparison.ts";
import { startRandomStimulus } from "./random-stimulus.ts";
import { ReferenceRun, resetCycles } from "./reference-run.ts";
import type { StimulusCycle } from "./stimulus-cycle.ts";

/** Random stimulus for a module, in this process and beside it in a simulator of its Verilog. */
export interface ModuleSimRequest {
  readonly design: Design;
  /** What runs the emitted Verilog; undefined to run in this process alone. */
  readonly against: Exclude<EngineName, "inprocess"> | undefined;
  /** Cycles with stimulus. */
  readonly vectors: number;
  readonly seed: number;
  /** Always write a wave here. */
  readonly wave?: string | undefined;
  /** Where to write a wave when something differs or fails and `wave` is not given. */
  readonly waveOnFailure?: string | undefined;
  /** Called now and then with the cycles simulated so far. */
  readonly onProgress?: ((cycles: number) => void) | undefined;
}

/** What the simulation found. */
export interface ModuleSimReport {
  /** Product and version of the engine in this process. */
  readonly engine: string;
  /** The same of what ran the Verilog; null when nothing did. */
  readonly simulator: string | null;
  readonly vectors: number;
  readonly seed: number;
  readonly seconds: number;
  /** Output ports compared, and those of them that the simulator did not know or that nobody may know. */
  readonly compared: number;
  readonly unknown: number;
  readonly mismatched: number;
  /** The first of them. */
  readonly mismatches: readonly Disagreement[];
  /** In the design and all below it, each instance counted. */
  readonly assertions: number;
  readonly assumptions: number;
  /** Those that failed, in order of time; those behind a broken assumption are left out. */
  readonly failures: readonly PropertyFailure[];
  /** Where the inputs first broke what the design assumes of them; null when they never did. */
  readonly assumptionBroken: PropertyFailure | null;
  readonly covers: readonly CoverCount[];
  /** The wave that was written, if any. */
  readonly wave: string | undefined;
}

const progressEvery = 256;
/** Cycles shown after the first fault in the wave. */
const cyclesAfterFault = 4;
/**
 * Runs a module on random inputs, as far as possible such that what it assumes of them holds: assertions are checked and
 * covers counted in this process, and every output is compared with the emitted Verilog.
 * @throws ToolError when the simulator is missing or fails
 */
export async function runModuleSim(request: ModuleSimRequest): Promise<ModuleSimReport> {
  const { against, design, seed, vectors } = request;
  const began = performance.now();
  const there = against === undefined ? undefined : await startEngine(design, { engine: against, assertions: "off" });
  const runOnce = async (count: number, wave: string | undefined, other: Engine | undefined) => {
    const stimulus = await startRandomStimulus(design, seed);
    const run = await ReferenceRun.start(design, { wave, findUnknown: other?.name === "icarus" });
    const comparison = new OutputComparison();
    try {
      run.reset(stimulus.idle);
      const look = (cycle: number, at: StimulusCycle, found: OutputFrame | undefined): void => {
        const expected = run.settle(at.frame);
        if (found) comparison.take(cycle, run.engine.outputs, expected, found);
        run.step(at);
        if (cycle % progressEvery === 0) request.onProgress?.(cycle);
      };
      feed(other, stimulus, count, look);
      const { version } = run.engine;
      return { comparison, version, failures: run.engine.failures?.() ?? [], covers: run.engine.covers?.() ?? [] };
    } finally {
      run.dispose();
    }
  };
  try {
    const { comparison, covers, failures: all, version } = await runOnce(vectors, request.wave, there);
    const assumptions = inputAssumptions(design);
    const isOfInputs = ({ kind, name, path }: PropertyFailure): boolean =>
      kind === "assume" && assumptions?.has(path, name) === true;
    const broken = all.find(isOfInputs) ?? null;
    const failures = all.filter((failure) => !isOfInputs(failure) && (broken === null || failure.cycle < broken.cycle));
    const { compared, mismatched, mismatches, unknown } = comparison;
    const fault = Math.min(
      mismatches[0]?.cycle ?? vectors,
      (failures[0]?.cycle ?? vectors + resetCycles) - resetCycles,
    );
    let { wave } = request;
    if (fault < vectors && wave === undefined && request.waveOnFailure !== undefined) {
      wave = request.waveOnFailure;
      await runOnce(Math.min(vectors, fault + cyclesAfterFault), wave, undefined);
    }
    return {
      engine: version,
      simulator: there?.version ?? null,
      vectors,
      seed,
      seconds: (performance.now() - began) / 1000,
      compared,
      unknown,
      mismatched,
      mismatches,
      assertions: countProperties(design.top, "assert"),
      assumptions: countProperties(design.top, "assume"),
      failures,
      assumptionBroken: broken,
      covers,
      wave,
    };
  } finally {
    there?.dispose();
  }
}

function countProperties(module: Design["top"], wanted: PropertyKind): number {
  const own = statedProperties(module).filter(({ kind }) => kind === wanted).length;
  return module.instances.reduce((sum, instance) => sum + countProperties(instance.module, wanted), own);
}
