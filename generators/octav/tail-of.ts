import { gated, sumTree, type UInt } from "../../hdl/index.ts";

/** Sum and count of the magnitudes above a threshold. */
export interface Tail {
  readonly sum: UInt;
  readonly count: UInt;
}

/**
 * The tail of some folded magnitudes (2·|x|, or 2·|x| − 1 for a negative x; unsigned: x itself) above q: they are
 * compared with 2·q, and summed as the bits before the sign, and one for every negative value.
 */
export function tailOf(folded: readonly UInt[], threshold: UInt, unsigned: boolean): Tail {
  const limit = unsigned ? threshold : threshold.shiftLeft(1);
  const above = folded.map((value) => value.gt(limit));
  const kept = folded.map((value, i) => gated(value, above[i]!));
  const count = sumTree(above);
  if (unsigned) return { sum: sumTree(kept), count };
  const bits = sumTree(kept.map((value) => value.shiftRight(1)));
  const negative = sumTree(kept.map((value) => value.bit(0)));
  return { sum: bits.add(negative), count };
}
