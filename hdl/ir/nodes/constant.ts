import type { NodeBase, Origin } from "./node-base.ts";

/** A literal. `value` is the mathematical value and lies in the range of the width and sign. */
export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: bigint;
}

/** Makes a constant; the caller guarantees that `value` fits. */
export function constant(value: bigint, width: number, signed: boolean, origin?: Origin): ConstantNode {
  return Object.freeze({ kind: "constant", width, signed, value, source: origin?.source, label: origin?.label });
}
