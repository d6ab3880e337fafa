import { MacArrayModel } from "../../golden/index.ts";
import { type MacArrayParameters, MacMode } from "../../spec/index.ts";
import type { BenchCycle, DesignBench, PortValues } from "../bench-cycle.ts";
import { Random } from "../random.ts";
import { elementShape, modesOf, portElements, randomScale, randomVector } from "./lane-stimulus.ts";

interface ArrayCase {
  readonly mode: number;
  readonly a: readonly (readonly number[])[];
  readonly aScale: readonly number[];
  readonly b: readonly number[];
  readonly bScale: number;
  readonly index: number;
  readonly first: boolean;
  readonly last: boolean;
}

/** Vectors in a run of worst cases: one more than the chip's INT8 path takes to saturate (16), twice the VSQ path's 9. */
const worstRun = 18;

/** Every mode driven into saturation on one entry, back to back, the sum put out at each step. */
function* worstCases(params: MacArrayParameters): Generator<ArrayCase> {
  const largestScale = 2 ** params.scaleBits - 1;
  for (const mode of modesOf(params)) {
    const { count, bits } = elementShape(mode, params);
    const min = -(2 ** (bits - 1));
    for (const other of [min, -min - 1]) {
      for (let i = 0; i < worstRun; i++) {
        yield {
          mode,
          a: Array.from({ length: params.lanes }, () => new Array<number>(count).fill(min)),
          aScale: new Array<number>(params.lanes).fill(largestScale),
          b: new Array<number>(count).fill(other),
          bScale: largestScale,
          index: params.collectorDepth - 1,
          first: i === 0,
          last: true,
        };
      }
    }
  }
}

/** Random traffic: gaps, runs on one entry, entries interleaved, A held over several cycles as on the chip. */
function* traffic(params: MacArrayParameters, random: Random): Generator<ArrayCase | undefined> {
  const started = new Set<number>();
  const modes = [...Array.from({ length: 8 }, () => modesOf(params)).flat(), 3];
  let index = 0;
  let mode: number = MacMode.int4;
  let a: readonly (readonly number[])[] = [];
  for (;;) {
    if (random.oneIn(6)) {
      yield undefined;
      continue;
    }
    const newMode = a.length === 0 || random.oneIn(8);
    if (newMode) mode = random.pick(modes);
    if (newMode || random.oneIn(4)) a = Array.from({ length: params.lanes }, () => randomVector(random, mode, params));
    if (random.oneIn(2)) index = random.integer(0, params.collectorDepth - 1);
    const first = !started.has(index) || random.oneIn(12);
    started.add(index);
    yield {
      mode,
      a,
      aScale: a.map(() => randomScale(random, params)),
      b: randomVector(random, mode, params),
      bScale: randomScale(random, params),
      index,
      first,
      last: random.oneIn(2),
    };
  }
}

/** The test bench of `mac-array`: saturation in every mode, then random traffic with gaps. */
export function macArrayBench(params: MacArrayParameters): DesignBench {
  const zeros = new Array<number>(params.lanes * params.vectorSize).fill(0);
  const idle: PortValues = {
    in_valid: [0],
    in_mode: [0],
    in_a: zeros,
    in_a_scale: new Array<number>(params.lanes).fill(0),
    in_b: zeros.slice(0, params.vectorSize),
    in_b_scale: [0],
    in_index: [0],
    in_first: [0],
    in_last: [0],
  };
  const ports = (valid: 0 | 1, { mode, a, aScale, b, bScale, index, first, last }: ArrayCase): PortValues => ({
    in_valid: [valid],
    in_mode: [mode],
    in_a: a.flatMap((vector) => Array.from(portElements(vector, mode, params))),
    in_a_scale: aScale,
    in_b: portElements(b, mode, params),
    in_b_scale: [bScale],
    in_index: [index],
    in_first: [first ? 1 : 0],
    in_last: [last ? 1 : 0],
  });
  return {
    idle,
    quiet: { out_valid: [0] },
    *cycles(seed, count): Generator<BenchCycle> {
      const random = new Random(seed);
      const model = new MacArrayModel(params);
      let made = 0;
      // Without in_valid the inputs are noise: the last cycle's again, with in_last set, which must have no effect.
      let previous: ArrayCase | undefined;
      const cycle = (arrayCase: ArrayCase | undefined): BenchCycle => {
        made++;
        if (!arrayCase) {
          model.step();
          const noise = previous ? ports(0, { ...previous, last: true }) : idle;
          return { inputs: noise, expected: { out_valid: [0] } };
        }
        previous = arrayCase;
        const result = model.step(arrayCase);
        const inputs = ports(1, arrayCase);
        if (!result) return { inputs, expected: { out_valid: [0] } };
        return { inputs, expected: { out_valid: [1], out_index: [result.index], out_sum: result.sums } };
      };
      for (const worst of worstCases(params)) if (made < count) yield cycle(worst);
      for (const arrayCase of traffic(params, random)) {
        if (made >= count) return;
        yield cycle(arrayCase);
      }
    },
  };
}
