import { octav } from "../octav/octav.ts";
import type { ClipGrid } from "./clip-grid.ts";
import type { ClipRule } from "./clip-rule.ts";

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
 * The clipping magnitude of values[start..end), one vector, row or tensor, under a rule.
 * @param values finite, magnitudes up to 1e290.
 */
export function clipMagnitude(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  rule: ClipRule,
  grid: ClipGrid,
): ClipResult {
  switch (rule) {
    case "octav":
      return octav(values, grid, start, end);
    default: {
      let clip = 0;
      for (let i = start; i < end; i++) {
        const value = values[i] ?? 0;
        const magnitude = grid.signed ? Math.abs(value) : value;
        if (magnitude > clip) clip = magnitude;
      }
      return { clip, rounds: 0, converged: true };
    }
  }
}
