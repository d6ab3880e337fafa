import type { Node } from "../node.ts";
import type { NodeBase, Origin } from "./node-base.ts";

/**
 * Bits of a value from a place that is known only when the circuit runs: bits index · stride up to
 * index · stride + width − 1 of the operand. Bits beyond the operand read 0. With a stride of 1 it is a slice at an
 * offset, with a stride of `width` an element of a packed vector. Operand, index and result are unsigned.
 */
export interface IndexBitsNode extends NodeBase {
  readonly kind: "index-bits";
  readonly operand: Node;
  readonly index: Node;
  readonly stride: number;
}

/** Takes `width` bits from bit index · stride on; the caller guarantees a stride of at least 1 and unsigned operands. */
export function indexBits(operand: Node, index: Node, stride: number, width: number, origin?: Origin): IndexBitsNode {
  return Object.freeze({
    kind: "index-bits",
    operand,
    index,
    stride,
    width,
    signed: false,
    source: origin?.source,
    label: origin?.label,
  });
}

/**
 * Bits of the operand that an index can reach, those below the highest one taken: at least `width`, and perhaps more
 * than the operand has. `Infinity` for an index so wide that it does not matter.
 */
export function reachOf(index: Node, stride: number, width: number): number {
  return (2 ** index.width - 1) * stride + width;
}
