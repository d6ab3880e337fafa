import {
  arithmetic,
  bitwise,
  type ConcatNode,
  cast,
  concat,
  constant,
  type ExtendNode,
  extend,
  type IndexBitsNode,
  indexBits,
  type ModuleNetlist,
  mapOperands,
  mapRoots,
  mux,
  type Node,
  type NumberedNodes,
  not,
  numberNodes,
  type ReplicateNode,
  reachOf,
  replicate,
  type ShiftNode,
  type SliceNode,
  shift,
  unreachable,
} from "../ir/index.ts";
import { wrapTo } from "../types/index.ts";
import { inPlaceOf, takeBits, withSign } from "./bits.ts";
import { neededBits } from "./needed-bits.ts";

/** A node that stands for bits `offset` .. `offset + node.width − 1` of another one. */
interface Part {
  readonly node: Node;
  readonly offset: number;
}

/** Gives bits `low` .. `high − 1` of an operand's replacement, read with that sign. */
type Take = (operand: Node, low: number, high: number, signed: boolean) => Node;

/**
 * Computes no bit that nobody looks at. A sum or product of which only low bits are used is computed in that many bits
 * (signed ones stay signed), a mux, bitwise operator, concatenation or extension in just the bits used, and operands of
 * a sum that are wider than the sum are cut. A shift leaves out the bits that cannot come to where somebody looks. Inputs, wires, registers, memories and child outputs keep their width.
 */
export function narrow(module: ModuleNetlist, numbered: NumberedNodes = numberNodes(module)): ModuleNetlist {
  const { order, indexOf, start, operands } = numbered;
  const { low, high } = neededBits(module, numbered);
  const nodes: Node[] = order.slice();
  const offsets = new Int32Array(order.length);
  let changed = false;
  const take: Take = (operand, from, to, signed) => {
    const index = indexOf.get(operand)!;
    return takeBits(nodes[index]!, from - offsets[index]!, to - from, signed);
  };
  const whole = (node: Node): Node => (changed ? take(node, 0, node.width, node.signed) : node);
  for (let i = 0; i < order.length; i++) {
    if (high[i] === 0) continue;
    const node = order[i]!;
    const full = low[i] === 0 && high[i] === node.width;
    // A node that is used whole uses its operands whole, except for slices and for sums narrower than their operands.
    let keeps =
      full && (node.kind !== "arithmetic" || (node.left.width <= node.width && node.right.width <= node.width));
    for (let edge = start[i]!; keeps && edge < start[i + 1]!; edge++) {
      if (nodes[operands[edge]!] !== order[operands[edge]!]) keeps = false;
    }
    if (keeps) continue;
    const rebuilds = full && !usesPartOfOperands(node);
    const part = rebuilds ? undefined : narrowed(node, low[i]!, high[i]!, take);
    nodes[i] = part === undefined ? mapOperands(node, whole) : inPlaceOf(node, part.node);
    offsets[i] = part?.offset ?? 0;
    if (nodes[i] !== node) changed = true;
  }
  return changed ? mapRoots(module, whole) : module;
}

/** Whether the node may need less than all bits of an operand even where all of its own are needed. */
function usesPartOfOperands({ kind }: Node): boolean {
  return kind === "arithmetic" || kind === "slice" || kind === "shift" || kind === "index-bits";
}

