import { type ClipGrid, topLevel } from "./clip-grid.ts";
import { gridSides, nearestLevel } from "./magnitudes.ts";

/** The best step of an interval. */
export interface SweepResult {
  /** The step; the clip is the step times the grid's top level. */
  readonly step: number;
  /** How much squared error it saves against making everything 0: 2·t·A − t²·C. */
  readonly saved: number;
}

/** A place where one value changes its level. */
interface Change {
  readonly step: number;
  /** What A and C gain when the step falls below it. */
  readonly product: number;
  readonly square: number;
}

/**
 * The step of least true squared error between two steps, exactly. While no value changes its level l, the error
 * Σ(x − t·l)² = Σx² − 2t·A + t²·C with A = Σx·l, C = Σl² is a parabola in the step t, least at t = A / C. Values change
 * levels at t = x / middle, and only there. So all parabolas are visited in falling order of t, with A and C kept up to
 * date. A parabola may be judged by its own minimum even where that lies outside its piece: the error there with the
 * right levels is smaller still, and is seen when its own piece is visited.
 *
 * Where several steps save the same, the smallest is taken.
 * @param from the larger end, above 0; @param to the smaller end, at least 0.
 */
export function sweepSteps(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  grid: ClipGrid,
  from: number,
  to: number,
): SweepResult {
  const { positive, negative } = gridSides(grid);
  const changes: Change[] = [];
  let product = 0;
  let square = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    if (value === 0) continue;
    const half = value < 0 ? negative : positive;
    const magnitude = Math.abs(value);
    let level = nearestLevel(half, magnitude / from);
    const reached = half.levels[level] ?? 0;
    product += magnitude * reached;
    square += reached * reached;
    for (; level < half.middles.length; level++) {
      const step = magnitude / (half.middles[level] ?? 1);
      if (step < to) break;
      const [below, above] = [half.levels[level] ?? 0, half.levels[level + 1] ?? 0];
      changes.push({ step, product: magnitude * (above - below), square: above * above - below * below });
    }
  }
  changes.sort((a, b) => b.step - a.step);
  let best: SweepResult = { step: from, saved: 2 * from * product - from * from * square };
  const judge = () => {
    if (square === 0) return;
    const step = Math.max(Math.min(product / square, from), to);
    const saved = 2 * step * product - step * step * square;
    // A hair's breadth, so that rounding does not decide between steps that save the same.
    if (saved >= best.saved * (1 - 4 * Number.EPSILON)) best = { step, saved: Math.max(saved, best.saved) };
  };
  judge();
  for (const [i, change] of changes.entries()) {
    product += change.product;
    square += change.square;
    if (changes[i + 1]?.step !== change.step) judge();
  }
  return best;
}

/** How many places there are, at most, where a value changes its level. */
export function changeCount(count: number, grid: ClipGrid): number {
  return count * (grid.levels ? grid.levels.length - 1 : topLevel(grid));
}
