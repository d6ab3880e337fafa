import type { Diagnostic } from "../diagnostics/index.ts";
import {
  type CompareNode,
  type CompareOperator,
  type ModuleNetlist,
  type NumberedNodes,
  type Range,
  valueRanges,
} from "../ir/index.ts";

/** What a comparison gives for all values of two ranges; undefined when it depends on the values. */
function decided(operator: CompareOperator, left: Range, right: Range): boolean | undefined {
  const apart = left.max < right.min || right.max < left.min;
  switch (operator) {
    case "eq":
      return apart ? false : undefined;
    case "ne":
      return apart ? true : undefined;
    case "lt":
      return left.max < right.min ? true : left.min >= right.max ? false : undefined;
    case "le":
      return left.max <= right.min ? true : left.min > right.max ? false : undefined;
    case "gt":
      return decided("lt", right, left);
    default:
      return decided("le", right, left);
  }
}

const text = ({ min, max }: Range): string => (min === max ? `${min}` : `${min} to ${max}`);

/** What a comparison always gives, and why, when its operands can be seen to decide it. */
function verdict({ operator, left, right }: CompareNode, a: Range, b: Range): string | undefined {
  // Two constants were compared on purpose: a parameter decides.
  if (left.kind === "constant" && right.kind === "constant") return undefined;
  if (left === right) {
    return `${operator === "eq" || operator === "le" || operator === "ge"}: a value is compared with itself`;
  }
  const result = decided(operator, a, b);
  return result === undefined ? undefined : `${result}: the left side is ${text(a)}, the right side ${text(b)}`;
}

/** Comparisons that the range of their operands decides (LS0209). */
export function checkComparisons(module: ModuleNetlist, numbered: NumberedNodes): Diagnostic[] {
  const { order, start, operands } = numbered;
  const found: Diagnostic[] = [];
  let ranges: readonly Range[] | undefined;
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    if (node.kind !== "compare") continue;
    ranges ??= valueRanges(numbered);
    const reason = verdict(node, ranges[operands[start[i]!]!]!, ranges[operands[start[i]! + 1]!]!);
    if (reason === undefined) continue;
    found.push({
      code: "LS0209",
      severity: "warning",
      message: `${node.operator}() is always ${reason}`,
      module: module.name,
      places: node.source ? [{ source: node.source, note: "compared here" }] : [],
      hint: "compare with a value that the signal can have, or widen the signal with extend() before",
    });
  }
  return found;
}
