import { checkQuantizerInput, type QuantizedVector, type QuantizerArithmetic } from "./quantized-vector.ts";
import { nearestQuotient, scaleOfVector } from "./scale-of-vector.ts";

/**
 * The formula of the per-vector scaler in whole numbers: with m = max|v|, or the clip in its place,
 *
 *     code  = nearest(L·v / m), limited to −L .. L     L = 2^(N−1) − 1
 *     scale = nearest(m·2^−scaleFraction / L)          see `scaleOfVector` for its limit
 *
 * Ties go away from zero in both. Codes are taken for m itself, not for the rounded scale (VS-Quant's equation 7b). A
 * vector of zeros, and a clip of 0, give scale 0 and codes 0.
 * @throws InputError for values or a clip out of range
 */
export function quantizeVectorExact(
  values: ArrayLike<number>,
  arithmetic: QuantizerArithmetic,
  clip?: number,
): QuantizedVector {
  checkQuantizerInput(values, clip, arithmetic);
  const numbers = Array.from(values);
  const peak = clip ?? numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak === 0) return { codes: numbers.map(() => 0), scale: 0 };
  const largest = 2n ** BigInt(arithmetic.elementBits - 1) - 1n;
  const { scale, magnitude } = scaleOfVector(BigInt(peak), arithmetic);
  const codes = numbers.map((value) => {
    const nearest = nearestQuotient(largest * BigInt(Math.abs(value)), magnitude);
    const limited = Number(nearest < largest ? nearest : largest);
    return value < 0 && limited > 0 ? -limited : limited;
  });
  return { codes, scale };
}
