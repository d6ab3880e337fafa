/**
 * Signal to quantisation noise ratio in decibels: 10·log10(Σ reference² / Σ (reference − value)²).
 * Infinity when both are equal everywhere; −Infinity when the reference is zero and the value is not.
 */
export function sqnr(reference: ArrayLike<number>, value: ArrayLike<number>): number {
  if (reference.length !== value.length) {
    throw new RangeError(`SQNR of ${value.length} values against ${reference.length}`);
  }
  let signal = 0;
  let noise = 0;
  for (let i = 0; i < reference.length; i++) {
    const expected = reference[i] ?? 0;
    const error = expected - (value[i] ?? 0);
    signal += expected * expected;
    noise += error * error;
  }
  return noise === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
}
