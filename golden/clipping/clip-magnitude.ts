import { octav } from "../octav/octav.ts";
import { type ClipGrid, checkGrid } from "./clip-grid.ts";
import { clipMse } from "./clip-mse.ts";
import { clipOctavPlus } from "./clip-octav-plus.ts";
import { clipPercentile } from "./clip-percentile.ts";
import { type ClipRule, percentileOf } from "./clip-rule.ts";
import { largestMagnitude } from "./magnitudes.ts";

/** A clipping magnitude and how it was found. */
export interface ClipResult {
  /** The magnitude that the grid's top level stands for. 0 only when every value is 0 (unsigned: at most 0). */
  readonly clip: number;
  /** Rounds of OCTAV, 0 for rules without it. */
  readonly rounds: number;
  /** Whether OCTAV settled on one value; true for rules without it. */
  readonly converged: boolean;
}

/**
 * The clipping magnitude of values[start..end), one vector, row or tensor, under a rule; at most the largest magnitude.
 * @param values finite, magnitudes up to 1e150 so that squares do not overflow (`octav` and `max`: 1e290).
 * @throws InputError for a grid or a percentile out of range.
 */
export function clipMagnitude(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  rule: ClipRule,
  grid: ClipGrid,
): ClipResult {
  checkGrid(grid);
  const found = (clip: number): ClipResult => ({ clip, rounds: 0, converged: true });
  switch (rule) {
    case "max":
      return found(largestMagnitude(values, start, end, grid.signed));
    case "octav":
      return octav(values, grid, start, end);
    case "octav+": {
      const { clip, octav: steps } = clipOctavPlus(values, start, end, grid);
      return { clip, rounds: steps.rounds, converged: steps.converged };
    }
    case "mse":
      return found(clipMse(values, start, end, grid));
    default:
      return found(clipPercentile(values, start, end, percentileOf(rule), grid.signed));
  }
}
