import { type ModuleNetlist, type Node, type NumberedNodes, reachOf, rootsOf, unreachable } from "../ir/index.ts";

/** Which bits of every node some user looks at, as the smallest interval that holds them all; by the node's number. */
export interface NeededBits {
  /** Lowest needed bit. */
  readonly low: Int32Array;
  /** One past the highest needed bit; 0 when no bit is needed. */
  readonly high: Int32Array;
}

/**
 * Needed bits of a module's nodes, from users to operands: sums and products need only the low bits of their operands
 * (they are exact modulo a power of two), bitwise operators and muxes the same bits, shifts the bits that can move
 * there, everything else all bits.
 */
export function neededBits(module: ModuleNetlist, { order, indexOf, start, operands }: NumberedNodes): NeededBits {
  const low = new Int32Array(order.length).fill(2 ** 31 - 1);
  const high = new Int32Array(order.length);
  const needIndex = (index: number, from: number, to: number): void => {
    if (from < low[index]!) low[index] = from;
    if (to > high[index]!) high[index] = to;
  };
  for (const root of rootsOf(module)) needIndex(indexOf.get(root)!, 0, root.width);
  let first = 0;
  const need: Need = (operand, from, to) => needIndex(operands[first + operand]!, from, to);
  for (let i = order.length - 1; i >= 0; i--) {
    first = start[i]!;
    if (high[i]! > 0) needOperands(order[i]!, low[i]!, high[i]!, need);
  }
  return { low, high };
}

/** Notes that bits `from` .. `to − 1` of operand number `operand` are needed. */
type Need = (operand: number, from: number, to: number) => void;

/** Passes the need of a node's bits `low` .. `high − 1` on to its operands. */
function needOperands(node: Node, low: number, high: number, need: Need): void {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      break;
    case "memory-read":
      need(0, 0, node.address.width);
      break;
    case "reduce":
      need(0, 0, node.operand.width);
      break;
    case "compare":
      need(0, 0, node.left.width);
      need(1, 0, node.right.width);
      break;
    case "arithmetic":
      need(0, 0, Math.min(high, node.left.width));
      need(1, 0, Math.min(high, node.right.width));
      break;
    case "bitwise":
      need(0, low, high);
      need(1, low, high);
      break;
    case "not":
    case "cast":
      need(0, low, high);
      break;
    case "mux":
      need(0, 0, 1);
      need(1, low, high);
      need(2, low, high);
      break;
    case "slice":
      need(0, low + node.low, high + node.low);
      break;
    case "shift":
      if (node.operator === "left") need(0, 0, Math.min(high, node.operand.width));
      else need(0, low, node.operand.width);
      need(1, 0, node.amount.width);
      break;
    case "index-bits":
      need(0, 0, Math.min(reachOf(node.index, node.stride, high), node.operand.width));
      need(1, 0, node.index.width);
      break;
    case "extend": {
      const { width } = node.operand;
      // Bits above the operand's top are copies of its sign, or 0.
      if (low < width) need(0, low, Math.min(high, width));
      else if (node.signed) need(0, width - 1, width);
      break;
    }
    case "replicate": {
      const { width } = node.operand;
      const base = low - (low % width);
      if (high <= base + width) need(0, low - base, high - base);
      else need(0, 0, width);
      break;
    }
    case "concat": {
      let base = 0;
      for (let i = node.parts.length - 1; i >= 0; i--) {
        const { width } = node.parts[i]!;
        const from = Math.max(low - base, 0);
        const to = Math.min(high - base, width);
        if (from < to) need(i, from, to);
        base += width;
      }
      break;
    }
    default:
      unreachable(node);
  }
}
