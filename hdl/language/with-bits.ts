import { bitwise, cast, compare, concat, constant, mux, type Node, not, shift, slice } from "../ir/index.ts";
import type { Segment } from "./driven-bits.ts";
import type { Assignment } from "./target.ts";

/** `current` with the bits of `value` in place of its own from bit `at` on, as far as it has them. Unsigned. */
function replaced(current: Node, at: Node, value: Node, { source }: Assignment): Node {
  const { width } = current;
  const ones = (1n << BigInt(value.width)) - 1n;
  const given = value.kind === "constant" ? value.value : undefined;
  const mask = shift("left", constant(ones, value.width, false), at, width, { source });
  if (given === ones) return bitwise("or", current, mask, { source });
  const kept = bitwise("and", current, not(mask, { source }), { source });
  if (given === 0n) return kept;
  return bitwise("or", kept, shift("left", value, at, width, { source }), { source });
}

/**
 * A segment of a target whose bits are those of `current` but where the assignment, which has its place from a signal,
 * drives them.
 */
export function withBits(current: Node, assignment: Assignment, segment: Segment): Node {
  const { value, source } = assignment;
  const at = assignment.at!;
  const below = segment.low - assignment.low;
  if (current.width === 1 && value.width === 1) {
    const isThis = compare("eq", at, constant(BigInt(below), at.width, false), { source });
    const bit = current.signed ? cast(value, true, { source }) : value;
    return mux(isThis, bit, current, { source });
  }
  const plain = current.signed ? cast(current, false, { source }) : current;
  // Of bits that other assignments part, each lot is a piece of its own: zeros stand for those below.
  const whole = below === 0 ? plain : concat([plain, constant(0n, below, false)], { source });
  const result = replaced(whole, at, value, assignment);
  const own = below === 0 ? result : slice(result, whole.width - 1, below, { source });
  return current.signed ? cast(own, true, { source }) : own;
}
