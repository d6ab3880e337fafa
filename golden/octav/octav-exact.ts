import { checkIterations, defaultIterations, type OctavOptions, octavWeight } from "./octav-options.ts";

/** A fraction with a positive denominator, not reduced. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** How the exact recursion ended. */
export interface ExactOctavResult {
  /** The clipping magnitude in units of the integers; 0/1 for all zeros. */
  readonly clip: Fraction;
  readonly rounds: number;
  readonly converged: boolean;
  readonly cycle: boolean;
  /** The start and the value after each round. */
  readonly history: readonly Fraction[];
}

function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

/**
 * `octav` on whole numbers in exact arithmetic, without a division: s = N/D with N = W·S and D = Z + W·P, and
 * |x| >= s decided as |x|·D >= N. The rules are those of `octav`, to which this is the measure; on values whose sums
 * double precision holds exactly both take the same steps.
 * @param values whole numbers of any size. Unsigned: negative ones count as 0.
 * @throws InputError for bits or iterations out of range.
 */
export function octavExact(
  values: readonly bigint[],
  { bits, signed = true, iterations = defaultIterations }: OctavOptions,
): ExactOctavResult {
  const weight = BigInt(octavWeight(bits, signed));
  checkIterations(iterations);
  const magnitudes = values.map((x) => (x < 0n && signed ? -x : x)).filter((x) => x > 0n);
  const zero: Fraction = { numerator: 0n, denominator: 1n };
  if (magnitudes.length === 0) return { clip: zero, rounds: 0, converged: true, cycle: false, history: [] };
  const sum = (list: readonly bigint[]) => list.reduce((all, x) => all + x, 0n);
  let s: Fraction = { numerator: sum(magnitudes), denominator: BigInt(magnitudes.length) };
  const history = [s];
  for (let rounds = 1; rounds <= iterations; rounds++) {
    const inTail = magnitudes.filter((x) => x * s.denominator >= s.numerator);
    const unclipped = BigInt(magnitudes.length - inTail.length);
    const next = { numerator: weight * sum(inTail), denominator: unclipped + weight * BigInt(inTail.length) };
    if (compare(next, s) === 0) return { clip: s, rounds, converged: true, cycle: false, history };
    const earlier = history.findLastIndex((value) => compare(value, next) === 0);
    history.push(next);
    if (earlier >= 0) {
      const clip = history.slice(earlier).reduce((a, b) => (compare(a, b) >= 0 ? a : b));
      return { clip, rounds, converged: false, cycle: true, history };
    }
    s = next;
  }
  return { clip: s, rounds: iterations, converged: false, cycle: false, history };
}
