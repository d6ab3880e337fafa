import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import type { Random } from "../random.ts";

/** What a vector of values is made for. */
type VectorMaker = (random: Random, params: VsqQuantizerParameters) => number[];

const filled = (count: number, value: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => value(i));

/** −2^(W−1) .. 2^(W−1) − 1. */
function range({ inputBits }: VsqQuantizerParameters): { min: number; max: number } {
  return { min: -(2 ** (inputBits - 1)), max: 2 ** (inputBits - 1) - 1 };
}

/** A whole number whose magnitude is spread evenly over the binary orders. */
function anyOrder(random: Random, params: VsqQuantizerParameters): number {
  const bits = random.integer(0, params.inputBits - 1);
  const magnitude = random.integer(0, 2 ** bits - 1);
  return random.oneIn(2) ? -magnitude : magnitude;
}

/** The first maximum whose scale would pass the largest: see the quantiser's contract. */
export function firstLimited({ elementBits, scaleBits, scaleFraction }: VsqQuantizerParameters): number {
  return Math.ceil(((2 ** (scaleBits + 1) - 1) * largestCode(elementBits) * 2 ** scaleFraction) / 2);
}

/** Every element beside a tie of its code: m a multiple of 2L, elements at the odd multiples of m/2L and next to them. */
const ties: VectorMaker = (random, params) => {
  const most = largestCode(params.elementBits);
  const { max } = range(params);
  const unit = random.integer(1, Math.max(1, Math.floor(max / (2 * most))));
  const peak = Math.min(max, 2 * most * unit);
  return filled(params.vectorSize, (i) => {
    if (i === 0) return random.oneIn(2) ? -peak : peak;
    const near = (2 * random.integer(1, most) - 1) * unit + random.integer(-1, 1);
    const magnitude = Math.min(peak, Math.max(0, near));
    return random.oneIn(2) ? -magnitude : magnitude;
  });
};

/** A maximum beside a tie of the scale, or beside its limit. */
const scaleCorner: VectorMaker = (random, params) => {
  const { max } = range(params);
  const unit = largestCode(params.elementBits) * 2 ** params.scaleFraction;
  const corner = random.oneIn(2)
    ? firstLimited(params)
    : Math.floor(((2 * random.integer(0, 2 ** params.scaleBits - 1) + 1) * unit) / 2);
  const peak = Math.min(max, Math.max(0, corner + random.integer(-1, 1)));
  const place = random.integer(0, params.vectorSize - 1);
  return filled(params.vectorSize, (i) => (i === place ? peak : random.integer(-peak, peak)));
};

/** The kinds of vector, corners first: zeros, a single one, equal ones, extremes, alternating signs, ties, limits. */
export const vectorMakers: readonly VectorMaker[] = [
  (_, { vectorSize }) => filled(vectorSize, () => 0),
  (_, params) => filled(params.vectorSize, () => range(params).min),
  (_, params) => filled(params.vectorSize, () => range(params).max),
  (_, params) => filled(params.vectorSize, (i) => (i % 2 === 0 ? range(params).max : -range(params).max)),
  (_, params) => filled(params.vectorSize, (i) => (i === params.vectorSize - 1 ? range(params).min : 1)),
  (_, { vectorSize }) => filled(vectorSize, (i) => (i === 0 ? 1 : 0)),
  (random, params) => {
    const place = random.integer(0, params.vectorSize - 1);
    return filled(params.vectorSize, (i) => (i === place ? anyOrder(random, params) : 0));
  },
  (random, params) => {
    const value = anyOrder(random, params);
    return filled(params.vectorSize, () => value);
  },
  ties,
  scaleCorner,
  (random, params) => filled(params.vectorSize, () => random.integer(range(params).min, range(params).max)),
  (random, params) => filled(params.vectorSize, () => anyOrder(random, params)),
  (random, params) => {
    const reach = Math.abs(anyOrder(random, params));
    return filled(params.vectorSize, () => random.integer(-reach, reach));
  },
];

/** A clip for a vector: below, at or above its maximum, 0, or all that the input can hold. */
export function clipFor(values: readonly number[], random: Random, params: VsqQuantizerParameters): number {
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = 2 ** params.inputBits - 1;
  switch (random.integer(0, 9)) {
    case 0:
      return 0;
    case 1:
      return most;
    case 2:
      return peak;
    case 3:
      return random.integer(0, most);
    case 4:
      return Math.min(most, peak + random.integer(0, 3));
    default:
      return random.integer(Math.floor(peak / 2), peak);
  }
}
