import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** `add` is left + right, `sub` is left − right, `mul` is left · right. */
export type ArithmeticOperator = "add" | "sub" | "mul";

/**
 * Sum, difference or product of the operands' mathematical values, taken modulo 2^width and read with the node's sign.
 * Exact when `width` is large enough; the operands' widths are free. Both operands have the sign of the node, except
 * that the difference of two unsigned values may be signed.
 */
export interface ArithmeticNode extends NodeBase {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: Node;
  readonly right: Node;
}

/** Makes a sum, difference or product of `width` bits (at least 1); the caller guarantees that the signs fit. */
export function arithmetic(
  operator: ArithmeticOperator,
  left: Node,
  right: Node,
  width: number,
  signed: boolean,
  origin?: Origin,
): ArithmeticNode {
  return Object.freeze({
    kind: "arithmetic",
    operator,
    left,
    right,
    width,
    signed,
    source: origin?.source,
    label: origin?.label,
  });
}
