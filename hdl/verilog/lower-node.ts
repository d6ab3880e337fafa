import type { BitwiseNode, BitwiseOperator, MuxNode, OperatorNode } from "../ir/index.ts";
import { unreachable } from "../ir/index.ts";
import type { Expression } from "./ast.ts";
import { caseTestOf } from "./case-test.ts";
import { lowerArithmetic } from "./lower-arithmetic.ts";
import { lowerCompare } from "./lower-compare.ts";
import { joinValues } from "./lower-concat.ts";
import { lowerElement, lowerMemoryRead, type MemoryTable } from "./lower-memory.ts";
import { lowerIndexBits, lowerShift } from "./lower-movement.ts";
import { sliceValue } from "./lower-slice.ts";
import type { Scope } from "./scope.ts";
import type { Operand, Value } from "./value.ts";
import { castValue, extendValue, isAtom } from "./value.ts";

const bitwiseSymbols: Readonly<Record<BitwiseOperator, "&" | "|" | "^">> = { and: "&", or: "|", xor: "^" };

/** Arms of one chain of conditionals; a longer chain is cut by a net. */
const longestChain = 12;
/** The same where each asks the same thing for another value, which reads as a table. */
const longestTable = 64;

/** The number of conditionals that follow each other in `whenFalse`. */
function chainOf(expression: Expression): number {
  let count = 0;
  for (let rest = expression; rest.kind === "conditional"; rest = rest.whenFalse) count++;
  return count;
}

function isArithmeticShift({ expression, open }: Operand): boolean {
  return open && expression.kind === "binary" && expression.operator === ">>>";
}

/** Whether an arm reads as unsigned, and is no number, which could be written signed as well. */
function needsCast({ expression, signed }: Operand): boolean {
  return !signed && expression.kind !== "literal";
}

/** An arm beside an open one that is extended by `signed`. */
function ofSign(scope: Scope, operand: Operand, value: Value, signed: boolean): Operand {
  if (operand.open || operand.signed === signed) return operand;
  return scope.withSign(isAtom(operand.expression) ? operand : scope.operand(scope.net(value)), signed);
}

function lowerMux(scope: Scope, node: MuxNode): Value {
  const asArm = (value: Value): Operand => (value.kind === "expression" ? value.operand : scope.operand(value));
  const first = scope.valueOf(node.whenTrue);
  const last = scope.valueOf(node.whenFalse);
  const fitted = scope.fit([scope.valueOf(node.condition), first], (value) =>
    value === first ? asArm(value) : scope.operand(value),
  );
  const condition = fitted[0]!;
  let whenTrue = fitted[1]!;
  let whenFalse = asArm(last);
  const chain = chainOf(whenFalse.expression);
  if (chain === 0) whenFalse = scope.fit([last], asArm)[0]!;
  else if (chain >= longestChain && (chain >= longestTable || caseTestOf(node.condition) === undefined))
    whenFalse = scope.operand(scope.net(last));
  // Beside an arithmetic shift every arm would have to be cast, so that one becomes a net.
  if (isArithmeticShift(whenTrue) && needsCast(whenFalse)) whenTrue = scope.operand(scope.net(first));
  if (isArithmeticShift(whenFalse) && needsCast(whenTrue)) whenFalse = scope.operand(scope.net(last));
  const open = whenTrue.open || whenFalse.open;
  // An open arm is extended by the sign of the whole expression, so every arm must have the sign it was built for.
  if (open) {
    const { signed } = whenTrue.open ? whenTrue : whenFalse;
    if (whenTrue.open && whenFalse.open && whenTrue.signed !== whenFalse.signed) {
      whenFalse = scope.operand(scope.net(last));
    }
    whenTrue = ofSign(scope, whenTrue, first, signed);
    whenFalse = ofSign(scope, whenFalse, last, signed);
  }
  const expression: Expression = {
    kind: "conditional",
    condition: condition.expression,
    whenTrue: whenTrue.expression,
    whenFalse: whenFalse.expression,
  };
  return scope.expression(expression, [condition, whenTrue, whenFalse], node, {
    signed: whenTrue.signed && whenFalse.signed,
    open,
    sameDepth: whenFalse.expression.kind === "conditional",
  });
}

