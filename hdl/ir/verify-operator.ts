import { wrapTo } from "../types/index.ts";
import { type Node, unreachable } from "./node.ts";

interface Typed {
  readonly width: number;
  readonly signed: boolean;
}

const sameType = (a: Typed, b: Typed): boolean => a.width === b.width && a.signed === b.signed;
const describe = ({ width, signed }: Typed): string => `${signed ? "sint" : "uint"}(${width})`;

const unlike = (node: Typed, expected: Typed, what: string): string | undefined =>
  sameType(node, expected) ? undefined : `${what} is ${describe(node)}, not ${describe(expected)}`;

const notUnsigned = (node: Typed, width: number): string | undefined => {
  if (node.signed) return "is signed";
  return node.width === width ? undefined : `its width should be ${width}`;
};

/** What is wrong between a node and its operands, from what the node's file says; undefined when all is well. */
export function checkOperator(node: Node): string | undefined {
  switch (node.kind) {
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      return undefined;
    case "constant":
      return wrapTo(node.value, node.width, node.signed) === node.value ? undefined : `${node.value} does not fit`;
    case "memory-read":
      return node.address.signed ? "its address is signed" : undefined;
    case "arithmetic": {
      const { left, right } = node;
      if (left.signed !== right.signed) return "one operand is signed, the other is not";
      if (left.signed === node.signed || (node.operator === "sub" && node.signed)) return undefined;
      return `its operands are ${left.signed ? "signed" : "unsigned"}`;
    }
    case "bitwise":
      return unlike(node.left, node, "left operand") ?? unlike(node.right, node, "right operand");
    case "not":
      return unlike(node.operand, node, "operand");
    case "compare":
      if (node.left.signed !== node.right.signed) return "one operand is signed, the other is not";
      return notUnsigned(node, 1);
    case "mux":
      return (
        unlike(node.condition, { width: 1, signed: false }, "condition") ??
        unlike(node.whenTrue, node, "arm when true") ??
        unlike(node.whenFalse, node, "arm when false")
      );
    case "concat": {
      if (node.parts.length === 0) return "has no parts";
      let width = 0;
      for (const part of node.parts) width += part.width;
      return notUnsigned(node, width);
    }
    case "replicate":
      if (!Number.isInteger(node.count) || node.count < 1) return `count ${node.count}`;
      return notUnsigned(node, node.count * node.operand.width);
    case "slice": {
      const { high, low, operand } = node;
      if (!Number.isInteger(high) || !Number.isInteger(low) || low < 0 || high < low || high >= operand.width) {
        return `bits ${high} to ${low} of an operand of ${operand.width} bits`;
      }
      return notUnsigned(node, high - low + 1);
    }
    case "shift":
      if (node.amount.signed) return "its amount is signed";
      if (node.operand.signed !== node.signed) return "its sign is not its operand's";
      if (node.operator === "left" || node.operand.width === node.width) return undefined;
      return `its operand has ${node.operand.width} bits`;
    case "index-bits":
      if (node.operand.signed) return "its operand is signed";
      if (node.index.signed) return "its index is signed";
      if (!Number.isInteger(node.stride) || node.stride < 1) return `stride ${node.stride}`;
      return notUnsigned(node, node.width);
    case "extend":
      if (node.operand.width > node.width) return `its operand has ${node.operand.width} bits`;
      return node.operand.signed === node.signed ? undefined : "its sign is not its operand's";
    case "cast":
      return node.operand.width === node.width ? undefined : `its operand has ${node.operand.width} bits`;
    case "reduce":
      return notUnsigned(node, 1);
    default:
      return unreachable(node);
  }
}
