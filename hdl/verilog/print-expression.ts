import type { BinaryOperator, Expression } from "./ast.ts";
import { printLiteral } from "./print-literal.ts";

/** Binding strength; a larger number binds tighter (IEEE 1364-2005, table 5-4). */
const strength: Readonly<Record<BinaryOperator, number>> = {
  "*": 9,
  "+": 8,
  "-": 8,
  "<<": 7,
  ">>": 7,
  ">>>": 7,
  "<": 6,
  "<=": 6,
  ">": 6,
  ">=": 6,
  "==": 5,
  "!=": 5,
  "&": 4,
  "^": 3,
  "|": 2,
};

/** Operators whose left chain needs no parentheses: `a + b - c`, `a & b & c`. */
function chains(outer: BinaryOperator, inner: BinaryOperator): boolean {
  if (outer === "+" || outer === "-") return inner === "+" || inner === "-";
  return outer === inner && (outer === "*" || outer === "&" || outer === "|" || outer === "^");
}

/**
 * Whether a reader would want parentheses although the grammar may not: only `*` inside `+` and arithmetic inside a
 * comparison go without.
 */
function needsParentheses(outer: BinaryOperator, inner: BinaryOperator, side: "left" | "right"): boolean {
  if (side === "left" && chains(outer, inner)) return false;
  if (strength[inner] <= strength[outer]) return true;
  if (strength[outer] === strength["<<"]) return true;
  return strength[inner] < strength["-"];
}

function printOperand(operand: Expression, outer: BinaryOperator, side: "left" | "right"): string {
  const text = printExpression(operand);
  switch (operand.kind) {
    case "binary":
      return needsParentheses(outer, operand.operator, side) ? `(${text})` : text;
    case "conditional":
      return `(${text})`;
    case "unary":
      // A reduction next to a binary operator reads like `&&` or `||`.
      return operand.operator === "~" ? text : `(${text})`;
    default:
      return text;
  }
}

/** A condition before `?`: bare when it is one word, in parentheses when it computes. */
export function printCondition(condition: Expression): string {
  const text = printExpression(condition);
  return condition.kind === "binary" || condition.kind === "conditional" ? `(${text})` : text;
}

function printArm(arm: Expression): string {
  return arm.kind === "conditional" ? `(${printExpression(arm)})` : printExpression(arm);
}

/** A part of a concatenation. A negative number shows its bits: `{-4'sd3}` would hide them. */
export function printPart(part: Expression): string {
  if (part.kind !== "literal") return printExpression(part);
  return printLiteral({ ...part, signed: false, value: BigInt.asUintN(part.width, part.value) });
}

/**
 * One expression on one line, with the parentheses that Verilog's precedence asks for and those that readers ask for.
 * Recursive: the lowering bounds the depth of every expression it builds.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "identifier":
      return expression.symbol.name;
    case "select": {
      const { symbol, high, low } = expression;
      return high === low ? `${symbol.name}[${low}]` : `${symbol.name}[${high}:${low}]`;
    }
    case "part-select": {
      const { symbol, start, width } = expression;
      return `${symbol.name}[${printExpression(start)}${width === 1 ? "" : ` +: ${width}`}]`;
    }
    case "literal":
      return printLiteral(expression);
    case "word":
      return `${expression.memory.name}[${printExpression(expression.address)}]${printPartSelect(expression.part)}`;
    case "unary": {
      const { operand, operator } = expression;
      const text = printExpression(operand);
      const bare =
        operand.kind !== "binary" &&
        operand.kind !== "conditional" &&
        operand.kind !== "unary" &&
        !(operand.kind === "literal" && text.startsWith("-"));
      return bare ? `${operator}${text}` : `${operator}(${text})`;
    }
    case "binary": {
      const { operator, left, right } = expression;
      return `${printOperand(left, operator, "left")} ${operator} ${printOperand(right, operator, "right")}`;
    }
    case "conditional": {
      const { condition, whenTrue, whenFalse } = expression;
      return `${printCondition(condition)} ? ${printArm(whenTrue)} : ${printExpression(whenFalse)}`;
    }
    case "concatenation":
      return `{${expression.parts.map(printPart).join(", ")}}`;
    case "replication":
      return `{${expression.count}{${printPart(expression.operand)}}}`;
    case "sign-cast":
      return `${expression.signed ? "$signed" : "$unsigned"}(${printExpression(expression.operand)})`;
    default:
      return unhandled(expression);
  }
}

function printPartSelect(part: { high: number; low: number } | undefined): string {
  if (part === undefined) return "";
  return part.high === part.low ? `[${part.low}]` : `[${part.high}:${part.low}]`;
}

function unhandled(expression: never): never {
  throw new Error(`unhandled expression: ${JSON.stringify(expression)}`);
}

/** The arms of a chain of conditionals that goes on in `whenFalse`, one line each, for values too long for one line. */
export function printChain(expression: Expression): string[] {
  const lines: string[] = [];
  let rest = expression;
  while (rest.kind === "conditional") {
    lines.push(`${printCondition(rest.condition)} ? ${printArm(rest.whenTrue)} :`);
    rest = rest.whenFalse;
  }
  lines.push(printExpression(rest));
  return lines;
}
