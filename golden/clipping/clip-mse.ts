import { type ClipGrid, topLevel } from "./clip-grid.ts";
import { changeCount, sweepSteps } from "./level-sweep.ts";
import { largestMagnitude } from "./magnitudes.ts";
import { squaredError } from "./squared-error.ts";

/** Above so many level changes the search is by scan and refinement: a second or two and some tens of megabytes. */
const exactChanges = 2 ** 18;
/** Clips of the scan, evenly spaced from the maximum down. */
const scanned = 256;
/** Neighbourhoods of the scan that are searched again. */
const refined = 3;

/**
 * The clip of least true squared error, 0 < clip <= maximum: the yardstick for the other rules.
 *
 * Exact (up to the rounding of double-precision sums) while values × levels is at most 2^18: every vector, and tensors
 * of 37,000 values at 4 bits. Beyond that the error is computed for 256 clips, max·i/256, then around the three best in
 * steps 8 times finer, and three times more around the best of those: the answer is then within max / 2^20 of a local
 * minimum, and what can be missed is a dip narrower than max / 256; on smooth distributions the error is within 1e-5 of
 * the least.
 * Where several clips are best the smallest is taken. All zeros (unsigned: nothing above 0) give 0.
 */
export function clipMse(values: Float32Array | Float64Array, start: number, end: number, grid: ClipGrid): number {
  const largest = largestMagnitude(values, start, end, grid.signed);
  if (largest === 0) return 0;
  if (changeCount(end - start, grid) > exactChanges) return scanClips(values, start, end, grid, largest);
  const top = topLevel(grid);
  const clip = sweepSteps(values, start, end, grid, largest / top, 0).step * top;
  // Where squares vanish or overflow there is nothing to choose by.
  return clip > 0 ? Math.min(clip, largest) : largest;
}

/** A clip with its error. */
interface Judged {
  readonly clip: number;
  readonly error: number;
}

function scanClips(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  grid: ClipGrid,
  largest: number,
): number {
  const judge = (clip: number): Judged => ({ clip, error: squaredError(values, start, end, clip, grid) });
  const byError = (a: Judged, b: Judged) => a.error - b.error || a.clip - b.clip;
  let spacing = largest / scanned;
  let best = Array.from({ length: scanned }, (_, i) => judge(spacing * (i + 1))).sort(byError);
  for (let round = 0; round < 4; round++) {
    const around = best.slice(0, round === 0 ? refined : 1);
    const finer = spacing / 8;
    best = around
      .flatMap(({ clip, error }) => [
        { clip, error },
        ...Array.from({ length: 15 }, (_, i) => clip + (i - 7) * finer)
          .filter((near) => near !== clip && near > 0 && near <= largest)
          .map(judge),
      ])
      .sort(byError);
    spacing = finer;
  }
  return best[0]?.clip ?? largest;
}
