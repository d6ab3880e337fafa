/**
 * Σ aᵢ·bᵢ over whole numbers, exact. At the widest, 1024 pairs of 16-bit elements, the sum is 2^40: far inside the
 * 2^53 that a double counts exactly.
 */
export function dotProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`dot product of ${a.length} and ${b.length} elements`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
