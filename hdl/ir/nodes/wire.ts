import type { NodeBase, Origin } from "./node-base.ts";

/** A declared wire: a name for a value that is driven elsewhere. Its driver stands in `ModuleNetlist.wires`. */
export interface WireNode extends NodeBase {
  readonly kind: "wire";
  /** Key into `ModuleNetlist.wires`. */
  readonly id: number;
}

/** Makes the value of the wire `id`; width and sign are the wire's. */
export function wire(id: number, width: number, signed: boolean, origin?: Origin): WireNode {
  return Object.freeze({ kind: "wire", id, width, signed, source: origin?.source, label: origin?.label });
}
