import type { NodeBase, Origin } from "./node-base.ts";

/** One scalar of an input port: element `element` in packing order (0 for a scalar port). */
export interface InputNode extends NodeBase {
  readonly kind: "input";
  readonly port: string;
  readonly element: number;
}

/** Makes the value of an input port's scalar; width and sign are those that the port's type gives to the element. */
export function input(port: string, element: number, width: number, signed: boolean, origin?: Origin): InputNode {
  return Object.freeze({ kind: "input", port, element, width, signed, source: origin?.source, label: origin?.label });
}
