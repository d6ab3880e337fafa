import { type OctavResult, octav } from "../octav/octav.ts";
import { type ClipGrid, topLevel } from "./clip-grid.ts";
import { largestMagnitude } from "./magnitudes.ts";
import { refitClip, squaredError } from "./squared-error.ts";

/** A clip that `octav+` considers, as a function of OCTAV's answer s, the maximum m and the grid. */
export interface ClipCandidate {
  readonly name: string;
  /** The clip from OCTAV's answer `s`, the maximum magnitude `m` and the grid. */
  readonly clip: (s: number, m: number, grid: ClipGrid) => number;
}

/**
 * What `octav+` chooses from, in this order; of equal errors the first wins. `same-step` gives the grid the step that
 * OCTAV's model has, s / 2^(B−1), where s mapped to the top level has s / (2^(B−1) − 1).
 */
export const clipCandidates: readonly ClipCandidate[] = Object.freeze([
  { name: "octav", clip: (s: number) => s },
  { name: "maximum", clip: (_s: number, m: number) => m },
  { name: "same-step", clip: (s: number, _m: number, grid: ClipGrid) => (s * topLevel(grid)) / (topLevel(grid) + 1) },
  { name: "above", clip: (s: number, m: number) => Math.min(s * 1.125, m) },
  { name: "below", clip: (s: number) => s * 0.75 },
  { name: "between", clip: (s: number, m: number) => Math.sqrt(s) * Math.sqrt(m) },
  { name: "three-quarters", clip: (_s: number, m: number) => m * 0.75 },
  { name: "seven-eighths", clip: (_s: number, m: number) => m * 0.875 },
]);

/** The choice of `octav+`. */
export interface OctavPlusResult {
  readonly clip: number;
  /** The name of the candidate that won, before it was refitted. */
  readonly candidate: string;
  /** Its true squared error. */
  readonly error: number;
  /** What OCTAV did. */
  readonly octav: OctavResult;
}

/**
 * The clip of least true squared error on the grid (`squaredError`) among OCTAV's answer, the maximum and six more
 * around and between them, then moved to fit its own codes best (`refitClip`). Never worse than either. OCTAV's noise model overstates the error of the many values below
 * half a step, so that it clips too little on heavy tails and too much on some spiked distributions; this is the check.
 */
export function clipOctavPlus(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  grid: ClipGrid,
): OctavPlusResult {
  const found = octav(values, grid, start, end);
  const largest = largestMagnitude(values, start, end, grid.signed);
  let best = { clip: found.clip, candidate: "octav", error: squaredError(values, start, end, found.clip, grid) };
  for (const { name, clip } of clipCandidates) {
    const chosen = Math.min(clip(found.clip, largest, grid), largest);
    const error = squaredError(values, start, end, chosen, grid);
    if (error < best.error) best = { clip: chosen, candidate: name, error };
  }
  const refitted = Math.min(refitClip(values, start, end, best.clip, grid), largest);
  const error = squaredError(values, start, end, refitted, grid);
  if (error < best.error) best = { clip: refitted, candidate: best.candidate, error };
  return { ...best, octav: found };
}
