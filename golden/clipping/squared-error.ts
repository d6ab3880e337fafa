import { roundHalfEven } from "../rounding.ts";
import { type ClipGrid, topLevel } from "./clip-grid.ts";
import { gridSides, nearestLevel } from "./magnitudes.ts";

/**
 * The true squared error Σ(x − Q(x))² of values[start..end) on a grid whose top level stands for `clip`: every value
 * becomes the nearest level times clip / top level, what lies beyond the last level becomes it, and below 0 everything
 * becomes 0 in an unsigned grid. The scale is the real number; what is lost by rounding a scale is not in it.
 * With clip 0 everything becomes 0. In the unit of the values, squared; double precision, summed in order.
 */
export function squaredError(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  clip: number,
  grid: ClipGrid,
): number {
  return grid.levels === undefined
    ? integerError(values, start, end, clip, grid)
    : levelError(values, start, end, clip, grid);
}

function integerError(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  clip: number,
  grid: ClipGrid,
): number {
  const top = topLevel(grid);
  const bottom = !grid.signed ? 0 : grid.fullRange ? -top - 1 : -top;
  const step = clip / top;
  let error = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    // 0 / 0 is NaN, which no comparison holds for.
    const quotient = value / step;
    const code =
      quotient >= top ? top : quotient <= bottom ? bottom : Number.isNaN(quotient) ? 0 : roundHalfEven(quotient);
    const lost = value - code * step;
    error += lost * lost;
  }
  return error;
}

function levelError(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  clip: number,
  grid: ClipGrid,
): number {
  const { positive, negative } = gridSides(grid);
  const step = clip / topLevel(grid);
  let error = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    const half = value < 0 ? negative : positive;
    const magnitude = Math.abs(value);
    const lost = magnitude - (half.levels[nearestLevel(half, magnitude / step)] ?? 0) * step;
    error += lost * lost;
  }
  return error;
}

/**
 * One step of Lloyd's: with every value at the level it has under `clip`, the clip that fits those levels best,
 * Σx·l / Σl² times the top level. The error at the new clip is never larger than at `clip` (but for rounding).
 * `clip` itself when every value is at level 0.
 */
export function refitClip(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  clip: number,
  grid: ClipGrid,
): number {
  const { positive, negative } = gridSides(grid);
  const top = topLevel(grid);
  const step = clip / top;
  let product = 0;
  let square = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    const half = value < 0 ? negative : positive;
    const magnitude = Math.abs(value);
    const level = half.levels[nearestLevel(half, magnitude / step)] ?? 0;
    product += magnitude * level;
    square += level * level;
  }
  return square === 0 ? clip : (product / square) * top;
}
