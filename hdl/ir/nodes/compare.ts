import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** Equal, not equal, less, less or equal, greater, greater or equal: left against right. */
export type CompareOperator = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

/** Compares mathematical values; one bit, unsigned. The operands have the same sign; their widths are free. */
export interface CompareNode extends NodeBase {
  readonly kind: "compare";
  readonly operator: CompareOperator;
  readonly left: Node;
  readonly right: Node;
}

/** Compares two values, 1 when it holds; the caller guarantees that both operands have the same sign. */
export function compare(operator: CompareOperator, left: Node, right: Node, origin?: Origin): CompareNode {
  return Object.freeze({
    kind: "compare",
    operator,
    left,
    right,
    width: 1,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}
