import {
  type BitwiseNode,
  type CompareNode,
  compare,
  evaluate,
  type Node,
  type NotNode,
  not,
  type ReduceNode,
  reduce,
} from "../../ir/index.ts";
import { rangeOf } from "../../types/index.ts";
import { constantLike, isOnes, isZero, withSign } from "../bits.ts";

/** Whether one node is the other inverted. */
function areOpposite(a: Node, b: Node): boolean {
  return (a.kind === "not" && a.operand === b) || (b.kind === "not" && b.operand === a);
}

/** and, or, xor with 0, with all ones, with itself, with its inverse. */
export function foldBitwise(node: BitwiseNode): Node {
  const { operator, left, right } = node;
  if (left === right) return operator === "xor" ? constantLike(node, 0n) : left;
  if (areOpposite(left, right)) return constantLike(node, operator === "and" ? 0n : -1n);
  for (const [fixed, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isZero(fixed)) return operator === "and" ? fixed : other;
    if (isOnes(fixed)) return operator === "and" ? other : operator === "or" ? fixed : not(other, node);
  }
  return node;
}

/** An inverse of an inverse is the value itself. */
export function foldNot(node: NotNode): Node {
  return node.operand.kind === "not" ? node.operand.operand : node;
}

/** A value with itself, one bit with a constant, a constant beyond the other's range; extensions of operands go. */
export function foldCompare(node: CompareNode): Node {
  const { operator, left, right } = node;
  if (left === right) return constantLike(node, operator === "eq" || operator === "le" || operator === "ge" ? 1n : 0n);
  if (left.kind === "extend" || right.kind === "extend") {
    const [a, b] = [left.kind === "extend" ? left.operand : left, right.kind === "extend" ? right.operand : right];
    return compare(operator, a, b, node);
  }
  const fixedLeft = left.kind === "constant";
  const free = fixedLeft ? right : left;
  const fixed = fixedLeft ? left : right;
  if (fixed.kind !== "constant") return node;
  const { min, max } = rangeOf(free.width, free.signed);
  const at = (value: bigint): bigint => evaluate(node, fixedLeft ? [fixed.value, value] : [value, fixed.value]);
  const [atMin, atMax] = [at(min), at(max)];
  // A comparison with a member of an enumeration reads better than its bit.
  if (free.width === 1 && !fixed.enumeration) {
    const [whenZero, whenOne] = free.signed ? [atMax, atMin] : [atMin, atMax];
    if (whenZero === whenOne) return constantLike(node, whenZero);
    const bit = withSign(free, false, node);
    return whenOne === 1n ? bit : not(bit, node);
  }
  // An ordering is monotone in the free operand: equal at both ends of the range means equal in all of it.
  if (operator !== "eq" && operator !== "ne") return atMin === atMax ? constantLike(node, atMin) : node;
  return fixed.value < min || fixed.value > max ? constantLike(node, operator === "ne" ? 1n : 0n) : node;
}

/** One bit is itself; casts, extensions and copies that cannot change the result go. */
export function foldReduce(node: ReduceNode): Node {
  const { operator, operand } = node;
  if (operand.width === 1) return withSign(operand, false, node);
  if (operand.kind === "cast") return reduce(operator, operand.operand, node);
  if (operand.kind === "replicate" && operator !== "xor") return reduce(operator, operand.operand, node);
  if (operand.kind === "extend") {
    if (operand.signed) return operator === "xor" ? node : reduce(operator, operand.operand, node);
    return operator === "and" ? constantLike(node, 0n) : reduce(operator, operand.operand, node);
  }
  return node;
}
