import type { Node } from "../node.ts";
import type { BitwiseOperator } from "./bitwise.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** All bits of the operand joined by one operator; one bit, unsigned. */
export interface ReduceNode extends NodeBase {
  readonly kind: "reduce";
  readonly operator: BitwiseOperator;
  readonly operand: Node;
}

/** Joins all bits of the operand into one. */
export function reduce(operator: BitwiseOperator, operand: Node, origin?: Origin): ReduceNode {
  return Object.freeze({
    kind: "reduce",
    operator,
    operand,
    width: 1,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}
