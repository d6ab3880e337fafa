import {
  type CastNode,
  type ConcatNode,
  cast,
  concat,
  constant,
  type ExtendNode,
  extend,
  type Node,
  type ReplicateNode,
  replicate,
  type SliceNode,
  slice,
} from "../../ir/index.ts";
import { constantLike, takeBits, withSign } from "../bits.ts";

/** Longer lists of parts are not flattened further: a chain of concatenations would cost the square of its length. */
const maxFlatParts = 64;

/** Nested concatenations become one; neighbours that are constants or touching slices of one node are joined. */
export function foldConcat(node: ConcatNode): Node {
  const parts: Node[] = [];
  let changed = false;
  const add = (part: Node): void => {
    const bits = part.kind === "cast" ? part.operand : part;
    if (bits !== part) changed = true;
    const joined = parts.length > 0 ? joinParts(parts[parts.length - 1]!, bits) : undefined;
    if (joined === undefined) parts.push(bits);
    else {
      changed = true;
      parts[parts.length - 1] = joined;
    }
  };
  for (const part of node.parts) {
    if (part.kind === "concat" && part.parts.length + node.parts.length <= maxFlatParts) {
      changed = true;
      for (const inner of part.parts) add(inner);
    } else add(part);
  }
  if (parts.length === 1) return withSign(parts[0]!, false, node);
  const [first, second] = parts;
  if (parts.length === 2 && first!.kind === "constant" && first!.value === 0n) {
    return extend(withSign(second!, false), node.width, node);
  }
  return changed ? concat(parts, node) : node;
}

/** One node for two neighbours of a concatenation, `high` left of `low`, when there is one. */
function joinParts(high: Node, low: Node): Node | undefined {
  if (high.kind === "constant" && low.kind === "constant") {
    const value = (BigInt.asUintN(high.width, high.value) << BigInt(low.width)) | BigInt.asUintN(low.width, low.value);
    return constant(value, high.width + low.width, false);
  }
  if (high.kind === "slice" && low.kind === "slice" && high.operand === low.operand && high.low === low.high + 1) {
    return takeBits(high.operand, low.low, high.high - low.low + 1, false);
  }
  return undefined;
}

/** One copy, copies of a cast, copies of copies. */
export function foldReplicate(node: ReplicateNode): Node {
  const { operand, count } = node;
  if (count === 1) return withSign(operand, false, node);
  if (operand.kind === "cast") return replicate(operand.operand, count, node);
  if (operand.kind === "replicate") return replicate(operand.operand, count * operand.count, node);
  return node;
}

/** An extension to the width that the operand has, an extension of an extension. */
export function foldExtend(node: ExtendNode): Node {
  const { operand, width } = node;
  if (operand.width === width) return operand;
  return operand.kind === "extend" ? extend(operand.operand, width, node) : node;
}

/** A cast to the sign that the operand has, a cast of a cast. */
export function foldCast(node: CastNode): Node {
  const { operand, signed } = node;
  if (operand.signed === signed) return operand;
  return operand.kind === "cast" ? withSign(operand.operand, signed, node) : node;
}

/** A slice of all bits, of a slice, a cast, an extension, copies or a concatenation: taken from where the bits are. */
export function foldSlice(node: SliceNode): Node {
  const { operand, high, low, width } = node;
  if (width === operand.width) return withSign(operand, false, node);
  switch (operand.kind) {
    case "slice":
      return slice(operand.operand, high + operand.low, low + operand.low, node);
    case "cast":
      return slice(operand.operand, high, low, node);
    case "extend":
      return sliceOfExtend(node, operand);
    case "replicate":
      return sliceOfReplicate(node, operand);
    case "concat":
      return sliceOfConcat(node, operand);
    default:
      return node;
  }
}

function sliceOfExtend(node: SliceNode, { operand, signed }: ExtendNode): Node {
  const { high, low, width } = node;
  const top = operand.width - 1;
  if (high <= top) return takeBits(operand, low, width, false, node);
  if (low > top) {
    return signed ? replicate(takeBits(operand, top, 1, false), width, node) : constantLike(node, 0n);
  }
  return withSign(extend(takeBits(operand, low, top - low + 1, signed), width, node), false, node);
}

function sliceOfReplicate(node: SliceNode, { operand, count }: ReplicateNode): Node {
  const unit = operand.width;
  const [first, last] = [Math.floor(node.low / unit), Math.floor(node.high / unit)];
  const offset = node.low - first * unit;
  if (first === last) return takeBits(operand, offset, node.width, false, node);
  const copies = last - first + 1;
  return copies === count ? node : takeBits(replicate(operand, copies), offset, node.width, false, node);
}

function sliceOfConcat(node: SliceNode, { parts }: ConcatNode): Node {
  const taken: Node[] = [];
  let base = 0;
  for (let i = parts.length - 1; i >= 0 && base <= node.high; i--) {
    const part = parts[i]!;
    const low = Math.max(node.low, base) - base;
    const high = Math.min(node.high - base, part.width - 1);
    base += part.width;
    if (low > high) continue;
    const whole = low === 0 && high === part.width - 1;
    taken.push(whole ? part : takeBits(part, low, high - low + 1, false));
  }
  return taken.length === 1 ? inPlace(taken[0]!, node) : concat(taken.reverse(), node);
}

/** The single part that a slice of a concatenation came down to, under the name of the slice where it is a new node. */
function inPlace(part: Node, node: SliceNode): Node {
  if (part.kind === "slice" && part.source === undefined && part.label === undefined) {
    return slice(part.operand, part.high, part.low, node);
  }
  return part.signed ? cast(part, false, node) : part;
}
