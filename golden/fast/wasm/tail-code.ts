import { highDoubles, lowDoubles } from "./code-kernel.ts";
import type { Code } from "./encode.ts";
import { access, f32x4, i32, lane, loopWhile, op } from "./instructions.ts";
import type { FunctionBuilder, Local } from "./module.ts";

/** Eight partial sums in double precision, four counts, and the scratch that a pass over the values needs. */
export interface TailLocals {
  readonly sums: readonly [Local, Local, Local, Local];
  readonly counts: Local;
  readonly cursor: Local;
  readonly threshold: Local;
  readonly mask: Local;
  readonly four: Local;
  readonly inside: Local;
}

/** Declares the locals of `tailLoop`. */
export function tailLocals(f: FunctionBuilder): TailLocals {
  const v128 = () => f.local("v128");
  const sums = [v128(), v128(), v128(), v128()] as const;
  return {
    sums,
    counts: v128(),
    cursor: f.local("i32"),
    threshold: v128(),
    mask: v128(),
    four: v128(),
    inside: v128(),
  };
}

/**
 * The single-precision number that tells the same values apart as the double `s` > 0: the smallest one not below s.
 * x >= s in double precision exactly when x >= this one, for every single-precision x. With `above` the smallest one
 * above s, so that x > s exactly when x >= this one.
 */
export function setThreshold(threshold: Local, s: Local, rounded: Local, above = false): Code {
  const next = op("f32.reinterpret_i32", op("i32.add", op("i32.reinterpret_f32", rounded.get), i32(1)));
  const below = op(above ? "f64.le" : "f64.lt", op("f64.promote_f32", rounded.get), s.get);
  return [
    ...rounded.set(op("f32.demote_f64", s.get)),
    ...below,
    ...[0x04, 0x40, ...rounded.set(next), 0x0b],
    ...threshold.set(op("f32x4.splat", rounded.get)),
  ];
}

/** Adds the tail of the values from `cursor` to `stop` (bytes; a multiple of 32 apart) to sums and counts. */
export function tailLoop({ sums, counts, cursor, threshold, mask, four, inside }: TailLocals, stop: Code): Code {
  const addFour = (offset: number, low: Local, high: Local): readonly Code[] => [
    four.set(op("v128.and", access("v128.load", offset, cursor.get), mask.get)),
    inside.set(op("f32x4.ge", four.get, threshold.get)),
    counts.set(op("i32x4.sub", counts.get, inside.get)),
    four.set(op("v128.and", four.get, inside.get)),
    low.set(op("f64x2.add", low.get, lowDoubles(four.get))),
    high.set(op("f64x2.add", high.get, highDoubles(four))),
  ];
  return loopWhile(
    op("i32.lt_u", cursor.get, stop),
    ...addFour(0, sums[0], sums[1]),
    ...addFour(16, sums[2], sums[3]),
    cursor.set(op("i32.add", cursor.get, i32(32))),
  );
}

/** Sets sums and counts to nothing. */
export function clearTail({ sums, counts }: TailLocals): Code {
  return [...sums, counts].flatMap((local) => local.set(f32x4(0)));
}

/** The eight partial sums joined, in the order that the plain OCTAV has. */
export function joinedSum({ sums: [s01, s23, s45, s67], four }: TailLocals): { readonly before: Code; sum: Code } {
  const before = four.set(op("f64x2.add", op("f64x2.add", s01.get, s45.get), op("f64x2.add", s23.get, s67.get)));
  return { before, sum: op("f64.add", lane("f64x2", 0, four.get), lane("f64x2", 1, four.get)) };
}

/** The four counts joined. */
export function joinedCount({ counts }: TailLocals): Code {
  const pair = (i: number) => op("i32.add", lane("i32x4", i, counts.get), lane("i32x4", i + 1, counts.get));
  return op("i32.add", pair(0), pair(2));
}
