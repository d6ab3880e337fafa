import type { QuantizerArithmetic } from "./quantized-vector.ts";

/** What the elements of a vector are divided by, and the scale that says so. */
export interface VectorScale {
  readonly scale: number;
  /** The magnitude whose code is the largest: the maximum or the clip, less where the scale has met its limit. */
  readonly magnitude: bigint;
}

/** Nearest whole number to numerator/denominator, both non-negative, ties upward: for magnitudes, away from zero. */
export function nearestQuotient(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/**
 * The scale of a vector whose largest magnitude (or clip) is `magnitude`: nearest(m·2^−scaleFraction / L), L the largest
 * code, ties away from zero. Where that is more than 2^M − 1 it stays there, and the elements are divided by the
 * magnitude which that scale stands for, L·(2^M − 1)·2^scaleFraction.
 */
export function scaleOfVector(magnitude: bigint, arithmetic: QuantizerArithmetic): VectorScale {
  const largestCode = 2n ** BigInt(arithmetic.elementBits - 1) - 1n;
  const largestScale = 2n ** BigInt(arithmetic.scaleBits) - 1n;
  const one = largestCode * 2n ** BigInt(arithmetic.scaleFraction);
  const scale = nearestQuotient(magnitude, one);
  if (scale <= largestScale) return { scale: Number(scale), magnitude };
  return { scale: Number(largestScale), magnitude: largestScale * one };
}
