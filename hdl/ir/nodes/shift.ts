import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** `left` is operand · 2^amount modulo 2^width, `right` is ⌊operand / 2^amount⌋. */
export type ShiftOperator = "left" | "right";

/**
 * A shift by an amount that is known only when the circuit runs. The amount is unsigned; the node has the sign of its
 * operand, so that a right shift of a signed value copies the sign. No amount is too large: to the left all bits go in
 * the end, to the right what stays is 0 or −1.
 */
export interface ShiftNode extends NodeBase {
  readonly kind: "shift";
  readonly operator: ShiftOperator;
  readonly operand: Node;
  readonly amount: Node;
}

/** Makes a shift. To the left the width is free; to the right it is the operand's, which the caller guarantees. */
export function shift(operator: ShiftOperator, operand: Node, amount: Node, width: number, origin?: Origin): ShiftNode {
  return Object.freeze({
    kind: "shift",
    operator,
    operand,
    amount,
    width,
    signed: operand.signed,
    source: origin?.source,
    label: origin?.label,
  });
}
