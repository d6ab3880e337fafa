import type { Expression } from "./ast.ts";
import { select } from "./ast.ts";
import type { Scope } from "./scope.ts";
import type { Operand, Value } from "./value.ts";

/** A longer part of a concatenation becomes a net. */
const partLength = 40;

/** The part with which `next` makes one select: bits of the same vector just above it. */
function merged(last: Expression, next: Expression): Expression | undefined {
  if (last.kind !== "select" || next.kind !== "select") return undefined;
  if (last.symbol !== next.symbol || last.low !== next.high + 1) return undefined;
  return select(last.symbol, last.high, next.low);
}

/**
 * Values side by side, the first one most significant. Neighbouring bits of one vector become one select, or its name
 * when they are all of it; concatenations inside are opened up.
 */
export function joinValues(scope: Scope, values: readonly Value[], hint?: string): Operand {
  const parts: Expression[] = [];
  let length = 2;
  let depth = 0;
  let width = 0;
  const add = (expression: Expression): void => {
    const last = parts[parts.length - 1];
    const joined = last && merged(last, expression);
    if (joined) parts[parts.length - 1] = joined;
    else parts.push(expression);
  };
  for (const value of values) {
    let operand = scope.part(value);
    const brackets = operand.expression.kind === "concatenation";
    if (!brackets && operand.length > partLength && value.kind !== "bits") operand = scope.part(scope.net(value, hint));
    if (operand.expression.kind === "concatenation") for (const part of operand.expression.parts) add(part);
    else add(operand.expression);
    length += operand.length + 2;
    depth = Math.max(depth, operand.depth);
    width += value.width;
  }
  if (parts.length === 1) {
    const only = parts[0]!;
    const signed = only.kind === "identifier" && only.symbol.signed;
    if (values.length === 1) return scope.part(values[0]!);
    return scope.atom(only, width, signed, 12);
  }
  return scope.atom({ kind: "concatenation", parts }, width, false, length, depth);
}
