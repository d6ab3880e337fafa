import type { Enumeration } from "../../types/index.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** A literal. `value` is the mathematical value and lies in the range of the width and sign. */
export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: bigint;
  /** The enumeration of which the value is a member; for reading alone, it changes no meaning. */
  readonly enumeration?: Enumeration | undefined;
}

/** Makes a constant; the caller guarantees that `value` fits. */
export function constant(value: bigint, width: number, signed: boolean, origin?: Origin): ConstantNode {
  return Object.freeze({ kind: "constant", width, signed, value, source: origin?.source, label: origin?.label });
}

/** Makes a constant that shows as a member of an enumeration; the caller guarantees that `value` fits. */
export function enumConstant(value: bigint, width: number, enumeration: Enumeration, origin?: Origin): ConstantNode {
  return Object.freeze({ ...constant(value, width, false, origin), enumeration });
}
