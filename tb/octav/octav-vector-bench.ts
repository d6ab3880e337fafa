import { octavCandidates, octavInteger } from "../../golden/index.ts";
import { type OctavUnitParameters, octavVectorInterval, octavVectorLatency } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { cornerVectors, randomValues, searchTwoCycles } from "./octav-corners.ts";

/** Random vectors looked through for 2-cycles at the beginning of a run. */
const searched = 200;

function* vectors(params: OctavUnitParameters, random: Random): Generator<number[]> {
  yield* cornerVectors(params.vectorSize, params);
  yield* searchTwoCycles(random, params.vectorSize, params, searched);
  for (;;) yield randomValues(random, params.vectorSize, params);
}

/** What the outputs show for a vector. */
function answer(values: readonly number[], params: OctavUnitParameters): PortValues {
  const { clip: answered, converged, rounds } = octavInteger(values, params);
  const clip = params.candidates ? octavCandidates(values, params).clip : answered;
  return { out_valid: [1], out_clip: [Number(clip)], out_rounds: [rounds], out_converged: [converged ? 1 : 0] };
}

/**
 * The test bench of `octav-unit` in mode vector: corners, then random vectors; stretches of vectors back to back and of
 * vectors with gaps, and vectors offered while the unit is busy, which it must not notice.
 */
export function octavVectorBench(params: OctavUnitParameters): DesignBench {
  const latency = octavVectorLatency(params);
  const interval = octavVectorInterval(params);
  const zeros = new Array<number>(params.vectorSize).fill(0);
  const idle: PortValues = { in_valid: [0], in_values: zeros };

  /** Inputs with their answer, and whether the unit is ready in that cycle. */
  function* offers(seed: number): Generator<BenchCycle & { readonly ready: boolean }> {
    const random = new Random(seed);
    const source = vectors(params, random);
    let wait = 0;
    let patience = 0;
    for (let cycle = 0; ; cycle++) {
      // Stretches of 64 cycles back to back, then with gaps.
      const eager = (cycle >> 6) % 2 === 0;
      const ready = wait === 0;
      if (wait > 0) wait--;
      if (ready && (eager || patience === 0)) {
        patience = random.integer(0, 2 * interval);
        wait = interval - 1;
        const values = source.next().value as number[];
        yield { inputs: { in_valid: [1], in_values: values }, expected: answer(values, params), ready };
        continue;
      }
      if (ready) patience--;
      // While it is busy a vector may be offered: it is not taken.
      const noise = randomValues(random, params.vectorSize, params);
      const offered = !ready && random.oneIn(2) ? 1 : 0;
      yield { inputs: { in_valid: [offered], in_values: noise }, expected: { out_valid: [0] }, ready };
    }
  }

  return {
    idle,
    quiet: { out_valid: [0] },
    *cycles(seed, count): Generator<BenchCycle> {
      // `in_ready` answers in its own cycle, so what is expected with a result is the readiness of `latency` cycles on.
      const ahead: (BenchCycle & { readonly ready: boolean })[] = [];
      let made = 0;
      for (const offer of offers(seed)) {
        ahead.push(offer);
        if (ahead.length <= latency) continue;
        if (made++ >= count) return;
        const { inputs, expected } = ahead.shift()!;
        const ready: PortValues = made + latency <= count ? { in_ready: [offer.ready ? 1 : 0] } : {};
        yield { inputs, expected: { ...expected, ...ready } };
      }
    },
  };
}
