import { octavInteger } from "../../golden/index.ts";
import type { OctavCoreParameters } from "../../spec/index.ts";
import type { Random } from "../random.ts";

/**
 * Vectors on which OCTAV runs into a 2-cycle, found by search: magnitudes and element bits (signed; one bit less,
 * unsigned). Zeros may be added.
 */
export const twoCycles: readonly { readonly elementBits: number; readonly magnitudes: readonly number[] }[] = [
  { elementBits: 2, magnitudes: [9, 10, 12, 14, 15] },
  { elementBits: 2, magnitudes: [5, 8, 9, 12, 12, 13] },
  { elementBits: 2, magnitudes: [1, 1, 2, 2, 6, 6, 7, 8] },
  { elementBits: 3, magnitudes: [2, 3, 4, 6, 7, 8, 8, 9, 11, 11, 11, 11, 12, 14, 14, 15] },
];

/** The integers that a unit takes: two's complement, or unsigned. */
export function inputRange({ inputBits, unsigned }: OctavCoreParameters): { min: number; max: number } {
  return unsigned
    ? { min: 0, max: 2 ** inputBits - 1 }
    : { min: -(2 ** (inputBits - 1)), max: 2 ** (inputBits - 1) - 1 };
}

/** Where OCTAV could go wrong: `count` values each, all of them legal inputs. */
export function* cornerVectors(count: number, params: OctavCoreParameters): Generator<number[]> {
  const { min, max } = inputRange(params);
  const all = (value: number): number[] => new Array<number>(count).fill(value);
  const single = (place: number, value: number): number[] => all(0).map((_, i) => (i === place ? value : 0));
  yield all(0);
  for (const value of [1, max, min]) {
    yield single(0, value);
    yield single(count - 1, value);
    yield all(value);
  }
  yield all(0).map((_, i) => (i % 2 === 0 ? max : params.unsigned ? max : -max));
  yield all(0).map((_, i) => (i % 2 === 0 ? min : max));
  // 1 to 8: 4.5, 4992/769, 1920/257, 6144/775 at 4 bits.
  const ramp = all(0).map((_, i) => (i < 8 ? i + 1 : 0));
  if (max >= 8) yield ramp;
  // One far out among ones, and one small one among large ones.
  yield all(1).map((value, i) => (i === count >> 1 ? max : value));
  yield all(max).map((value, i) => (i === count >> 1 ? 1 : value));
  // The mean itself among the values, so that the first comparison is of equals; the value after a round likewise.
  const half = max >> 1;
  yield all(half).map((value, i) => (i % 3 === 0 ? value - 1 : i % 3 === 1 ? value + 1 : value));
  if (max >= 49) yield all(0).map((_, i) => (i % 2 === 0 ? 47 : 49));
  // Goes round in three, which nothing looks for: the rounds run out.
  if (count >= 39 && max >= 266) yield all(0).map((_, i) => (i === 0 ? 154 : i < 38 ? 254 : i === 38 ? 266 : 0));
  for (const { elementBits, magnitudes } of twoCycles) {
    const fits = magnitudes.length <= count && Math.max(...magnitudes) <= max;
    if (fits && elementBits === params.elementBits + (params.unsigned ? 1 : 0)) {
      yield all(0).map((_, i) => (magnitudes[i] ?? 0) * (i % 2 === 0 || params.unsigned ? 1 : -1));
    }
  }
}

/** Values of a random kind: even, bell-shaped, heavy-tailed, sparse, few levels, close together. */
export function randomValues(random: Random, count: number, params: OctavCoreParameters): number[] {
  const { min, max } = inputRange(params);
  const spread = Math.max(1, Math.floor(max / 2 ** random.integer(0, Math.max(0, params.inputBits - 4))));
  const kind = random.integer(0, 6);
  const centre = random.integer(1, Math.max(1, spread));
  const magnitude = (): number => {
    switch (kind) {
      case 0:
        return random.integer(0, spread);
      case 1:
        return Math.abs(random.integer(-spread, spread) + random.integer(-spread, spread)) >> 1;
      case 2:
        return spread >> random.integer(0, params.inputBits);
      case 3:
        return random.oneIn(8) ? random.integer(0, spread) : 0;
      case 4:
        return random.integer(0, Math.min(12, max));
      case 5:
        return Math.min(max, centre + random.integer(0, Math.max(1, centre >> 4)));
      default:
        return random.integer(0, max);
    }
  };
  return Array.from({ length: count }, () => {
    if (random.oneIn(200)) return random.oneIn(2) ? max : min;
    const value = magnitude();
    return params.unsigned || random.oneIn(2) ? value : -value;
  });
}

/** Vectors that end in a 2-cycle, by search: as many as are found among `tries` random ones. */
export function* searchTwoCycles(
  random: Random,
  count: number,
  params: OctavCoreParameters,
  tries: number,
): Generator<number[]> {
  for (let i = 0; i < tries; i++) {
    const values = randomValues(random, count, params);
    if (octavInteger(values, params).cycle) yield values;
  }
}
