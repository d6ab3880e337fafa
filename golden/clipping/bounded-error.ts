import { roundHalfEven } from "../rounding.ts";
import { type ClipGrid, topLevel } from "./clip-grid.ts";
import { gridSides, nearestLevel } from "./magnitudes.ts";

/**
 * The squared error of values[from..to) on a grid of a step, every value at its nearest level; some number of at least
 * `bound` as soon as the error is known to reach it.
 */
export type BoundedError = (
  values: Float32Array | Float64Array,
  from: number,
  to: number,
  step: number,
  bound: number,
) => number;

/**
 * The step that fits best the levels which values[from..to) have with a step, Σx·l / Σl²; the step itself when all are at
 * level 0. One step of Lloyd's: the error is not larger then.
 */
export type RefittedStep = (values: Float32Array | Float64Array, from: number, to: number, step: number) => number;

/** Elements between two looks at the bound. */
const stretch = 16;

/** `BoundedError` on a grid; one with levels of its own is the same on both sides of zero. */
export function boundedErrorOn(grid: ClipGrid): BoundedError {
  return grid.levels === undefined ? integerErrors(grid) : levelErrors(grid);
}

function integerErrors(grid: ClipGrid): BoundedError {
  const top = topLevel(grid);
  const bottom = !grid.signed ? 0 : grid.fullRange ? -top - 1 : -top;
  return (values, from, to, step, bound) => {
    const inverse = step > 0 ? 1 / step : 0;
    let error = 0;
    for (let start = from; start < to; start += stretch) {
      const end = Math.min(start + stretch, to);
      for (let i = start; i < end; i++) {
        const value = values[i] ?? 0;
        const quotient = value * inverse;
        const code = quotient >= top ? top : quotient <= bottom ? bottom : roundHalfEven(quotient);
        const lost = value - code * step;
        error += lost * lost;
      }
      if (error >= bound) return error;
    }
    return error;
  };
}

function levelErrors(grid: ClipGrid): BoundedError {
  const levelOf = nearestLevels(grid);
  return (values, from, to, step, bound) => {
    const inverse = step > 0 ? 1 / step : 0;
    let error = 0;
    for (let i = from; i < to && error < bound; i++) {
      const magnitude = Math.abs(values[i] ?? 0);
      const lost = magnitude - levelOf(magnitude * inverse) * step;
      error += lost * lost;
    }
    return error;
  };
}

/** The level nearest to a quotient of 0 or more, ties to the upper one. Where all middles are multiples of 1/4, by a look-up. */
function nearestLevels(grid: ClipGrid): (quotient: number) => number {
  const { positive } = gridSides(grid);
  const top = topLevel(grid);
  const quarters = positive.middles.every((middle) => Number.isInteger(4 * middle)) && top <= 64;
  if (!quarters) return (quotient) => positive.levels[nearestLevel(positive, quotient)] ?? 0;
  const table = Float64Array.from({ length: 4 * top }, (_, i) => positive.levels[nearestLevel(positive, i / 4)] ?? 0);
  return (quotient) => (quotient >= top ? top : (table[(4 * quotient) | 0] ?? 0));
}

/** `RefittedStep` on a grid. */
export function refittedStepOn(grid: ClipGrid): RefittedStep {
  if (grid.levels !== undefined) return levelRefit(grid);
  const top = topLevel(grid);
  const bottom = !grid.signed ? 0 : grid.fullRange ? -top - 1 : -top;
  return (values, from, to, step) => {
    const inverse = step > 0 ? 1 / step : 0;
    let product = 0;
    let square = 0;
    for (let i = from; i < to; i++) {
      const value = values[i] ?? 0;
      const quotient = value * inverse;
      const code = quotient >= top ? top : quotient <= bottom ? bottom : roundHalfEven(quotient);
      product += value * code;
      square += code * code;
    }
    return square === 0 ? step : product / square;
  };
}

function levelRefit(grid: ClipGrid): RefittedStep {
  const levelOf = nearestLevels(grid);
  return (values, from, to, step) => {
    const inverse = step > 0 ? 1 / step : 0;
    let product = 0;
    let square = 0;
    for (let i = from; i < to; i++) {
      const magnitude = Math.abs(values[i] ?? 0);
      const level = levelOf(magnitude * inverse);
      product += magnitude * level;
      square += level * level;
    }
    return square === 0 ? step : product / square;
  };
}
