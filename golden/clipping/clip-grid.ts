import { InputError } from "../../spec/index.ts";

/** The values that a clipped element can take, as multiples of a step that the clipping magnitude decides. */
export interface ClipGrid {
  /** Bits of an element, B: OCTAV's noise model and, without `levels`, the integer grid. */
  readonly bits: number;
  /** Signed: magnitudes on both sides of zero. Unsigned: negative values become 0. */
  readonly signed: boolean;
  /**
   * Magnitudes that codes stand for, ascending from 0, the last one reached at the clip. Left out: the integers
   * 0..2^(B−1) − 1 signed, 0..2^B − 1 unsigned.
   */
  readonly levels?: readonly number[];
  /** One more code on the negative side, −2^(B−1), as in two's complement; integers only (false). */
  readonly fullRange?: boolean;
}

/** Magnitudes of E2M1, the 4-bit float. */
export const e2m1Levels: readonly number[] = Object.freeze([0, 0.5, 1, 1.5, 2, 3, 4, 6]);

/** The level that the clip is mapped to: 2^(B−1) − 1 signed, 2^B − 1 unsigned, or the last of `levels`. */
export function topLevel({ bits, signed, levels }: ClipGrid): number {
  return levels?.at(-1) ?? 2 ** (signed ? bits - 1 : bits) - 1;
}

/** Checks a grid. @throws InputError for bits outside 1..16 (2..16 signed) or levels that do not ascend from 0. */
export function checkGrid(grid: ClipGrid): void {
  const { bits, signed, levels } = grid;
  const least = signed ? 2 : 1;
  if (!Number.isInteger(bits) || bits < least || bits > 16) {
    throw new InputError(
      `bits is ${bits}; ${signed ? "a signed" : "an unsigned"} grid needs an integer from ${least} to 16`,
    );
  }
  if (levels === undefined) return;
  if (grid.fullRange) throw new InputError("fullRange goes with integer grids; this one lists its levels");
  const ascends = levels.every((level, i) => (i === 0 ? level === 0 : level > (levels[i - 1] ?? 0) && level < 1e9));
  if (levels.length < 2 || !ascends) throw new InputError(`levels are ${levels.join(", ")}; they must ascend from 0`);
}
