import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** The operators that join bits, two words bit by bit or all bits of one word. */
export type BitwiseOperator = "and" | "or" | "xor";

/** Bit by bit; both operands have exactly the node's width and sign. */
export interface BitwiseNode extends NodeBase {
  readonly kind: "bitwise";
  readonly operator: BitwiseOperator;
  readonly left: Node;
  readonly right: Node;
}

/**
 * Joins two operands bit by bit. Width and sign are the left operand's; the caller guarantees that the right one has
 * the same.
 */
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
