import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/** Asynchronous read of a memory; an address beyond the depth reads 0 in simulation. */
export interface MemoryReadNode extends NodeBase {
  readonly kind: "memory-read";
  /** Key into `ModuleNetlist.memories`. */
  readonly memory: number;
  readonly address: Node;
}

/** Makes a read of the memory with the id `memory`; width and sign are those of its words, the address is unsigned. */
export function memoryRead(
  memory: number,
  address: Node,
  width: number,
  signed: boolean,
  origin?: Origin,
): MemoryReadNode {
  return Object.freeze({
    kind: "memory-read",
    memory,
    address,
    width,
    signed,
    source: origin?.source,
    label: origin?.label,
  });
}
