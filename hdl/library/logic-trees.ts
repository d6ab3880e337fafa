import type { SInt, UInt } from "../language/index.ts";
import type { Widest } from "../types/index.ts";
import { reduceTree } from "./sum-tree.ts";

/** Values of one sign. */
type Operands = Iterable<UInt> | Iterable<SInt>;

function joined(values: Operands, operator: "and" | "or" | "xor"): UInt | SInt {
  return reduceTree<UInt>([...values] as UInt[], (left, right) => left[operator](right));
}

/**
 * The bitwise or of any number of values, as a balanced tree; for bits 1 where any is. Narrower values are extended.
 * @throws RangeError for an empty list.
 */
export function orTree<W extends number>(values: Iterable<UInt<W>>): UInt<Widest<W>>;
export function orTree<W extends number>(values: Iterable<SInt<W>>): SInt<Widest<W>>;
export function orTree(values: Operands): UInt | SInt {
  return joined(values, "or");
}

/**
 * The bitwise and of any number of values, as a balanced tree; for bits 1 where all are. Narrower values are extended.
 * @throws RangeError for an empty list.
 */
export function andTree<W extends number>(values: Iterable<UInt<W>>): UInt<Widest<W>>;
export function andTree<W extends number>(values: Iterable<SInt<W>>): SInt<Widest<W>>;
export function andTree(values: Operands): UInt | SInt {
  return joined(values, "and");
}

/**
 * The bitwise exclusive or of any number of values, as a balanced tree; for bits 1 where an odd number is. Narrower values
 * are extended.
 * @throws RangeError for an empty list.
 */
export function xorTree<W extends number>(values: Iterable<UInt<W>>): UInt<Widest<W>>;
export function xorTree<W extends number>(values: Iterable<SInt<W>>): SInt<Widest<W>>;
export function xorTree(values: Operands): UInt | SInt {
  return joined(values, "xor");
}
