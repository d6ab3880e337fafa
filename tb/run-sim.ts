import type { ConfiguredDesign } from "../generators/index.ts";
import { compile, type EngineName, startEngine } from "../hdl/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import { benchOf } from "./design-bench.ts";
import { type BenchResult, runBench } from "./run-bench.ts";

/** A simulation against the golden model. */
export interface SimRequest {
  readonly design: ConfiguredDesign;
  readonly engine: EngineName;
  /** Cycles with stimulus. */
  readonly vectors: number;
  readonly seed: number;
  /** Always write a wave here. */
  readonly wave?: string | undefined;
  /** Where to write a wave when something differs and `wave` is not given. */
  readonly waveOnMismatch?: string | undefined;
  /** Called now and then with the cycles simulated so far. */
  readonly onProgress?: ((cycles: number) => void) | undefined;
}

/** What the simulation found. */
export interface SimReport extends BenchResult {
  readonly design: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly engine: EngineName;
  /** Product and version of the simulator. */
  readonly simulator: string;
  readonly vectors: number;
  readonly seed: number;
  readonly latency: number;
  /** Seconds inside the simulation. */
  readonly seconds: number;
  /** The wave that was written, if any. */
  readonly wave: string | undefined;
}

/** Cycles shown after the first mismatch in the wave. */
const cyclesAfterMismatch = 4;

/**
 * Simulates a generated design on an engine and holds every output against the golden model. When something differs,
 * the run is repeated up to a few cycles after it, with a wave.
 * @throws ToolError when the simulator is missing or fails.
 */
export async function runSim(request: SimRequest): Promise<SimReport> {
  const { design: configured, engine: engineName, seed, vectors } = request;
  const design = compile(configured.create());
  const bench = benchOf(configured);
  const { latency } = configured;

  const runOnce = async (count: number, wave: string | undefined) => {
    const engine = await startEngine(design, { engine: engineName, wave });
    try {
      const started = performance.now();
      const onProgress = request.onProgress;
      const result = runBench(engine, bench, { seed, vectors: count, latency, ...(onProgress ? { onProgress } : {}) });
      return { result, simulator: engine.version, seconds: (performance.now() - started) / 1000 };
    } finally {
      engine.dispose();
    }
  };

  const { result, simulator, seconds } = await runOnce(vectors, request.wave);
  let { wave } = request;
  const first = result.mismatches[0];
  if (first && !wave && request.waveOnMismatch) {
    wave = request.waveOnMismatch;
    await runOnce(Math.min(vectors, first.cycle + cyclesAfterMismatch), wave);
  }
  return {
    ...result,
    design: configured.generator,
    parameters: configured.params,
    engine: engineName,
    simulator,
    vectors,
    seed,
    latency,
    seconds,
    wave,
  };
}
