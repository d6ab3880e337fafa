import type { Expression } from "./ast.ts";
import { select } from "./ast.ts";
import type { Scope } from "./scope.ts";
import type { Operand, Value } from "./value.ts";

/** A longer part of a concatenation becomes a net. */
const partLength = 40;

/** A part, and how it is written when nothing beside it joins it: by the name of its element, where that has one. */
interface Part {
  readonly expression: Expression;
  readonly alone: Expression;
}

/** The part that two neighbours make: bits of one vector, the second just below the first. */
function merged(last: Expression, next: Expression): Expression | undefined {
  if (last.kind !== "select" || next.kind !== "select") return undefined;
  if (last.symbol !== next.symbol || last.low !== next.high + 1) return undefined;
  return select(last.symbol, last.high, next.low);
}

/** Bits of an element as bits of its packed vector. */
function packedPart(value: Value): Expression | undefined {
  if (value.kind !== "bits" || value.base.packed === undefined) return undefined;
  const { symbol, low } = value.base.packed;
  return select(symbol, low + value.high, low + value.low);
}

/**
 * Values side by side, the first one most significant. Neighbouring bits of one vector become one select, or its name
 * when they are all of it; concatenations inside are opened up.
 */
export function joinValues(scope: Scope, values: readonly Value[], hint?: string): Operand {
  if (values.length === 1) return scope.part(values[0]!);
  const parts: Part[] = [];
  let length = 2;
  let depth = 0;
  let width = 0;
  const add = (expression: Expression, alone: Expression): void => {
    const last = parts[parts.length - 1];
    const joined = last && merged(last.expression, expression);
    if (joined) parts[parts.length - 1] = { expression: joined, alone: joined };
    else parts.push({ expression, alone });
  };
  // The lowest part gets the lowest number where parts become nets.
  const operands = values.toReversed().map((value) => {
    const operand = scope.part(value);
    const brackets = operand.expression.kind === "concatenation";
    const isShort = brackets || operand.length <= partLength || value.kind === "bits";
    return isShort ? operand : scope.part(scope.net(value, hint));
  });
  for (const value of values) {
    const operand = operands.pop()!;
    if (operand.expression.kind === "concatenation") for (const part of operand.expression.parts) add(part, part);
    else add(packedPart(value) ?? operand.expression, operand.expression);
    length += operand.length + 2;
    depth = Math.max(depth, operand.depth);
    width += value.width;
  }
  const written = parts.map((part) => part.alone);
  if (written.length > 1) return scope.atom({ kind: "concatenation", parts: written }, width, false, length, depth);
  const only = written[0]!;
  const name = only.kind === "identifier" || only.kind === "select" ? only.symbol.name.length : 0;
  return scope.atom(only, width, only.kind === "identifier" && only.symbol.signed, name + 10);
}
