import { clipCandidates, clipMagnitude, clipMse, clipOctavPlus } from "../clipping/index.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import type { ClipTally } from "./clip-tally.ts";
import type { Lines } from "./encoded-lines.ts";
import { percentileMagnitudes, rankShares, type Share } from "./percentile-ranks.ts";

/** Up to so many elements `mse` looks at every percentile. */
const everyPercentile = 512;

/** Percentiles that `mse` looks at in longer rows and tensors, in hundred-thousandths. */
const usualPercentiles: readonly Share[] = [
  90_000, 95_000, 98_000, 99_000, 99_500, 99_900, 99_950, 99_990, 99_995, 99_999,
].map((part) => ({ part, whole: 100_000 }));

/** Whether codes are those of the nearest numbers: every rounding but truncation. */
export function roundsToNearest({ rounding }: Pick<ResolvedOptions, "rounding">): boolean {
  return rounding !== "toward-zero";
}

/**
 * The clips of a row or tensor that `octav+` and `mse` choose from by the error of what is written: OCTAV's answer first,
 * the maximum second. Rows of one length have the same number of them, one row's i-th belonging to the other's.
 */
export function clipChoices(
  data: Lines["data"],
  from: number,
  to: number,
  options: Pick<ResolvedOptions, "clip" | "rounding">,
  tally: ClipTally,
): number[] {
  const { grid } = tally;
  const octav = tally.find(data, from, to);
  const maximum = clipMagnitude(data, from, to, "max", grid).clip;
  const choices = [octav, maximum, clipOctavPlus(data, from, to, grid).clip];
  // With nearest codes the last one is the best of these already.
  if (!roundsToNearest(options)) {
    choices.push(...clipCandidates.map(({ clip }) => Math.min(clip(octav, maximum, grid), maximum)));
  }
  if (options.clip !== "mse") return choices;
  const shares = to - from <= everyPercentile ? rankShares([to - from]) : usualPercentiles;
  return [...choices, clipMse(data, from, to, grid), ...percentileMagnitudes(data, from, to, shares, grid.signed)];
}
