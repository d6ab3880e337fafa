import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** `condition ? whenTrue : whenFalse`. The condition has one bit; both arms have exactly the node's width and sign. */
export interface MuxNode extends NodeBase {
  readonly kind: "mux";
  readonly condition: Node;
  readonly whenTrue: Node;
  readonly whenFalse: Node;
}

/**
 * Chooses between two values. Width and sign are those of `whenTrue`; the caller guarantees that `whenFalse` has the
 * same.
 */
export function mux(condition: Node, whenTrue: Node, whenFalse: Node, origin?: Origin): MuxNode {
  return Object.freeze({
    kind: "mux",
    condition,
    whenTrue,
    whenFalse,
    width: whenTrue.width,
    signed: whenTrue.signed,
    source: origin?.source,
    label: origin?.label,
  });
}
