/** Smallest and largest value of a signed number of `bits` bits (1..53). */
export function signedRange(bits: number): { readonly min: number; readonly max: number } {
  return { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
}

/** `value` clipped to the signed range of `bits` bits: the saturation of a partial sum. */
export function saturate(value: number, bits: number): number {
  const { min, max } = signedRange(bits);
  return Math.min(Math.max(value, min), max);
}
