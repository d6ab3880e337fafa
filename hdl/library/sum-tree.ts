import { type SInt, UInt } from "../language/index.ts";

/**
 * The exact sum of any number of values as a balanced tree of adders: ⌈log2 n⌉ levels, each one bit wider than the one
 * before. An odd value of a level joins the next. Values are used as they are: one value is its own sum.
 * @throws RangeError for an empty list.
 */
export function sumTree(values: Iterable<UInt>): UInt;
export function sumTree(values: Iterable<SInt>): SInt;
export function sumTree(values: Iterable<UInt> | Iterable<SInt>): UInt | SInt;
export function sumTree(values: Iterable<UInt> | Iterable<SInt>): UInt | SInt {
  return reduceTree<UInt | SInt>([...values], (left, right) =>
    left instanceof UInt ? left.add(right as UInt) : left.add(right as SInt),
  );
}

/**
 * Joins values two by two, level by level. `afterLevel` is applied to every value that leaves a level (counted from 1),
 * for instance to put a register there.
 * @throws RangeError for an empty list.
 */
export function reduceTree<T>(
  values: readonly T[],
  join: (left: T, right: T) => T,
  afterLevel: (value: T, level: number) => T = (value) => value,
): T {
  if (values.length === 0) throw new RangeError("a reduction tree needs at least one value");
  let level = 0;
  let row = values;
  while (row.length > 1) {
    level++;
    const next: T[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i]!;
      const right = row[i + 1];
      next.push(afterLevel(right === undefined ? left : join(left, right), level));
    }
    row = next;
  }
  return row[0]!;
}
