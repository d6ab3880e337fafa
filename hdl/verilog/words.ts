import type { BitwiseOperator, CompareOperator, OperatorNode } from "../ir/index.ts";
import { unreachable } from "../ir/index.ts";

const comparisons: Readonly<Record<CompareOperator, string>> = {
  eq: "is_equal",
  ne: "is_different",
  lt: "is_less",
  le: "is_at_most",
  gt: "is_greater",
  ge: "is_at_least",
};

const combinations: Readonly<Record<BitwiseOperator, string>> = { and: "masked", or: "merged", xor: "toggled" };

const reductions: Readonly<Record<BitwiseOperator, string>> = { and: "all_set", or: "any_set", xor: "parity" };

/** The name of a net for which nobody gave one: what the operator makes. */
export function wordFor(node: OperatorNode): string {
  switch (node.kind) {
    case "arithmetic":
      return node.operator === "add" ? "sum" : node.operator === "sub" ? "difference" : "product";
    case "bitwise":
      return combinations[node.operator];
    case "not":
      return "inverted";
    case "compare":
      return comparisons[node.operator];
    case "mux":
      return "selected";
    case "concat":
      return "joined";
    case "replicate":
      return "repeated";
    case "shift":
      return "shifted";
    case "index-bits":
      return "element";
    case "slice":
      return "field";
    case "extend":
      return "extended";
    case "cast":
      return "reinterpreted";
    case "reduce":
      return reductions[node.operator];
    case "memory-read":
      return "read_data";
    default:
      return unreachable(node);
  }
}
