import type { ArithmeticNode } from "./nodes/arithmetic.ts";
import type { BitwiseNode } from "./nodes/bitwise.ts";
import type { CastNode } from "./nodes/cast.ts";
import type { CompareNode } from "./nodes/compare.ts";
import type { ConcatNode } from "./nodes/concat.ts";
import type { ConstantNode } from "./nodes/constant.ts";
import type { ExtendNode } from "./nodes/extend.ts";
import type { IndexBitsNode } from "./nodes/index-bits.ts";
import type { InputNode } from "./nodes/input.ts";
import type { InstanceOutputNode } from "./nodes/instance-output.ts";
import type { MemoryReadNode } from "./nodes/memory-read.ts";
import type { MuxNode } from "./nodes/mux.ts";
import type { NotNode } from "./nodes/not.ts";
import type { ReduceNode } from "./nodes/reduce.ts";
import type { RegisterNode } from "./nodes/register.ts";
import type { ReplicateNode } from "./nodes/replicate.ts";
import type { ShiftNode } from "./nodes/shift.ts";
import type { SliceNode } from "./nodes/slice.ts";
import type { WireNode } from "./nodes/wire.ts";

/** Nodes without operands: their value comes from outside the expression. */
export type LeafNode = ConstantNode | InputNode | WireNode | RegisterNode | InstanceOutputNode;

/** Nodes that compute. */
export type OperatorNode =
  | MemoryReadNode
  | ArithmeticNode
  | BitwiseNode
  | NotNode
  | CompareNode
  | MuxNode
  | ConcatNode
  | ReplicateNode
  | SliceNode
  | ShiftNode
  | IndexBitsNode
  | ExtendNode
  | CastNode
  | ReduceNode;

/** Any node of the netlist. A `switch` over `kind` ends in `unreachable(node)`, so a new kind breaks the build. */
export type Node = LeafNode | OperatorNode;

/** For the default branch of a `switch` over kinds: the type checker proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`unhandled kind: ${JSON.stringify((value as { kind?: string }).kind ?? value)}`);
}

const none: readonly Node[] = Object.freeze([]);

/** The operands of a node, in a fixed order. */
export function operandsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      return none;
    case "memory-read":
      return [node.address];
    case "arithmetic":
    case "bitwise":
    case "compare":
      return [node.left, node.right];
    case "not":
    case "replicate":
    case "slice":
    case "extend":
    case "cast":
    case "reduce":
      return [node.operand];
    case "shift":
      return [node.operand, node.amount];
    case "index-bits":
      return [node.operand, node.index];
    case "mux":
      return [node.condition, node.whenTrue, node.whenFalse];
    case "concat":
      return node.parts;
    default:
      return unreachable(node);
  }
}

/** Whether the node computes nothing: a constant, an input, or the value of a wire, a register or a child's output. */
export function isLeaf(node: Node): node is LeafNode {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      return true;
    default:
      return false;
  }
}
