import type { Engine, EngineValues } from "../hdl/simulate/engine.ts";
import type { BenchCycle, DesignBench, PortValues } from "./bench-cycle.ts";

/** One output that was not what the golden model says. */
export interface Mismatch {
  /** Cycle after reset, from 0. */
  readonly cycle: number;
  /** Port, with the element for a vector: `out_sum[3]`. */
  readonly signal: string;
  readonly expected: number;
  readonly found: number;
}

/** The outcome of a bench. */
export interface BenchResult {
  /** Cycles simulated after reset. */
  readonly cycles: number;
  /** Output elements compared. */
  readonly compared: number;
  /** How many of them differed. */
  readonly mismatched: number;
  /** The first of them. */
  readonly mismatches: readonly Mismatch[];
}

/** How long to run and when results are due. */
export interface BenchRun {
  readonly seed: number;
  /** Cycles with stimulus. */
  readonly vectors: number;
  readonly latency: number;
  /** Called now and then with the cycles done. */
  readonly onProgress?: (cycles: number) => void;
}

const mismatchesKept = 8;
const progressEvery = 256;

/** The values of each port in the engine's order; more than 32 bits become big integers, as engines want them. */
function frameOf(engine: Engine, inputs: PortValues): EngineValues[] {
  return engine.inputs.map(({ name, elementWidth }) => {
    const values = inputs[name];
    if (!values) throw new Error(`the bench gives no value for input ${name}`);
    return elementWidth > 32 ? Array.from(values, BigInt) : values;
  });
}

/** Runs a bench on an engine: reset, the stimulus, and as many idle cycles as the last result needs to come out. */
export function runBench(engine: Engine, bench: DesignBench, run: BenchRun): BenchResult {
  const due: PortValues[] = [];
  const mismatches: Mismatch[] = [];
  let mismatched = 0;
  let compared = 0;
  let cycles = 0;

  function* frames(): Generator<readonly EngineValues[]> {
    const idle: BenchCycle = { inputs: bench.idle, expected: {} };
    for (let i = 0; i < run.latency; i++) due.push(bench.quiet);
    for (const cycle of bench.cycles(run.seed, run.vectors)) {
      due.push(cycle.expected);
      yield frameOf(engine, cycle.inputs);
    }
    for (let i = 0; i < run.latency; i++) yield frameOf(engine, idle.inputs);
  }

  const outputNumbers = new Map(engine.outputs.map((port, number) => [port.name, number]));
  engine.inputs.forEach((port, number) => {
    const values = bench.idle[port.name] ?? [];
    engine.write(number, port.elementWidth > 32 ? Array.from(values, BigInt) : values);
  });
  engine.step(2, true);
  engine.replay(frames(), (cycle, outputs) => {
    cycles++;
    for (const [name, expected] of Object.entries(due[cycle]!)) {
      const found = outputs[outputNumbers.get(name)!]!;
      for (let i = 0; i < expected.length; i++) {
        compared++;
        const value = Number(found[i]);
        if (value === expected[i]) continue;
        mismatched++;
        if (mismatches.length >= mismatchesKept) continue;
        const signal = expected.length > 1 ? `${name}[${i}]` : name;
        mismatches.push({ cycle, signal, expected: expected[i]!, found: value });
      }
    }
    // What has been compared is not needed again; a long run must not grow.
    delete due[cycle];
    if (cycle % progressEvery === 0) run.onProgress?.(cycle);
  });
  return { cycles, compared, mismatched, mismatches };
}
