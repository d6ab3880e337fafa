import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** `count` copies of the operand's bits side by side; unsigned. */
export interface ReplicateNode extends NodeBase {
  readonly kind: "replicate";
  readonly operand: Node;
  readonly count: number;
}

/** Repeats the operand's bits `count` times (at least once); the width is `count` times the operand's. */
export function replicate(operand: Node, count: number, origin?: Origin): ReplicateNode {
  return Object.freeze({
    kind: "replicate",
    operand,
    count,
    width: operand.width * count,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}
