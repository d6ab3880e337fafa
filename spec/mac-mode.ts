/**
 * What `mode` (2 bits) asks of a lane in this cycle.
 *
 * - `int8`: the wide path, sum_out = sat(sum_in + Σ aᵢ·bᵢ) over wide elements;
 * - `int4`: the narrow path, the same over narrow elements;
 * - `int4Vsq`: the narrow path times the rounded scale product r, sum_out = sat(sum_in + r·Σ aᵢ·bᵢ).
 *
 * The scale product p = a_scale·b_scale (2M bits) keeps its upper R bits, rounded half up:
 * r = min(2^R − 1, (p + 2^(2M−R−1)) >> (2M−R)); r = p when R = 2M. The minimum matters only when R <= M − 2, where
 * the largest products round to 2^R (M = 8, R = 4: 65025 rounds to 16); r then stays at its largest value and never wraps.
 *
 * sat clips to the signed range of `accumulatorBits`, in every mode and at every step.
 *
 * Code 3 is reserved, and so is code 0 in a lane without the wide path: every path is held still, the partial sum too,
 * and sum_out is 0.
 */
export const MacMode = Object.freeze({ int8: 0, int4: 1, int4Vsq: 2 });

/** A legal mode code: 0 INT8, 1 INT4, 2 INT4-VSQ. */
export type MacMode = 0 | 1 | 2;

/** Bits of the `mode` port. */
export const macModeBits = 2;
