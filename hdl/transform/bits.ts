import { type ConstantNode, cast, constant, extend, isLeaf, type Node, type Origin, slice } from "../ir/index.ts";
import { wrapTo } from "../types/index.ts";

/** Whether the node is a constant with the value 0. */
export function isZero(node: Node): node is ConstantNode {
  return node.kind === "constant" && node.value === 0n;
}

/** Whether the node is a constant whose bits are all 1. */
export function isOnes(node: Node): node is ConstantNode {
  return node.kind === "constant" && BigInt.asIntN(node.width, node.value) === -1n;
}

/** A constant of the node's type with that value modulo 2^width, and the node's name. */
export function constantLike(node: Node, value: bigint): ConstantNode {
  return constant(wrapTo(value, node.width, node.signed), node.width, node.signed, node);
}

/** The node's bits read with that sign; the node itself when it has it. */
export function withSign(node: Node, signed: boolean, origin?: Origin): Node {
  if (node.signed === signed) return node;
  if (node.kind === "constant") return constant(wrapTo(node.value, node.width, signed), node.width, signed, node);
  if (node.kind === "cast") return withSign(node.operand, signed, origin);
  return cast(node, signed, origin);
}

/** The node's value modulo 2^width, read with that sign. */
export function resizeTo(node: Node, width: number, signed: boolean, origin?: Origin): Node {
  if (node.width > width) return takeBits(node, 0, width, signed, origin);
  return withSign(node.width < width ? extend(node, width, origin) : node, signed, origin);
}

/** Bits `low` .. `low + width − 1` of the node, read with that sign; the node itself when that is what it is. */
export function takeBits(node: Node, low: number, width: number, signed: boolean, origin?: Origin): Node {
  if (low === 0 && width === node.width) return withSign(node, signed, origin);
  return withSign(slice(node, low + width - 1, low, origin), signed, origin);
}

/**
 * `result` in the place of `node`: the same value, under the node's name when `result` is an operator without a name of
 * its own. (Should `result` be used elsewhere too, sharing makes one object of the two again, with the name.)
 */
export function inPlaceOf(node: Node, result: Node): Node {
  if (isLeaf(result) || nameRank(node) <= nameRank(result)) return result;
  return Object.freeze({ ...result, source: node.source, label: node.label });
}

/** How much a user cares for the node's name: 2 for a label, 1 for a source, else 0. Does not read the source, which is slow. */
export function nameRank(node: Origin): number {
  return node.label !== undefined ? 2 : node.source !== undefined ? 1 : 0;
}
