import { fastTail } from "../fast/fast-tail.ts";
import { checkIterations, defaultIterations, type OctavOptions, octavWeight } from "./octav-options.ts";
import { type Tail, tail } from "./tail.ts";

/** From here on copying values to the kernels pays; the result is the same in every bit. */
const worthTheKernels = 512;

/** How the recursion ended. */
export interface OctavResult {
  /** The clipping magnitude: 0 for all zeros, else above 0 and at most the largest magnitude. In the values' unit. */
  readonly clip: number;
  /** Times the recursion was applied after the start, 0..iterations; the one that shows the repeat counts. */
  readonly rounds: number;
  /** Whether a round gave back the value it was given. False in a 2-cycle and when the rounds ran out. */
  readonly converged: boolean;
  /** Whether it ended because an earlier value than the last came back. */
  readonly cycle: boolean;
  /** The start and the value after each round. */
  readonly history: readonly number[];
}

/**
 * The MSE-optimal clipping magnitude by Newton and Raphson (OCTAV, theorem 3.1 and corollary 3.2, equations 5 and 6):
 *
 *     s' = Σ|x|[|x| ≥ s] / ((4^−B/3)·#{0 < |x| < s} + #{|x| ≥ s})          unsigned: 12 in place of 3, x in place of |x|
 *
 * Where the paper leaves the rule open: `≥` (with `>` values of one magnitude never settle); zeros never count; start
 * at the mean of the non-zero magnitudes; at most `iterations` rounds, ending at the first repeat; of a cycle the
 * largest value; s' = 0 is never accepted; all zeros give 0. Evaluated without 4^−B as s' = W·S / (Z + W·P), in double
 * precision, the sums in the order of `tail`; rounding never lifts s above the largest magnitude.
 *
 * @param values any number of finite values; magnitudes up to 1e290 are safe from overflow.
 * @param start first element, @param end one past the last; all values by default.
 * @throws InputError for bits or iterations out of range.
 */
export function octav(
  values: Float32Array | Float64Array,
  options: OctavOptions,
  start = 0,
  end = values.length,
): OctavResult {
  const { signed = true } = options;
  let largest = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    const magnitude = signed ? Math.abs(value) : value;
    if (magnitude > largest) largest = magnitude;
  }
  const tailFrom =
    values instanceof Float32Array && end - start >= worthTheKernels
      ? (threshold: number) => fastTail(values, start, end, threshold, signed)
      : (threshold: number) => tail(values, start, end, threshold, signed);
  return octavRecursion(tailFrom, largest, options);
}

/**
 * The recursion over whatever finds sum and count of a tail; `octav` says what it does.
 * @param tailFrom sum and count of the magnitudes from a threshold up; 0 asks for all non-zero ones.
 * @param largest the largest magnitude.
 */
export function octavRecursion(
  tailFrom: (threshold: number) => Tail,
  largest: number,
  { bits, signed = true, iterations = defaultIterations }: OctavOptions,
): OctavResult {
  const weight = octavWeight(bits, signed);
  checkIterations(iterations);
  const all = tailFrom(0);
  if (all.count === 0) return { clip: 0, rounds: 0, converged: true, cycle: false, history: [] };
  let s = Math.min(all.sum / all.count, largest);
  const history = [s];
  for (let round = 1; round <= iterations; round++) {
    const { sum, count } = tailFrom(s);
    const next = Math.min((weight * sum) / (all.count - count + weight * count), largest);
    // Only an underflow can give 0: the largest magnitude is always in the tail.
    if (next === s || next === 0) return { clip: s, rounds: round, converged: true, cycle: false, history };
    const earlier = history.lastIndexOf(next);
    history.push(next);
    if (earlier >= 0) {
      return { clip: Math.max(...history.slice(earlier)), rounds: round, converged: false, cycle: true, history };
    }
    s = next;
  }
  return { clip: s, rounds: iterations, converged: false, cycle: false, history };
}
