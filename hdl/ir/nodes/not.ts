import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** Every bit inverted; width and sign are the operand's. */
export interface NotNode extends NodeBase {
  readonly kind: "not";
  readonly operand: Node;
}

/** Inverts every bit of the operand. */
export function not(operand: Node, origin?: Origin): NotNode {
  return Object.freeze({
    kind: "not",
    operand,
    width: operand.width,
    signed: operand.signed,
    source: origin?.source,
    label: origin?.label,
  });
}
