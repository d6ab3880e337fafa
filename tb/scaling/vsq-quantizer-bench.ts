import { type QuantizedVector, quantizeVector } from "../../golden/index.ts";
import type { VsqQuantizerParameters } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { clipFor, vectorMakers } from "./vector-stimulus.ts";

/** A vector to send, and what must come of it. */
interface VectorCase {
  readonly values: readonly number[];
  readonly clip: number | undefined;
  readonly expected: QuantizedVector;
}

/** Every kind of vector once, back to back; then all kinds at random. */
function* vectors(params: VsqQuantizerParameters, random: Random): Generator<VectorCase> {
  for (let made = 0; ; made++) {
    const make = made < vectorMakers.length ? vectorMakers[made]! : random.pick(vectorMakers);
    const values = make(random, params);
    const clip = params.clip ? clipFor(values, random, params) : undefined;
    yield { values, clip, expected: quantizeVector(values, params, clip) };
  }
}

/** The test bench of `vsq-quantizer`: corners back to back, then random vectors, some beats with gaps before them. */
export function vsqQuantizerBench(params: VsqQuantizerParameters): DesignBench {
  const { beats, clip, inputBits, vectorSize } = params;
  const lanes = vectorSize / beats;
  const ports = (valid: 0 | 1, values: readonly number[], clipValue = 0): PortValues => ({
    in_valid: [valid],
    in_values: values,
    ...(clip ? { in_clip: [clipValue] } : {}),
  });
  const nothing: PortValues = { out_valid: [0] };
  return {
    idle: ports(0, new Array<number>(lanes).fill(0)),
    quiet: nothing,
    *cycles(seed, count): Generator<BenchCycle> {
      const random = new Random(seed);
      let made = 0;
      let sent = 0;
      // Without in_valid the inputs are noise, extremes among it: it must have no effect.
      const noise = (): number => (random.oneIn(2) ? -(2 ** (inputBits - 1)) : random.integer(-9, 9));
      for (const { values, clip: clipValue, expected } of vectors(params, random)) {
        const gaps = sent++ >= vectorMakers.length && random.oneIn(2);
        for (let beat = 0; beat < beats; beat++) {
          while (gaps && random.oneIn(3)) {
            if (made++ >= count) return;
            yield { inputs: ports(0, Array.from({ length: lanes }, noise), random.integer(0, 5)), expected: nothing };
          }
          if (made++ >= count) return;
          const last = beat === beats - 1;
          // The clip counts with the last beat alone.
          const inputs = ports(
            1,
            values.slice(beat * lanes, (beat + 1) * lanes),
            last ? clipValue : random.integer(0, 2 ** inputBits - 1),
          );
          if (!last) yield { inputs, expected: nothing };
          else yield { inputs, expected: { out_valid: [1], out_codes: expected.codes, out_scale: [expected.scale] } };
        }
      }
    },
  };
}
