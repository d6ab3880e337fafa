import { type ArithmeticNode, arithmetic, type Node } from "../../ir/index.ts";
import { constantLike, isZero, resizeTo } from "../bits.ts";

const isOne = (node: Node): boolean => node.kind === "constant" && node.value === 1n;

/** Sums with 0, products with 0 and 1, `x − x`; extensions of operands go, because an operand is read as a value. */
export function foldArithmetic(node: ArithmeticNode): Node {
  const { operator, left, right, width, signed } = node;
  if (left.kind === "extend" || right.kind === "extend") {
    const [a, b] = [left.kind === "extend" ? left.operand : left, right.kind === "extend" ? right.operand : right];
    return arithmetic(operator, a, b, width, signed, node);
  }
  const resized = (operand: Node): Node => resizeTo(operand, width, signed, node);
  switch (operator) {
    case "add":
      return isZero(right) ? resized(left) : isZero(left) ? resized(right) : node;
    case "sub":
      return isZero(right) ? resized(left) : left === right ? constantLike(node, 0n) : node;
    case "mul":
      if (isZero(left) || isZero(right)) return constantLike(node, 0n);
      return isOne(right) ? resized(left) : isOne(left) ? resized(right) : node;
  }
}
