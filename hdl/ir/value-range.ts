import { rangeOf } from "../types/index.ts";
import { type Node, operandsOf } from "./node.ts";
import type { NumberedNodes } from "./number-nodes.ts";

/** The least and the greatest value that a node can have. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

const ofType = ({ width, signed }: Node): Range => rangeOf(width, signed);

const within = (inner: Range, outer: Range): boolean => inner.min >= outer.min && inner.max <= outer.max;

/** The range that an operator gives its result, when its width holds all of it; else that of its type. */
const fitting = (node: Node, range: Range): Range => {
  const type = ofType(node);
  return range === type || !within(range, type) ? type : range;
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const greatest = (a: bigint, b: bigint): bigint => (a < b ? b : a);

/** The range that holds both. */
const around = (a: Range, b: Range): Range => (a === b ? a : { min: least(a.min, b.min), max: greatest(a.max, b.max) });

function product(left: Range, right: Range): Range {
  const row = (factor: bigint): Range => {
    const [a, b] = [factor * right.min, factor * right.max];
    return { min: least(a, b), max: greatest(a, b) };
  };
  return around(row(left.min), row(left.max));
}

/** The range of a node whose operands have these. Most have all values of their type, which is told without arithmetic. */
function rangeAbove(node: Node, operand: (number: number) => Range): Range {
  switch (node.kind) {
    case "constant":
      return { min: node.value, max: node.value };
    case "extend":
    case "cast":
      return fitting(node, operand(0));
    case "slice":
      return node.low === 0 ? fitting(node, operand(0)) : ofType(node);
    case "mux":
      return around(operand(1), operand(2));
    case "concat": {
      const full = node.parts.every((part, i) => operand(i) === ofType(part));
      if (full) return ofType(node);
      const parts = node.parts.map((part, i) => (part.signed ? rangeOf(part.width, false) : operand(i)));
      const joined = (end: "min" | "max"): bigint =>
        parts.reduce((value, range, i) => (value << BigInt(node.parts[i]!.width)) | range[end], 0n);
      return fitting(node, { min: joined("min"), max: joined("max") });
    }
    case "bitwise": {
      if (node.operator !== "and" || node.signed) return ofType(node);
      const [left, right] = [operand(0), operand(1)];
      if (left === ofType(node.left) && right === ofType(node.right)) return ofType(node);
      return { min: 0n, max: least(left.max, right.max) };
    }
    case "arithmetic": {
      const [left, right] = [operand(0), operand(1)];
      // All values of an operand as wide as the result already wrap around.
      if (left === ofType(node.left) && right === ofType(node.right) && node.width <= node.left.width)
        return ofType(node);
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

/** The values that each node of a numbering can have, as far as its type and the operators in it tell, each on its own. */
export function valueRanges({ order, start, operands }: NumberedNodes): readonly Range[] {
  const ranges: Range[] = [];
  let first = 0;
  const operand = (number: number): Range => ranges[operands[first + number]!]!;
  for (let i = 0; i < order.length; i++) {
    first = start[i]!;
    ranges.push(rangeAbove(order[i]!, operand));
  }
  return ranges;
}

/** Operators that `valueRange` looks through: as many as a reader would. */
const mostSteps = 8;

/** As `valueRanges` of one node, while its module is being built: what the few operators before it tell. */
export function valueRange(node: Node, steps = mostSteps): Range {
  if (steps === 0) return ofType(node);
  const operands = operandsOf(node);
  return rangeAbove(node, (number) => valueRange(operands[number]!, steps - 1));
}