function lowerBitwise(scope: Scope, node: BitwiseNode): Value {
  const operands = scope.fit([scope.valueOf(node.left), scope.valueOf(node.right)]);
  const left = operands[0]!;
  const right = operands[1]!;
  const operator = bitwiseSymbols[node.operator];
  const expression = { kind: "binary", operator, left: left.expression, right: right.expression } as const;
  return scope.expression(expression, operands, node, {
    signed: left.signed && right.signed,
    sameDepth: isAtom(right.expression) && left.expression.kind === "binary" && left.expression.operator === operator,
  });
}

function build(scope: Scope, node: OperatorNode, memories: MemoryTable): Value {
  switch (node.kind) {
    case "arithmetic":
      return lowerArithmetic(scope, node);
    case "compare":
      return lowerCompare(scope, node);
    case "mux":
      return lowerMux(scope, node);
    case "memory-read":
      return lowerMemoryRead(scope, node, memories);
    case "slice":
      return sliceValue(scope.valueOf(node.operand), node.high, node.low, (value) => scope.net(value));
    case "shift":
      return lowerShift(scope, node);
    case "index-bits": {
      const array = scope.arrayReadBy(node);
      return array ? lowerElement(scope, node, array.symbol, array.depth) : lowerIndexBits(scope, node);
    }
    case "extend":
      return extendValue(scope.valueOf(node.operand), node.width, node);
    case "cast":
      return castValue(scope.valueOf(node.operand), node.signed);
    case "concat": {
      const values = node.parts.map((part) => scope.valueOf(part));
      if (values.length === 1) return castValue(values[0]!, false);
      const operand = joinValues(scope, values);
      return { kind: "expression", operand, width: node.width, signed: false, node };
    }
    case "replicate": {
      const value = scope.valueOf(node.operand);
      if (node.count === 1) return castValue(value, false);
      const [operand] = scope.fit([value]);
      const expression: Expression = { kind: "replication", count: node.count, operand: operand!.expression };
      return scope.expression(expression, [operand!], node, { signed: false });
    }
    case "bitwise":
      return lowerBitwise(scope, node);
    case "not": {
      const [operand] = scope.fit([scope.valueOf(node.operand)]);
      const expression: Expression = { kind: "unary", operator: "~", operand: operand!.expression };
      return scope.expression(expression, [operand!], node, { signed: operand!.signed });
    }
    case "reduce": {
      const value = scope.valueOf(node.operand);
      if (value.width === 1) return castValue(value, false);
      const [operand] = scope.fit([value]);
      const operator = bitwiseSymbols[node.operator];
      const expression: Expression = { kind: "unary", operator, operand: operand!.expression };
      return scope.expression(expression, [operand!], node, { signed: false });
    }
    default:
      return unreachable(node);
  }
}

/** `~ready` and `state == STATE_IDLE` may stand in several places. */
function isTrivial(value: Value): boolean {
  if (value.kind !== "expression" || value.width !== 1) return false;
  const { expression } = value.operand;
  if (expression.kind === "unary") return expression.operator === "~" && expression.operand.kind === "identifier";
  if (expression.kind !== "binary" || (expression.operator !== "==" && expression.operator !== "!=")) return false;
  const { left, right } = expression;
  return left.kind === "identifier" && right.kind === "identifier" && right.symbol.constant !== undefined;
}

/**
 * What an operator becomes, its operands being lowered. It gets a net when it is read more than once or carries a name
 * given on purpose; a single use stays a value for its reader.
 */
export function lowerOperator(scope: Scope, node: OperatorNode, memories: MemoryTable): Value {
  const value = build(scope, node, memories);
  if (node.label !== undefined && node.kind === "slice" && value.kind === "bits") {
    return scope.net({ ...value, kind: "expression", operand: scope.part(value), node });
  }
  if (value.kind === "bits" || value.kind === "constant") return value;
  if (node.label !== undefined) return scope.net({ ...value, node });
  const arms = scope.armsOf(node);
  if (arms > 0 && value.kind === "expression") scope.tests.set(node, value.operand);
  const asNet = scope.named.has(node) || scope.uses.countOf(node) - arms > 1;
  return asNet && !isTrivial(value) ? scope.net(value) : value;
}
