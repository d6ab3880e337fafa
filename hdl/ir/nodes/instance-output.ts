import type { NodeBase, Origin } from "./node-base.ts";

/** One scalar of an output port of a child: element `element` in packing order. */
export interface InstanceOutputNode extends NodeBase {
  readonly kind: "instance-output";
  /** Key into `ModuleNetlist.instances`. */
  readonly instance: number;
  readonly port: string;
  readonly element: number;
}

/**
 * Makes the value of a scalar of a child's output port; width and sign are those that the port's type gives to the
 * element.
 */
export function instanceOutput(
  instance: number,
  port: string,
  element: number,
  width: number,
  signed: boolean,
  origin?: Origin,
): InstanceOutputNode {
  return Object.freeze({
    kind: "instance-output",
    instance,
    port,
    element,
    width,
    signed,
    source: origin?.source,
    label: origin?.label,
  });
}
