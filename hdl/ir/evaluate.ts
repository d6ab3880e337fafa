import { wrapTo } from "../types/index.ts";
import { type OperatorNode, unreachable } from "./node.ts";
import type { CompareOperator } from "./nodes/compare.ts";

/** The operators that can be computed from their operands' values alone. */
export type PureNode = Exclude<OperatorNode, { kind: "memory-read" }>;

const comparisons: Readonly<Record<CompareOperator, (a: bigint, b: bigint) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

const bitsOf = (value: bigint, width: number): bigint => BigInt.asUintN(width, value);

/**
 * The meaning of an operator, on mathematical values: `operands` are in the order of `operandsOf`, each in the range of
 * its node. This is the definition that constant folding uses and that every back end is compared with.
 */
export function evaluate(node: PureNode, operands: readonly bigint[]): bigint {
  const a = operands[0]!;
  const b = operands[1]!;
  switch (node.kind) {
    case "arithmetic": {
      const exact = node.operator === "add" ? a + b : node.operator === "sub" ? a - b : a * b;
      return wrapTo(exact, node.width, node.signed);
    }
    case "bitwise": {
      const value = node.operator === "and" ? a & b : node.operator === "or" ? a | b : a ^ b;
      return wrapTo(value, node.width, node.signed);
    }
    case "not":
      return wrapTo(~a, node.width, node.signed);
    case "compare":
      return comparisons[node.operator](a, b) ? 1n : 0n;
    case "mux":
      return a === 1n ? b : operands[2]!;
    case "concat": {
      let value = 0n;
      node.parts.forEach((part, i) => {
        value = (value << BigInt(part.width)) | bitsOf(operands[i]!, part.width);
      });
      return value;
    }
    case "replicate": {
      let value = 0n;
      const bits = bitsOf(a, node.operand.width);
      for (let i = 0; i < node.count; i++) value = (value << BigInt(node.operand.width)) | bits;
      return value;
    }
    case "slice":
      return bitsOf(bitsOf(a, node.operand.width) >> BigInt(node.low), node.width);
    case "shift": {
      // Beyond the width nothing changes any more, and a shift by 2^64 bits is not to be tried.
      const amount = b < BigInt(node.width) ? b : BigInt(node.width);
      return wrapTo(node.operator === "left" ? a << amount : a >> amount, node.width, node.signed);
    }
    case "index-bits": {
      const first = b * BigInt(node.stride);
      return first >= BigInt(node.operand.width) ? 0n : bitsOf(a >> first, node.width);
    }
    case "extend":
      return a;
    case "cast":
      return wrapTo(a, node.width, node.signed);
    case "reduce": {
      const width = node.operand.width;
      const bits = bitsOf(a, width);
      if (node.operator === "and") return bits === (1n << BigInt(width)) - 1n ? 1n : 0n;
      if (node.operator === "or") return bits === 0n ? 0n : 1n;
      let parity = 0n;
      for (let rest = bits; rest > 0n; rest &= rest - 1n) parity ^= 1n;
      return parity;
    }
    default:
      return unreachable(node);
  }
}
