import type { NodeBase, Origin } from "./node-base.ts";

/** The output of a flip-flop. Its next value and reset value stand in `ModuleNetlist.registers`. */
export interface RegisterNode extends NodeBase {
  readonly kind: "register";
  /** Key into `ModuleNetlist.registers`. */
  readonly id: number;
}

/** Makes the value of the register `id`; width and sign are the register's. */
export function register(id: number, width: number, signed: boolean, origin?: Origin): RegisterNode {
  return Object.freeze({ kind: "register", id, width, signed, source: origin?.source, label: origin?.label });
}
