import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** Bits `high` down to `low` of the operand, both included; unsigned. */
export interface SliceNode extends NodeBase {
  readonly kind: "slice";
  readonly operand: Node;
  readonly high: number;
  readonly low: number;
}

/**
 * Takes the bits `high` down to `low`, high − low + 1 in all; the caller guarantees 0 ≤ low ≤ high < the operand's
 * width.
 */
export function slice(operand: Node, high: number, low: number, origin?: Origin): SliceNode {
  return Object.freeze({
    kind: "slice",
    operand,
    high,
    low,
    width: high - low + 1,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}
