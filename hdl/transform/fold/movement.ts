import {
  concat,
  constant,
  extend,
  type IndexBitsNode,
  indexBits,
  type Node,
  type ShiftNode,
  shift,
} from "../../ir/index.ts";
import { constantLike, isZero, resizeTo, takeBits, withSign } from "../bits.ts";

/** A shift by a constant is wires; zero stays zero; extensions of the amount and of what is shifted left go. */
export function foldShift(node: ShiftNode): Node {
  const { operator, operand, amount, width } = node;
  if (isZero(operand)) return constantLike(node, 0n);
  if (amount.kind === "constant") return shiftedBy(node, amount.value);
  if (amount.kind === "extend") return shift(operator, operand, amount.operand, width, node);
  if (operator === "left" && operand.kind === "extend") return shift(operator, operand.operand, amount, width, node);
  return node;
}

function shiftedBy(node: ShiftNode, amount: bigint): Node {
  const { operator, operand, width, signed } = node;
  if (amount === 0n) return resizeTo(operand, width, signed, node);
  if (operator === "left") {
    if (amount >= BigInt(width)) return constantLike(node, 0n);
    const count = Number(amount);
    const kept = takeBits(operand, 0, Math.min(operand.width, width - count), false);
    return resizeTo(withSign(concat([kept, constant(0n, count, false)], node), signed), width, signed, node);
  }
  if (amount >= BigInt(operand.width)) {
    if (!signed) return constantLike(node, 0n);
    return extend(takeBits(operand, width - 1, 1, true), width, node);
  }
  return extend(takeBits(operand, Number(amount), width - Number(amount), signed), width, node);
}

/** A constant index is a slice; extensions of the index and zeros above the operand go. */
export function foldIndexBits(node: IndexBitsNode): Node {
  const { operand, index, stride, width } = node;
  if (isZero(operand)) return constantLike(node, 0n);
  if (index.kind === "extend") return indexBits(operand, index.operand, stride, width, node);
  if (operand.kind === "extend") return indexBits(operand.operand, index, stride, width, node);
  if (index.kind !== "constant") return node;
  const low = index.value * BigInt(stride);
  if (low >= BigInt(operand.width)) return constantLike(node, 0n);
  return resizeTo(
    takeBits(operand, Number(low), Math.min(width, operand.width - Number(low)), false),
    width,
    false,
    node,
  );
}
