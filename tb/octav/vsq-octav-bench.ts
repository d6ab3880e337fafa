import { quantizeVectorOctav } from "../../golden/index.ts";
import { octavPart, quantizerPart, type VsqOctavParameters, vsqOctavInterval } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { vectorMakers } from "../scaling/vector-stimulus.ts";
import { cornerVectors, randomValues } from "./octav-corners.ts";

/** Corners of OCTAV, those of the quantiser, then both kinds of random vector. */
function* vectors(params: VsqOctavParameters, random: Random): Generator<readonly number[]> {
  const { vectorSize } = params;
  const octav = octavPart(params);
  const quantizer = quantizerPart(params);
  yield* cornerVectors(vectorSize, octav);
  for (const make of vectorMakers) yield make(random, quantizer);
  for (;;) {
    yield random.oneIn(2) ? randomValues(random, vectorSize, octav) : random.pick(vectorMakers)(random, quantizer);
  }
}

/**
 * The test bench of `vsq-octav-quantizer`: corners back to back, then random vectors with gaps between beats; every
 * fourth vector or so bypasses OCTAV. Iterative, last beats are held until the engine is free.
 */
export function vsqOctavBench(params: VsqOctavParameters): DesignBench {
  const { beats, inputBits, vectorSize } = params;
  const lanes = vectorSize / beats;
  const interval = vsqOctavInterval(params);
  const ports = (valid: 0 | 1, values: readonly number[], bypass: 0 | 1): PortValues => ({
    in_valid: [valid],
    in_values: values,
    in_bypass: [bypass],
  });
  const nothing: PortValues = { out_valid: [0] };
  return {
    idle: ports(0, new Array<number>(lanes).fill(0), 0),
    quiet: nothing,
    *cycles(seed, count): Generator<BenchCycle> {
      const random = new Random(seed);
      let made = 0;
      let free = 0;
      let sent = 0;
      const noise = (): number => (random.oneIn(2) ? -(2 ** (inputBits - 1)) : random.integer(-9, 9));
      const flip = (): 0 | 1 => (random.oneIn(2) ? 1 : 0);
      for (const values of vectors(params, random)) {
        const gaps = sent++ >= 20 && random.oneIn(2);
        const bypass = random.oneIn(4);
        for (let beat = 0; beat < beats; beat++) {
          while (gaps && random.oneIn(3)) {
            if (made++ >= count) return;
            yield { inputs: ports(0, Array.from({ length: lanes }, noise), flip()), expected: nothing };
          }
          const own = values.slice(beat * lanes, (beat + 1) * lanes);
          const last = beat === beats - 1;
          // A last beat is offered until it is taken.
          while (last && made < free) {
            if (made++ >= count) return;
            yield { inputs: ports(flip(), own, bypass ? 1 : 0), expected: nothing };
          }
          if (made++ >= count) return;
          const inputs = ports(1, own, last ? (bypass ? 1 : 0) : flip());
          if (!last) {
            yield { inputs, expected: nothing };
            continue;
          }
          free = made - 1 + interval;
          const { codes, scale } = quantizeVectorOctav(values, params, bypass);
          yield { inputs, expected: { out_valid: [1], out_codes: codes, out_scale: [scale] } };
        }
      }
    },
  };
}
