import { constant, extend, type Node } from "../ir/index.ts";
import { ceilLog2 } from "../types/index.ts";

/** Bits of a value that others take the place of: `base[at +: value.width] <= value`. */
export interface BitWrite {
  readonly base: Node;
  readonly at: Node;
  readonly value: Node;
  /** Whether the bits become all ones or all zeros, which arithmetic with a mask says as shortly. */
  readonly fixed: boolean;
}

function withoutCasts(node: Node): Node {
  let inner = node;
  while (inner.kind === "cast") inner = inner.operand;
  return inner;
}

/** What an unsigned value is without the zeros above it. */
function withoutZeros(node: Node): Node {
  let inner = node;
  while (inner.kind === "extend") inner = inner.operand;
  return inner;
}

interface Moved {
  readonly value: Node;
  readonly at: Node;
}

/** `value << at` that keeps the width. */
function movedUp(node: Node): Moved | undefined {
  const shift = withoutCasts(node);
  if (shift.kind !== "shift" || shift.operator !== "left" || shift.signed) return undefined;
  return { value: withoutZeros(shift.operand), at: withoutZeros(shift.amount) };
}

/** A mask of ones from bit `at` on, and how many. */
function maskOf(node: Node): { at: Node; ones: number } | undefined {
  const moved = movedUp(node);
  if (moved?.value.kind !== "constant" || moved.value.value <= 0n) return undefined;
  const digits = moved.value.value.toString(2);
  return digits.includes("0") ? undefined : { at: moved.at, ones: digits.length };
}

/** The two ways round to read `a operator b`. */
function sides(node: Node, operator: "and" | "or"): [Node, Node][] {
  if (node.kind !== "bitwise" || node.operator !== operator) return [];
  return [
    [node.left, node.right],
    [node.right, node.left],
  ];
}

/** `base & ~mask`. */
function cleared(node: Node): { base: Node; at: Node; ones: number } | undefined {
  for (const [base, other] of sides(withoutCasts(node), "and")) {
    const inverted = withoutCasts(other);
    const mask = inverted.kind === "not" ? maskOf(inverted.operand) : undefined;
    if (mask) return { base, ...mask };
  }
  return undefined;
}

/**
 * Finds what the language makes of an assignment to bits that a signal chooses, `(base & ~(ones << at)) | (value << at)`
 * and its shorter forms for ones and zeros alone; undefined for any other node, and where the place could be read as
 * another by Verilog. `isAlone` says of an inner node that nothing else reads it.
 */
export function bitWriteOf(node: Node, isAlone: (inner: Node) => boolean): BitWrite | undefined {
  const found = findWrite(withoutCasts(node), isAlone);
  // A place of more bits than the last one has would be cut.
  return found && found.at.width <= ceilLog2(node.width) ? found : undefined;
}

function findWrite(plain: Node, isAlone: (inner: Node) => boolean): BitWrite | undefined {
  for (const [kept, given] of sides(plain, "or")) {
    const hole = isAlone(withoutCasts(kept)) ? cleared(kept) : undefined;
    const moved = movedUp(given);
    if (!hole || !moved || hole.at !== moved.at || moved.value.width > hole.ones) continue;
    const { base, at, ones } = hole;
    return { base, at, value: extend(moved.value, ones), fixed: false };
  }
  for (const [base, other] of sides(plain, "or")) {
    const mask = maskOf(other);
    if (mask) return { base, at: mask.at, value: ofOnes(mask.ones, true), fixed: true };
  }
  const hole = cleared(plain);
  return hole && { base: hole.base, at: hole.at, value: ofOnes(hole.ones, false), fixed: true };
}

function ofOnes(width: number, ones: boolean): Node {
  return constant(ones ? (1n << BigInt(width)) - 1n : 0n, width, false);
}
