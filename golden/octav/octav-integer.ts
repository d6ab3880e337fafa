import type { OctavCoreParameters } from "../../spec/index.ts";
import type { Fraction } from "./octav-exact.ts";

/** What OCTAV on integers gives. */
export interface OctavIntegerResult {
  /** The clip, rounded once to fractionBits behind the point: an integer in units of 2^−fractionBits. */
  readonly clip: bigint;
  /** The clip before rounding; 0/1 for all zeros. */
  readonly exact: Fraction;
  /** Rounds after the start; the one that meets an earlier tail again counts. 0 for all zeros. */
  readonly rounds: number;
  /** Whether a round met the tail of the round before. */
  readonly converged: boolean;
  /** Whether the tail of the round before the last came back. */
  readonly cycle: boolean;
  /** The start and the value after each round. */
  readonly history: readonly Fraction[];
}

/** A fraction to nearest in units of 2^−bits, ties up; the fraction is not negative. */
export function roundFraction({ numerator, denominator }: Fraction, bits: number): bigint {
  const scaled = numerator << BigInt(bits);
  return (2n * scaled + denominator) / (2n * denominator);
}

/**
 * OCTAV as the hardware does it, in exact integers. With W = 3·4^B (unsigned 12·4^B), S and P sum and count of the
 * tail, Z the count of non-zero magnitudes below it: s' = N/D, N = W·S, D = Z + W·P, and |x| belongs to the tail of s
 * when |x|·D >= N. The rules are those of `octav`, seen at the tails: the start is the mean, which is what the tail of
 * all non-zero magnitudes gives; a round ends the search when its tail has as many elements as that of the round before
 * (then s stays for good) or as that of the one before that (a 2-cycle; the larger of its two values is taken). Tails
 * are nested, so that equal counts are equal tails.
 * @param values integers that fit inputBits.
 */
export function octavInteger(values: ArrayLike<number>, parameters: OctavCoreParameters): OctavIntegerResult {
  const { elementBits, fractionBits, iterations, unsigned } = parameters;
  const weight = (unsigned ? 12n : 3n) * 4n ** BigInt(elementBits);
  const magnitudes = Array.from(values, (value) => BigInt(Math.abs(value))).filter((x) => x > 0n);
  const total = BigInt(magnitudes.length);
  if (total === 0n) {
    const exact = { numerator: 0n, denominator: 1n };
    return { clip: 0n, exact, rounds: 0, converged: true, cycle: false, history: [] };
  }
  const fractionOf = (tail: readonly bigint[]): Fraction => {
    const count = BigInt(tail.length);
    const sum = tail.reduce((all, x) => all + x, 0n);
    return { numerator: weight * sum, denominator: total - count + weight * count };
  };
  const end = (exact: Fraction, rounds: number, converged: boolean, cycle: boolean): OctavIntegerResult => {
    return { clip: roundFraction(exact, fractionBits), exact, rounds, converged, cycle, history };
  };
  let s = fractionOf(magnitudes);
  const history = [s];
  const counts = [0, magnitudes.length];
  for (let round = 1; round <= iterations; round++) {
    const tail = magnitudes.filter((x) => x * s.denominator >= s.numerator);
    const [beforeLast, last] = counts.slice(-2);
    const before = s;
    s = fractionOf(tail);
    history.push(s);
    if (tail.length === last) return end(s, round, true, false);
    if (tail.length === beforeLast) {
      const larger = before.numerator * s.denominator > s.numerator * before.denominator ? before : s;
      return end(larger, round, false, true);
    }
    counts.push(tail.length);
  }
  return end(s, iterations, false, false);
}
