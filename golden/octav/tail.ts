/** What one round of OCTAV needs to know of the values. */
export interface Tail {
  /** Σ|x| over |x| ≥ s. */
  readonly sum: number;
  /** #{|x| ≥ s}, zeros never among them. */
  readonly count: number;
}

/**
 * Sum and count of the magnitudes from `threshold` up, in values[start..end). Unsigned: only positive values count.
 * Threshold 0 means every magnitude but the zeros.
 *
 * Order of summation: eight partial sums in double precision, element `start + i` into sum i mod 8, joined as
 * ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)). It is part of the contract: the fast paths keep it, so that they
 * agree in every bit. Where all partial sums are exact (integers; float32 values within 2^23 of each other, up to 64
 * of them) no order can be told from another, and the result does not depend on the order of the values.
 */
export function tail(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  threshold: number,
  signed: boolean,
): Tail {
  const sums = new Float64Array(8);
  const least = threshold === 0 ? Number.MIN_VALUE : threshold;
  let count = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    const magnitude = signed ? Math.abs(value) : value;
    if (magnitude >= least) {
      const lane = (i - start) & 7;
      sums[lane] = (sums[lane] ?? 0) + magnitude;
      count++;
    }
  }
  return { sum: joinSums(sums), count };
}

/** The eight partial sums of a tail, joined. */
export function joinSums([s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0]: Float64Array): number {
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}
