import { laneStep } from "../../golden/index.ts";
import { MacMode, type VectorMacParameters } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { elementShape, modesOf, portElements, randomScale, randomSum, randomVector } from "./lane-stimulus.ts";

interface LaneCase {
  readonly mode: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly aScale: number;
  readonly bScale: number;
  readonly sumIn: number;
}

/** The worst cases of each mode: the largest products, scales that round to 0, 1 and the most, sums about to clip. */
function* corners(params: VectorMacParameters): Generator<LaneCase> {
  const largestScale = 2 ** params.scaleBits - 1;
  const largestSum = 2 ** (params.accumulatorBits - 1) - 1;
  for (const mode of modesOf(params)) {
    const { count, bits } = elementShape(mode, params);
    const min = -(2 ** (bits - 1));
    const all = (value: number): number[] => new Array<number>(count).fill(value);
    for (const [a, b] of [
      [min, min],
      [min, -min - 1],
      [-min - 1, -min - 1],
      [0, min],
    ] as const) {
      for (const aScale of mode === MacMode.int4Vsq ? [0, 1, largestScale - 1, largestScale] : [largestScale]) {
        for (const sumIn of [0, largestSum, -largestSum - 1]) {
          yield { mode, a: all(a), b: all(b), aScale, bScale: largestScale, sumIn };
        }
      }
    }
  }
}

function* cases(params: VectorMacParameters, seed: number, count: number): Generator<LaneCase> {
  const random = new Random(seed);
  let made = 0;
  for (const corner of corners(params)) if (made++ < count) yield corner;
  // One in sixteen is the reserved mode: the paths are held still and the sum is 0.
  const modes = [...Array.from({ length: 5 }, () => modesOf(params)).flat(), 3];
  for (; made < count; made++) {
    const mode = random.pick(modes);
    yield {
      mode,
      a: randomVector(random, mode, params),
      b: randomVector(random, mode, params),
      aScale: randomScale(random, params),
      bScale: randomScale(random, params),
      sumIn: randomSum(random, params),
    };
  }
}

/** The test bench of `vector-mac`: the corners, then random vectors in every mode. */
export function vectorMacBench(params: VectorMacParameters): DesignBench {
  const ports = ({ mode, a, b, aScale, bScale, sumIn }: LaneCase): PortValues => ({
    mode: [mode],
    a: portElements(a, mode, params),
    b: portElements(b, mode, params),
    a_scale: [aScale],
    b_scale: [bScale],
    sum_in: [sumIn],
  });
  const zeros = new Array<number>(params.vectorSize).fill(0);
  return {
    idle: ports({ mode: 3, a: zeros, b: zeros, aScale: 0, bScale: 0, sumIn: 0 }),
    quiet: {},
    *cycles(seed, count): Generator<BenchCycle> {
      for (const lane of cases(params, seed, count)) {
        yield { inputs: ports(lane), expected: { sum_out: [laneStep(params, lane)] } };
      }
    },
  };
}
