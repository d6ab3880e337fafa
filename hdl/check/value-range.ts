import type { Node } from "../ir/index.ts";
import { rangeOf } from "../types/index.ts";

/** The least and the greatest value that a node can have. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/** Operators that a range is followed through: what a reader sees at a glance, and no more time than that takes. */
const mostSteps = 8;

const ofType = ({ width, signed }: Node): Range => rangeOf(width, signed);

const within = (inner: Range, outer: Range): boolean => inner.min >= outer.min && inner.max <= outer.max;

/** The range that an operator gives its result, when its width holds all of it; else that of its type. */
const fitting = (node: Node, range: Range): Range => (within(range, ofType(node)) ? range : ofType(node));

/** The range from the least to the greatest of some numbers, which `Math.min` cannot tell of a bigint. */
function around(...numbers: readonly bigint[]): Range {
  const [first, ...ordered] = [...numbers].sort((a, b) => Number(a > b) - Number(a < b));
  return { min: first!, max: ordered.at(-1) ?? first! };
}

function product(left: Range, right: Range): Range {
  return around(left.min * right.min, left.min * right.max, left.max * right.min, left.max * right.max);
}

/** The values that a node can have, as far as its type and the operators in it tell, each operand on its own. */
export function valueRange(node: Node, steps = mostSteps): Range {
  if (node.kind === "constant") return { min: node.value, max: node.value };
  if (steps === 0) return ofType(node);
  const of = (operand: Node): Range => valueRange(operand, steps - 1);
  switch (node.kind) {
    case "extend":
      return fitting(node, of(node.operand));
    case "cast":
      return fitting(node, of(node.operand));
    case "slice":
      return node.low === 0 ? fitting(node, of(node.operand)) : ofType(node);
    case "mux": {
      const [first, second] = [of(node.whenTrue), of(node.whenFalse)];
      return around(first.min, first.max, second.min, second.max);
    }
    case "concat": {
      const parts = node.parts.map((part) => (part.signed ? ofType({ ...part, signed: false }) : of(part)));
      const joined = (end: "min" | "max"): bigint =>
        parts.reduce((value, range, i) => (value << BigInt(node.parts[i]!.width)) | range[end], 0n);
      return fitting(node, { min: joined("min"), max: joined("max") });
    }
    case "bitwise": {
      if (node.operator !== "and" || node.signed) return ofType(node);
      const [left, right] = [of(node.left), of(node.right)];
      return { min: 0n, max: around(left.max, right.max).min };
    }
    case "arithmetic": {
      const [left, right] = [of(node.left), of(node.right)];
      switch (node.operator) {
        case "add":
          return fitting(node, { min: left.min + right.min, max: left.max + right.max });
        case "sub":
          return fitting(node, { min: left.min - right.max, max: left.max - right.min });
        default:
          return fitting(node, product(left, right));
      }
    }
    default:
      return ofType(node);
  }
}