/** The node computed in at least the bits `low` .. `high − 1`; undefined when it is to stay as wide as it is. */
function narrowed(node: Node, low: number, high: number, take: Take): Part | undefined {
  const same = (operand: Node): Node => take(operand, low, high, operand.signed);
  switch (node.kind) {
    case "input":
    case "wire":
    case "register":
    case "instance-output":
    case "memory-read":
    case "compare":
    case "reduce":
      return undefined;
    case "constant": {
      const value = wrapTo(node.value >> BigInt(low), high - low, node.signed);
      return { node: constant(value, high - low, node.signed, node), offset: low };
    }
    case "arithmetic": {
      const cut = (operand: Node): Node => take(operand, 0, Math.min(high, operand.width), operand.signed);
      const [left, right] = [cut(node.left), cut(node.right)];
      if (left === node.left && right === node.right && high === node.width) return { node, offset: 0 };
      return { node: arithmetic(node.operator, left, right, high, node.signed, node), offset: 0 };
    }
    case "bitwise":
      return { node: bitwise(node.operator, same(node.left), same(node.right), node), offset: low };
    case "not":
      return { node: not(same(node.operand), node), offset: low };
    case "mux": {
      const condition = take(node.condition, 0, 1, false);
      return { node: mux(condition, same(node.whenTrue), same(node.whenFalse), node), offset: low };
    }
    case "cast":
      return { node: cast(same(node.operand), node.signed, node), offset: low };
    case "slice":
      return narrowedSlice(node, low, high, take);
    case "shift":
      return narrowedShift(node, low, high, take);
    case "index-bits":
      return narrowedIndex(node, high, take);
    case "extend":
      return narrowedExtend(node, low, high, take);
    case "replicate":
      return narrowedReplicate(node, low, high, take);
    case "concat":
      return narrowedConcat(node, low, high, take);
    default:
      return unreachable(node);
  }
}

function narrowedSlice(node: SliceNode, low: number, high: number, take: Take): Part {
  const bits = take(node.operand, low + node.low, high + node.low, false);
  const same = bits.kind === "slice" && bits.operand === node.operand && bits.width === node.width;
  return { node: same ? node : bits, offset: low };
}

function narrowedShift(node: ShiftNode, low: number, high: number, take: Take): Part {
  const { operator, operand, width, signed } = node;
  const amount = take(node.amount, 0, node.amount.width, false);
  // Bits come from below when shifting left, from above when shifting right.
  const from = operator === "left" ? 0 : low;
  const to = operator === "left" ? Math.min(high, operand.width) : operand.width;
  const cut = take(operand, from, to, signed);
  const needed = operator === "left" ? high : width - low;
  if (cut === operand && amount === node.amount && needed === width) return { node, offset: 0 };
  return { node: shift(operator, cut, amount, needed, node), offset: from };
}

function narrowedIndex(node: IndexBitsNode, high: number, take: Take): Part {
  const { stride, operand, width } = node;
  const index = take(node.index, 0, node.index.width, false);
  const cut = take(operand, 0, Math.min(reachOf(node.index, stride, high), operand.width), false);
  if (cut === operand && index === node.index && high === width) return { node, offset: 0 };
  return { node: indexBits(cut, index, stride, high, node), offset: 0 };
}

function narrowedExtend(node: ExtendNode, low: number, high: number, take: Take): Part {
  const { operand, signed } = node;
  if (low >= operand.width && !signed) return { node: constant(0n, high - low, false, node), offset: low };
  const from = Math.min(low, operand.width - 1);
  if (high <= operand.width) return { node: take(operand, from, high, signed), offset: from };
  const bits = take(operand, from, operand.width, signed);
  if (bits === operand && high - from === node.width) return { node, offset: 0 };
  return { node: extend(bits, high - from, node), offset: from };
}

function narrowedReplicate(node: ReplicateNode, low: number, high: number, take: Take): Part {
  const { width } = node.operand;
  const first = Math.floor(low / width);
  const base = first * width;
  const last = Math.floor((high - 1) / width);
  if (first === last) return { node: take(node.operand, low - base, high - base, false), offset: low };
  const operand = take(node.operand, 0, width, node.operand.signed);
  if (last - first + 1 === node.count && operand === node.operand) return { node, offset: 0 };
  return { node: replicate(operand, last - first + 1, node), offset: base };
}

function narrowedConcat(node: ConcatNode, low: number, high: number, take: Take): Part {
  const parts: Node[] = [];
  let base = 0;
  for (let i = node.parts.length - 1; i >= 0; i--) {
    const part = node.parts[i]!;
    const from = Math.max(low - base, 0);
    const to = Math.min(high - base, part.width);
    if (from < to) parts.push(take(part, from, to, from === 0 && to === part.width && part.signed));
    base += part.width;
  }
  const only = parts.length === 1 ? withSign(parts[0]!, false, node) : undefined;
  return { node: only ?? concat(parts.reverse(), node), offset: low };
}
