import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** The operands' bits side by side, the first one most significant (as in Verilog); unsigned. */
export interface ConcatNode extends NodeBase {
  readonly kind: "concat";
  readonly parts: readonly Node[];
}

/** Puts the parts (at least one) side by side, the first most significant; the width is the sum of their widths. */
export function concat(parts: readonly Node[], origin?: Origin): ConcatNode {
  let width = 0;
  for (const part of parts) width += part.width;
  return Object.freeze({
    kind: "concat",
    parts: Object.freeze([...parts]),
    width,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}
