import type { CompareNode, CompareOperator } from "../ir/index.ts";
import { fits, rangeOf } from "../types/index.ts";
import type { BinaryOperator } from "./ast.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";
import { extendValue, narrowest } from "./value.ts";

const symbols: Readonly<Record<CompareOperator, BinaryOperator>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

function extremes(value: Value): { min: bigint; max: bigint } {
  return value.kind === "constant" ? { min: value.value, max: value.value } : rangeOf(value.width, value.signed);
}

/** The result when the ranges of the operands alone decide it; tools complain of such comparisons. */
function decided(operator: CompareOperator, left: Value, right: Value): boolean | undefined {
  // The ranges of two signals of one sign lie on both sides of each other's ends.
  if (left.kind !== "constant" && right.kind !== "constant") return undefined;
  const a = extremes(left);
  const b = extremes(right);
  switch (operator) {
    case "lt":
      return a.max < b.min ? true : a.min >= b.max ? false : undefined;
    case "ge":
      return a.min >= b.max ? true : a.max < b.min ? false : undefined;
    case "le":
      return a.max <= b.min ? true : a.min > b.max ? false : undefined;
    case "gt":
      return a.min > b.max ? true : a.max <= b.min ? false : undefined;
    case "eq":
    case "ne": {
      const equal = a.max < b.min || a.min > b.max ? false : a.min === a.max && b.min === b.max ? true : undefined;
      return equal === undefined ? undefined : equal === (operator === "eq");
    }
  }
}

/** A comparison of operands of one width and sign. */
export function lowerCompare(scope: Scope, node: CompareNode): Value {
  const signed = node.left.signed;
  let left = narrowest(scope.valueOf(node.left));
  let right = narrowest(scope.valueOf(node.right));
  const result = decided(node.operator, left, right);
  if (result !== undefined) return { kind: "constant", value: result ? 1n : 0n, width: 1, signed: false };
  // A constant that the ranges leave open fits the other operand.
  if (left.kind === "constant" && fits(left.value, right.width, signed)) left = { ...left, width: right.width };
  if (right.kind === "constant" && fits(right.value, left.width, signed)) right = { ...right, width: left.width };
  const width = Math.max(left.width, right.width);
  const equality = node.operator === "eq" || node.operator === "ne";
  const fitted = scope.fit([extendValue(left, width), extendValue(right, width)]);
  const a = equality ? fitted[0]! : scope.withSign(fitted[0]!, signed);
  const b = equality ? fitted[1]! : scope.withSign(fitted[1]!, signed);
  return scope.expression(
    { kind: "binary", operator: symbols[node.operator], left: a.expression, right: b.expression },
    [a, b],
    node,
    { signed: false },
  );
}
