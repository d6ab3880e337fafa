import { type Node, type NumberedNodes, unreachable } from "../ir/index.ts";

const kindNumbers: Readonly<Record<Node["kind"], number>> = {
  constant: 1,
  input: 2,
  wire: 3,
  register: 4,
  "instance-output": 5,
  "memory-read": 6,
  arithmetic: 7,
  bitwise: 8,
  not: 9,
  compare: 10,
  mux: 11,
  concat: 12,
  replicate: 13,
  slice: 14,
  extend: 15,
  cast: 16,
  reduce: 17,
  shift: 18,
  "index-bits": 19,
};

const operatorNumbers: Readonly<Record<string, number>> = {
  add: 1,
  sub: 2,
  mul: 3,
  and: 4,
  or: 5,
  xor: 6,
  eq: 7,
  ne: 8,
  lt: 9,
  le: 10,
  gt: 11,
  ge: 12,
  left: 13,
  right: 14,
};

/**
 * A class number for every node of a numbering, such that two nodes have the same one exactly when they have the same
 * structure: kind, attributes and operands. The order of the operands of a commutative operator does not count, nor do
 * names and sources. Classes count up from 0. Constant time per operand: operands are compared by their classes.
 */
export function structureClasses({ order, start, operands }: NumberedNodes): Int32Array {
  const classOf = new Int32Array(order.length);
  // A hash table with open addressing, of positions of the first node of each class.
  let size = 16;
  while (size < 2 * order.length) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  let classes = 0;
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    let slot = hashOf(node, i, start, operands, classOf) & (size - 1);
    while (slots[slot]! >= 0) {
      const other = slots[slot]!;
      if (sameOperands(node, i, other, start, operands, classOf) && sameAttributes(order[other]!, node)) break;
      slot = (slot + 1) & (size - 1);
    }
    if (slots[slot]! < 0) {
      slots[slot] = i;
      classOf[i] = classes++;
    } else classOf[i] = classOf[slots[slot]!]!;
  }
  return classOf;
}

function sameOperands(
  node: Node,
  a: number,
  b: number,
  start: Int32Array,
  operands: Int32Array,
  classOf: Int32Array,
): boolean {
  const count = start[a + 1]! - start[a]!;
  if (start[b + 1]! - start[b]! !== count) return false;
  const operand = (index: number, i: number): number => classOf[operands[start[index]! + i]!]!;
  let same = true;
  for (let i = 0; i < count && same; i++) same = operand(a, i) === operand(b, i);
  if (same || !isCommutative(node)) return same;
  return operand(a, 0) === operand(b, 1) && operand(a, 1) === operand(b, 0);
}

function isCommutative(node: Node): boolean {
  switch (node.kind) {
    case "bitwise":
      return true;
    case "arithmetic":
      return node.operator !== "sub";
    case "compare":
      return node.operator === "eq" || node.operator === "ne";
    default:
      return false;
  }
}

const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

function hashOf(node: Node, index: number, start: Int32Array, operands: Int32Array, classOf: Int32Array): number {
  const hash = mix(kindNumbers[node.kind], node.width * 2 + (node.signed ? 1 : 0));
  const first = start[index]!;
  // Symmetric in both operands, so that the swapped node falls into the same place.
  if (isCommutative(node)) {
    const [a, b] = [classOf[operands[first]!]!, classOf[operands[first + 1]!]!];
    return mix(mix(mix(hash, Math.min(a, b)), Math.max(a, b)), attributeHash(node));
  }
  let mixed = mix(hash, attributeHash(node));
  for (let edge = first; edge < start[index + 1]!; edge++) mixed = mix(mixed, classOf[operands[edge]!]!);
  return mixed;
}

function attributeHash(node: Node): number {
  switch (node.kind) {
    case "constant":
      return Number(BigInt.asIntN(32, node.value ^ (node.value >> 32n)));
    case "input":
      return node.element * 64 + node.port.length;
    case "instance-output":
      return mix(node.element, node.instance);
    case "wire":
    case "register":
      return node.id;
    case "memory-read":
      return node.memory;
    case "arithmetic":
    case "bitwise":
    case "compare":
    case "reduce":
    case "shift":
      return operatorNumbers[node.operator]!;
    case "slice":
      return node.low;
    case "index-bits":
      return node.stride;
    case "not":
    case "mux":
    case "concat":
    case "replicate":
    case "extend":
    case "cast":
      return 0;
    default:
      return unreachable(node);
  }
}

/** Whether two nodes are alike in all but their operands, names and sources. */
function sameAttributes(a: Node, b: Node): boolean {
  if (a.kind !== b.kind || a.width !== b.width || a.signed !== b.signed) return false;
  switch (a.kind) {
    case "constant":
      return b.kind === "constant" && a.value === b.value && a.enumeration === b.enumeration;
    case "input":
      return b.kind === "input" && a.port === b.port && a.element === b.element;
    case "instance-output":
      return b.kind === "instance-output" && a.instance === b.instance && a.port === b.port && a.element === b.element;
    case "wire":
    case "register":
      return b.kind === a.kind && a.id === b.id;
    case "memory-read":
      return b.kind === "memory-read" && a.memory === b.memory;
    case "arithmetic":
    case "bitwise":
    case "compare":
    case "reduce":
    case "shift":
      return b.kind === a.kind && a.operator === b.operator;
    case "index-bits":
      return b.kind === "index-bits" && a.stride === b.stride;
    case "slice":
      return b.kind === "slice" && a.low === b.low;
    case "not":
    case "mux":
    case "concat":
    case "replicate":
    case "extend":
    case "cast":
      return true;
    default:
      return unreachable(a);
  }
}
