import { type ClipGrid, topLevel } from "./clip-grid.ts";

/** Midpoints between the neighbouring levels of one side of a grid. */
export interface GridSide {
  /** Magnitudes of the codes, ascending from 0. */
  readonly levels: Float64Array;
  /** Magnitude from which a level is nearer than the one below it; one less than the levels, `middles[j]` below level j + 1. */
  readonly middles: Float64Array;
}

function side(levels: readonly number[]): GridSide {
  const middles = levels.slice(1).map((level, j) => (level + (levels[j] ?? 0)) / 2);
  return { levels: Float64Array.from(levels), middles: Float64Array.from(middles) };
}

/** The positive and the negative side of a grid. An unsigned one has nothing but 0 on the negative side. */
export function gridSides(grid: ClipGrid): { readonly positive: GridSide; readonly negative: GridSide } {
  const top = topLevel(grid);
  const levels = grid.levels ?? Array.from({ length: top + 1 }, (_, i) => i);
  const positive = side(levels);
  if (!grid.signed) return { positive, negative: side([0]) };
  return { positive, negative: grid.fullRange ? side([...levels, top + 1]) : positive };
}

/** The largest magnitude of values[start..end): unsigned, the largest value, at least 0. */
export function largestMagnitude(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  signed: boolean,
): number {
  let largest = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    const magnitude = signed ? Math.abs(value) : value;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** How many of the middles are at most `quotient`: the index of the nearest level, ties to the upper one. */
export function nearestLevel({ middles }: GridSide, quotient: number): number {
  let low = 0;
  let high = middles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (quotient >= (middles[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
