import {
  evaluate,
  type ModuleNetlist,
  type Node,
  type NumberedNodes,
  numberNodes,
  type OperatorNode,
  operandsOf,
  rewriteModule,
  unreachable,
} from "../ir/index.ts";
import { constantLike, inPlaceOf } from "./bits.ts";
import { foldArithmetic } from "./fold/arithmetic.ts";
import { foldBitwise, foldCompare, foldNot, foldReduce } from "./fold/logic.ts";
import { foldIndexBits, foldShift } from "./fold/movement.ts";
import { foldMux } from "./fold/mux.ts";
import { foldCast, foldConcat, foldExtend, foldReplicate, foldSlice } from "./fold/selection.ts";

/**
 * Constant folding and identities. Operators on constants become constants; operators that do nothing, or nothing that
 * a simpler one does not do, go. A wire driven by a constant is read as the constant. Adds no operators that are not
 * free in hardware. One run is not always the end: a rule may leave an operand that another one improves.
 */
export function fold(module: ModuleNetlist, numbered: NumberedNodes = numberNodes(module)): ModuleNetlist {
  const constantWires = new Map<number, Node>();
  for (const { node, driver } of module.wires) if (driver.kind === "constant") constantWires.set(node.id, driver);
  const foldNode = (node: Node): Node => {
    switch (node.kind) {
      case "constant":
      case "input":
      case "register":
      case "instance-output":
        return node;
      case "wire":
        return constantWires.get(node.id) ?? node;
      default:
        return foldOperator(node);
    }
  };
  return rewriteModule(module, foldNode, undefined, numbered);
}

/** The operator with every rule applied until none fits; its operands are taken as they are. */
export function foldOperator(node: OperatorNode): Node {
  let current: Node = node;
  // Rules make nodes smaller or move towards leaves, so they end; the bound guards against a pair that does not.
  for (let i = 0; i < 100; i++) {
    const next = foldOnce(current);
    if (next === current) break;
    current = next;
  }
  return current === node ? node : inPlaceOf(node, current);
}

function foldOnce(node: Node): Node {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
    case "memory-read":
      return node;
    default: {
      const operands = operandsOf(node);
      const values: bigint[] = [];
      for (const operand of operands) {
        if (operand.kind !== "constant") return foldIdentity(node);
        values.push(operand.value);
      }
      return constantLike(node, evaluate(node, values));
    }
  }
}

function foldIdentity(node: Exclude<OperatorNode, { kind: "memory-read" }>): Node {
  switch (node.kind) {
    case "arithmetic":
      return foldArithmetic(node);
    case "bitwise":
      return foldBitwise(node);
    case "not":
      return foldNot(node);
    case "compare":
      return foldCompare(node);
    case "mux":
      return foldMux(node);
    case "concat":
      return foldConcat(node);
    case "replicate":
      return foldReplicate(node);
    case "slice":
      return foldSlice(node);
    case "shift":
      return foldShift(node);
    case "index-bits":
      return foldIndexBits(node);
    case "extend":
      return foldExtend(node);
    case "cast":
      return foldCast(node);
    case "reduce":
      return foldReduce(node);
    default:
      return unreachable(node);
  }
}
