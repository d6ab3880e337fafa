import type { OctavCoreParameters } from "../../spec/index.ts";
import { type OctavIntegerResult, octavInteger, roundFraction } from "./octav-integer.ts";

/** The names that `octav+` gives its candidates, in its order; of equal ones the first wins. */
export const octavCandidateNames = Object.freeze([
  "octav",
  "maximum",
  "same-step",
  "above",
  "below",
  "between",
  "three-quarters",
  "seven-eighths",
] as const);

/** The choice among the candidates. */
export interface OctavCandidatesResult {
  /** The clip, an integer in units of 2^−fractionBits. */
  readonly clip: bigint;
  /** The candidate that won, before it was refitted; undefined for all zeros. */
  readonly candidate: (typeof octavCandidateNames)[number] | undefined;
  /** What OCTAV itself gave. */
  readonly octav: OctavIntegerResult;
}

/** Math.min and Math.max do not take big integers. */
function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function larger(a: bigint, b: bigint): bigint {
  if (a < b) return b;
  return a;
}

/** The largest integer whose square is at most `value`. */
function squareRoot(value: bigint): bigint {
  let root = 0n;
  for (let bit = 1n << BigInt(value.toString(2).length >> 1); bit > 0n; bit >>= 1n) {
    if ((root + bit) * (root + bit) <= value) root += bit;
  }
  return root;
}

/** What a clip is worth: A = Σ|x|·l and C = Σl² over the nearest levels l. */
interface Fit {
  readonly product: bigint;
  readonly square: bigint;
}

/**
 * The check of `octav+` in integers: of OCTAV's answer s, the maximum m and six clips around and between them the one of
 * least squared error is taken, and then moved to where it fits its own codes best.
 *
 * Everything is in units of 2^−fractionBits. With L the top level, a clip c and the nearest levels l of |x|·L/c, the error
 * Σ(|x| − l·c/L)² is Σx² less (c·(2·L·A − c·C))/L², A = Σ|x|·l, C = Σl²: the largest c·(2·L·A − c·C) wins. Its A and C then
 * give the clip L·A/C, rounded once, where the error with these levels is least; it is not let above m. No point of the
 * grid of clips is better for these levels, so the refitted clip is never worse than the one that won.
 */
export function octavCandidates(values: ArrayLike<number>, parameters: OctavCoreParameters): OctavCandidatesResult {
  const { elementBits, fractionBits, unsigned } = parameters;
  const octav = octavInteger(values, parameters);
  const point = BigInt(fractionBits);
  const magnitudes = Array.from(values, (value) => BigInt(Math.abs(value)) << point);
  const m = magnitudes.reduce(larger, 0n);
  if (m === 0n) return { clip: 0n, candidate: undefined, octav };
  const levelBits = BigInt(unsigned ? elementBits : elementBits - 1);
  const top = (1n << levelBits) - 1n;
  const s = octav.clip;
  const above = s + (s >> 3n);
  const clips = [
    s,
    m,
    s - (s >> levelBits),
    smaller(above, m),
    s - (s >> 2n),
    squareRoot(s * m),
    m - (m >> 2n),
    m - (m >> 3n),
  ];
  const fitOf = (clip: bigint): Fit => {
    let product = 0n;
    let square = 0n;
    for (const x of magnitudes) {
      // Nearest, ties up: at a tie both levels are equally wrong.
      const nearest = (2n * top * x + clip) / (2n * clip);
      const level = smaller(nearest, top);
      product += x * level;
      square += level * level;
    }
    return { product, square };
  };
  let best: { gain: bigint; fit: Fit; index: number } | undefined;
  for (const [index, clip] of clips.entries()) {
    const fit = fitOf(clip);
    const gain = clip * (2n * top * fit.product - clip * fit.square);
    if (best === undefined || gain > best.gain) best = { gain, fit, index };
  }
  const { fit, index } = best!;
  const refitted = roundFraction({ numerator: top * fit.product, denominator: fit.square }, 0);
  return { clip: smaller(refitted, m), candidate: octavCandidateNames[index], octav };
}
