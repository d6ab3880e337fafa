import { octavInteger } from "../../golden/index.ts";
import { type OctavUnitParameters, octavTensorLatency } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { cornerVectors, inputRange, randomValues } from "./octav-corners.ts";

/** Where a tensor goes wrong: in which pass, and which element is another one there. */
interface Fault {
  readonly pass: number;
  readonly place: number;
}

/** A tensor to stream. */
interface TensorCase {
  readonly values: readonly number[];
  readonly fault?: Fault | undefined;
}

/** One element, a beat more or less than full, `maxElements`, and more than that; corners of values; random ones. */
function* tensors(params: OctavUnitParameters, random: Random): Generator<TensorCase> {
  const { elementsPerBeat, maxElements } = params;
  const { max } = inputRange(params);
  const lengths = [1, 2, elementsPerBeat - 1, elementsPerBeat, elementsPerBeat + 1].filter((n) => n >= 1);
  for (const length of lengths) yield { values: randomValues(random, Math.min(length, maxElements), params) };
  const long = Math.min(maxElements, 4096);
  yield { values: new Array<number>(long).fill(max) };
  for (const values of cornerVectors(Math.min(long, 3 * elementsPerBeat), params)) yield { values };
  if (maxElements <= 4096) yield { values: new Array<number>(maxElements + 1).fill(1) };
  for (;;) {
    const values = randomValues(random, random.integer(1, Math.min(long, 6 * elementsPerBeat)), params);
    const place = random.integer(0, values.length - 1);
    // An element that is not zero becomes zero: count and sum differ. Or its magnitude changes: the sum alone does.
    const fault = random.oneIn(4) && values[place] !== 0 ? { pass: random.integer(1, 3), place } : undefined;
    yield { values, fault };
  }
}

/** What comes out at the end of a tensor. */
function answer(values: readonly number[], params: OctavUnitParameters): { passes: number; outputs: PortValues } {
  const { clip, converged, rounds } = octavInteger(values, params);
  return {
    passes: rounds + 1,
    outputs: {
      out_valid: [1],
      out_again: [0],
      out_clip: [Number(clip)],
      out_rounds: [rounds],
      out_converged: [converged ? 1 : 0],
      out_error: [0],
    },
  };
}

/**
 * The test bench of `octav-unit` in mode tensor: streams replayed as often as the golden model takes passes, with gaps,
 * with noise while the unit is busy, and with replays that are not the first pass again.
 */
export function octavTensorBench(params: OctavUnitParameters): DesignBench {
  const { elementsPerBeat, maxElements } = params;
  const latency = octavTensorLatency(params);
  const ports = (valid: 0 | 1, values: readonly number[], start: 0 | 1, last: 0 | 1): PortValues => ({
    in_valid: [valid],
    in_values: Array.from({ length: elementsPerBeat }, (_, i) => values[i] ?? 0),
    pass_start: [start],
    pass_last: [last],
  });
  const nothing: PortValues = { out_valid: [0], out_again: [0] };
  const again: PortValues = { out_valid: [0], out_again: [1] };
  const failure: PortValues = { out_valid: [1], out_again: [0], out_error: [1], out_clip: [0], out_converged: [0] };

  function* passes({ values, fault }: TensorCase): Generator<{ beats: number[][]; outputs: PortValues }> {
    const { outputs, passes: needed } = answer(values, params);
    const beatsOf = (list: readonly number[]): number[][] =>
      Array.from({ length: Math.ceil(list.length / elementsPerBeat) }, (_, i) =>
        list.slice(i * elementsPerBeat, (i + 1) * elementsPerBeat),
      );
    const tooLong = values.filter((value) => value !== 0).length > maxElements;
    for (let pass = 0; pass < needed; pass++) {
      const faulty = fault !== undefined && fault.pass === pass;
      const own = values.map((value, i) =>
        faulty && i === fault.place ? (value === 1 ? 0 : value > 0 ? value - 1 : value + 1) : value,
      );
      const ends = tooLong || faulty;
      yield { beats: beatsOf(own), outputs: ends ? failure : pass === needed - 1 ? outputs : again };
      if (ends) return;
    }
  }

  return {
    idle: ports(0, [], 0, 0),
    quiet: nothing,
    *cycles(seed, count): Generator<BenchCycle> {
      const random = new Random(seed);
      let made = 0;
      const flip = (): 0 | 1 => (random.oneIn(2) ? 1 : 0);
      const noise = (valid: 0 | 1): PortValues =>
        ports(valid, randomValues(random, elementsPerBeat, params), flip(), flip());
      for (const tensor of tensors(params, random)) {
        const gaps = random.oneIn(2);
        for (const { beats, outputs } of passes(tensor)) {
          for (const [i, beat] of beats.entries()) {
            while (gaps && random.oneIn(3)) {
              if (made++ >= count) return;
              yield { inputs: noise(0), expected: nothing };
            }
            const last = i === beats.length - 1;
            if (made++ >= count) return;
            yield { inputs: ports(1, beat, i === 0 ? 1 : 0, last ? 1 : 0), expected: last ? outputs : nothing };
          }
          // Until it has answered, the unit accepts nothing.
          for (let i = 0; i < latency; i++) {
            if (made++ >= count) return;
            yield { inputs: noise(flip()), expected: nothing };
          }
        }
      }
    },
  };
}
