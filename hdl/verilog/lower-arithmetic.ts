import type { ArithmeticNode } from "../ir/index.ts";
import { fits, wrapTo } from "../types/index.ts";
import type { BinaryOperator, Expression } from "./ast.ts";
import { sliceValue } from "./lower-slice.ts";
import type { Scope } from "./scope.ts";
import type { ConstantValue, Operand, Value } from "./value.ts";
import { extendValue, isAtom, narrowest } from "./value.ts";

const symbols = { add: "+", sub: "-", mul: "*" } as const;

/**
 * The width at which to compute: that of the node, or less when its only reader keeps the low bits alone, which depend
 * on the low bits of the operands alone.
 */
export function computedWidth(scope: Scope, node: ArithmeticNode): number {
  if (node.label !== undefined) return node.width;
  const reader = scope.uses.onlyReaderOf(node);
  return reader?.kind === "slice" && reader.low === 0 ? reader.width : node.width;
}

/** A constant in the width of the other operand where it fits there: `count + 8'd1`. */
function sized(value: ConstantValue, other: Value, width: number, signed: boolean): ConstantValue {
  const widths = other.kind === "constant" ? [width - 1] : [other.width, width - 1];
  for (const each of widths) {
    if (each >= 1 && each <= width && each >= width - 1 && fits(value.value, each, signed)) {
      return { ...value, width: each, signed };
    }
  }
  return { ...value, width, signed, value: wrapTo(value.value, width, signed) };
}

/**
 * An operand of a sum of `width` bits: one bit narrower than the sum, or as wide. Verilator takes the carry for meant
 * and complains of any other difference.
 */
function term(scope: Scope, value: Value, other: Value, width: number, signed: boolean): Value {
  if (value.kind === "constant") return sized(value, other, width, signed);
  if (value.width > width) return sliceValue(value, width - 1, 0, (v) => scope.net(v));
  return value.width < width - 1 ? extendValue(value, width - 1) : value;
}

/** An operand of a product of `width` bits; a narrower one is extended by Verilog. */
function factor(scope: Scope, value: Value, width: number, signed: boolean): Value {
  if (value.kind === "constant") {
    if (value.width <= width) return value;
    return { ...value, width, signed, value: wrapTo(value.value, width, signed) };
  }
  return value.width > width ? sliceValue(value, width - 1, 0, (v) => scope.net(v)) : value;
}

/** `a + -4'sd3` reads better as `a - 4'sd3`. */
function turned(operator: "+" | "-" | "*", expression: Expression): { operator: BinaryOperator; right: Expression } {
  if (operator === "*" || expression.kind !== "literal" || expression.value >= 0n) {
    return { operator, right: expression };
  }
  if (!fits(-expression.value, expression.width, expression.signed)) return { operator, right: expression };
  return { operator: operator === "+" ? "-" : "+", right: { ...expression, value: -expression.value } };
}

/** Verilator takes the minus of a narrow factor for an operator of the product's width, and complains of the operand. */
function withoutMinus(expression: Expression): Expression {
  return expression.kind === "literal" && expression.value < 0n ? { ...expression, asBits: true } : expression;
}

/**
 * A sum, difference or product. When both operands have the width of the result it stands on its own; otherwise it is
 * `open`: Verilog extends the operands to the width of the target, by their sign, and both have the same.
 */
export function lowerArithmetic(scope: Scope, node: ArithmeticNode): Value {
  const width = computedWidth(scope, node);
  const signed = node.left.signed;
  const left = narrowest(scope.valueOf(node.left));
  const right = narrowest(scope.valueOf(node.right));
  const product = node.operator === "mul";
  const values = product
    ? [factor(scope, left, width, signed), factor(scope, right, width, signed)]
    : [term(scope, left, right, width, signed), term(scope, right, left, width, signed)];
  const open = values[0]!.width !== width || values[1]!.width !== width;
  // Inside a wider context even an operator of full width takes on the sign of the whole.
  const closed = (value: Value): Operand => scope.withSign(scope.closed(value), signed);
  const operands = open ? scope.fit(values, closed) : scope.fit(values);
  const text = ({ expression }: Operand): Expression => (product && open ? withoutMinus(expression) : expression);
  const leftText = text(operands[0]!);
  const { operator, right: rightText } = turned(symbols[node.operator], text(operands[1]!));
  const expression: Expression = { kind: "binary", operator, left: leftText, right: rightText };
  const made = scope.expression(expression, operands, node, {
    signed: operands[0]!.signed && operands[1]!.signed,
    open,
    sameDepth: isAtom(rightText) && leftText.kind === "binary" && leftText.operator === operator,
  });
  if (width === node.width) return made;
  return { ...made, width, signed: false, operand: { ...made.operand, width } };
}
