import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** The same value in more bits: sign-extended when signed, zero-extended when not. The sign is the operand's. */
export interface ExtendNode extends NodeBase {
  readonly kind: "extend";
  readonly operand: Node;
}

/** The operand's value in `width` bits; the caller guarantees that these are no fewer than the operand's. */
export function extend(operand: Node, width: number, origin?: Origin): ExtendNode {
  return Object.freeze({
    kind: "extend",
    operand,
    width,
    signed: operand.signed,
    source: origin?.source,
    label: origin?.label,
  });
}
