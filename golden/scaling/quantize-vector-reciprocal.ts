import { checkQuantizerInput, type QuantizedVector, type QuantizerArithmetic } from "./quantized-vector.ts";
import { nearestQuotient, scaleOfVector } from "./scale-of-vector.ts";

/** A reciprocal times the largest code, as the unit holds it: L/d = `factor`·2^−(P − N + 1), d the divisor in [1, 2). */
export interface NormalizedReciprocal {
  /** Places by which the divisor, and every magnitude, is shifted to the left. */
  readonly shift: bigint;
  /** P = reciprocalBits bits. */
  readonly factor: bigint;
}

const power = (exponent: number): bigint => 1n << BigInt(exponent);

/**
 * L/x by one Newton step, in whole numbers. With P = reciprocalBits, W = inputBits:
 *
 * 1. Normalise: x = m·2^shift with 2^(W−1) <= x < 2^W. d = x/2^(W−1) in [1, 2) keeps P + 2 bits behind the point, the
 *    rest is dropped.
 * 2. Seed: the first t = ⌈(P − 1)/2⌉ bits of d behind the point choose one of 2^t intervals; r₀ is the reciprocal of
 *    the interval's middle, rounded to t + 3 bits behind the point.
 * 3. Newton: r₁ = r₀·(2 − d·r₀), what lies behind P + 2 bits is dropped.
 * 4. L·r₁ is rounded to P − N + 1 bits behind the point, ties upward: `factor`, P bits in all.
 *
 * @param magnitude m, from 1 to 2^W − 1
 */
export function normalizedReciprocal(
  magnitude: bigint,
  { elementBits, inputBits, reciprocalBits }: Pick<QuantizerArithmetic, "elementBits" | "inputBits" | "reciprocalBits">,
): NormalizedReciprocal {
  const shift = BigInt(inputBits - magnitude.toString(2).length);
  const point = reciprocalBits + 2;
  const divisor = ((magnitude << shift) * power(point)) / power(inputBits - 1);
  const indexBits = Math.ceil((reciprocalBits - 1) / 2);
  const seedPoint = indexBits + 3;
  const interval = (divisor >> BigInt(point - indexBits)) - power(indexBits);
  const middle = 2n * (power(indexBits) + interval) + 1n; // in units of 2^−(indexBits + 1)
  const seed = nearestQuotient(power(seedPoint + indexBits + 1), middle);
  const correction = power(point + seedPoint + 1) - divisor * seed; // in units of 2^−(point + seedPoint)
  const reciprocal = (seed * correction) / power(2 * seedPoint); // in units of 2^−point
  const largest = power(elementBits - 1) - 1n;
  const factor = (largest * reciprocal + power(elementBits)) / power(elementBits + 1);
  return { shift, factor };
}

/**
 * The code of a magnitude by multiplication: it is shifted as the divisor was and cut to its upper P bits (all W where P
 * is more), u. What was cut counts as half a unit, so that the error has no bias: code = ⌊(u + ½)·factor·2^−(2P − N) + ½⌋, at
 * most L; L at once where the shifted magnitude does not fit W bits.
 */
export function reciprocalCode(
  magnitude: bigint,
  { factor, shift }: NormalizedReciprocal,
  { elementBits, inputBits, reciprocalBits }: Pick<QuantizerArithmetic, "elementBits" | "inputBits" | "reciprocalBits">,
): number {
  const largest = 2 ** (elementBits - 1) - 1;
  const shifted = magnitude << shift;
  if (shifted >= power(inputBits)) return largest;
  const kept = Math.min(reciprocalBits, inputBits);
  const cut = kept < inputBits ? 1n : 0n;
  const upper = shifted / power(inputBits - kept);
  const point = kept + reciprocalBits - elementBits + 1; // of the doubled product
  const nearest = ((2n * upper + cut) * factor + power(point - 1)) / power(point);
  return Math.min(Number(nearest), largest);
}

/**
 * What the `reciprocal` architecture computes, bit by bit: the scale of `quantizeVectorExact`, codes through an
 * approximate reciprocal of the maximum or clip. A code differs from the exact one by at most 1, and only near a tie.
 * @throws InputError for values or a clip out of range
 */
export function quantizeVectorReciprocal(
  values: ArrayLike<number>,
  arithmetic: QuantizerArithmetic,
  clip?: number,
): QuantizedVector {
  checkQuantizerInput(values, clip, arithmetic);
  const numbers = Array.from(values);
  const peak = clip ?? numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak === 0) return { codes: numbers.map(() => 0), scale: 0 };
  const { scale, magnitude } = scaleOfVector(BigInt(peak), arithmetic);
  const reciprocal = normalizedReciprocal(magnitude, arithmetic);
  const codes = numbers.map((value) => {
    const code = reciprocalCode(BigInt(Math.abs(value)), reciprocal, arithmetic);
    return value < 0 && code > 0 ? -code : code;
  });
  return { codes, scale };
}
