import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

export type BitwiseOperator = "and" | "or" | "xor";

/** Bit by bit; both operands have exactly the node's width and sign. */
export interface BitwiseNode extends NodeBase {
  readonly kind: "bitwise";
  readonly operator: BitwiseOperator;
  readonly left: Node;
  readonly right: Node;
}

export function bitwise(operator: BitwiseOperator, left: Node, right: Node, origin?: Origin): BitwiseNode {
  return Object.freeze({
    kind: "bitwise",
    operator,
    left,
    right,
    width: left.width,
    signed: left.signed,
    source: origin?.source,
    label: origin?.label,
  });
}
