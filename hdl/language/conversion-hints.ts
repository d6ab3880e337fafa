import type { Node } from "../ir/index.ts";

/** How far a value is followed back to the operator that a reader would name. */
const mostSteps = 6;

/** Whether a value is a difference of unsigned ones, or what saturate() and its like made of one. */
function isUnsignedDifference(node: Node, steps = mostSteps): boolean {
  if (steps === 0) return false;
  switch (node.kind) {
    case "arithmetic":
      return node.operator === "sub" && !node.left.signed && !node.right.signed;
    case "cast":
    case "slice":
    case "extend":
      return isUnsignedDifference(node.operand, steps - 1);
    case "mux":
      return isUnsignedDifference(node.whenTrue, steps - 1) || isUnsignedDifference(node.whenFalse, steps - 1);
    default:
      return false;
  }
}

/** What to do where a value of the other sign is needed. */
export function signHint(node: Node, signed: boolean): string {
  if (signed) return "convert by name: toSint() keeps the value (one bit more), asSint() keeps the bits";
  if (isUnsignedDifference(node)) {
    return "a difference is signed: subSat() stops at 0, subWrap() wraps around, abs() takes the magnitude";
  }
  return "convert by name: asUint() keeps the bits, abs() takes the magnitude, max(0).asUint() makes negative values 0";
}

/** The operator that would have kept the width, where one would. */
function keepingOperator(node: Node, width: number): string | undefined {
  if (node.kind === "shift" && node.operator === "left" && node.operand.width <= width) {
    return "shiftLeftWrap() keeps the width, as << in Verilog";
  }
  if (node.kind !== "arithmetic" || Math.max(node.left.width, node.right.width) > width) return undefined;
  if (node.operator === "add") return "addWrap() wraps around, addSat() stops at the last value";
  if (node.operator === "sub") return "subWrap() wraps around, subSat() stops at the last value";
  return undefined;
}

/** What to do where a value is too wide for what takes it. */
export function widthHint(node: Node, width: number): string {
  const keeping = keepingOperator(node, width);
  if (keeping) return `${keeping}; or declare ${node.width} bits`;
  const lost = node.width - width;
  return `say which bits may go: .saturate(${width}), .wrap(${width}), a rounding such as .roundHalfUp(${lost}), or declare ${node.width} bits`;
}
