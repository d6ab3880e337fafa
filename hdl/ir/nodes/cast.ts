import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** The same bits read with the other sign; the width is the operand's. */
export interface CastNode extends NodeBase {
  readonly kind: "cast";
  readonly operand: Node;
}

/** Reads the operand's bits as signed or as unsigned. */
export function cast(operand: Node, signed: boolean, origin?: Origin): CastNode {
  return Object.freeze({
    kind: "cast",
    operand,
    width: operand.width,
    signed,
    source: origin?.source,
    label: origin?.label,
  });
}
