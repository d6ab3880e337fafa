import { describe, expect, it } from "vitest";
import type { BinaryOperator, Expression, Literal, UnaryOperator } from "./ast.ts";
import { identifier, select } from "./ast.ts";
import { printExpression } from "./print-expression.ts";
import { printLiteral } from "./print-literal.ts";

const name = (text: string, width = 8): Expression => identifier({ name: text, width, signed: false });
const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
});
const unary = (operator: UnaryOperator, operand: Expression): Expression => ({ kind: "unary", operator, operand });
const mux = (condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression => ({
  kind: "conditional",
  condition,
  whenTrue,
  whenFalse,
});
const literal = (value: bigint, width: number, signed: boolean): Literal => ({ kind: "literal", value, width, signed });
const [a, b, c] = ["a", "b", "c"].map((text) => name(text)) as [Expression, Expression, Expression];

describe("printLiteral", () => {
  it("writes size and sign, the most negative value as bits, large ones in hexadecimal unless they are round", () => {
    const cases: [bigint, number, boolean, string][] = [
      [255n, 8, false, "8'd255"],
      [3n, 4, true, "4'sd3"],
      [-3n, 4, true, "-4'sd3"],
      [-8n, 4, true, "4'sh8"],
      [0n, 1, false, "1'b0"],
      [-1n, 1, true, "1'sb1"],
      [4294967295n, 32, false, "32'hffffffff"],
      [0xa3000000n, 32, false, "32'ha3000000"],
      [8388607n, 24, true, "24'sh7fffff"],
      [-8388607n, 24, true, "-24'sd8388607"],
      [4095n, 16, false, "16'd4095"],
      [4096n, 16, false, "16'h1000"],
      [8191n, 13, false, "13'd8191"],
      [49_999_999n, 26, false, "26'd49999999"],
      [100_000n, 40, false, "40'd100000"],
      [0n, 63, false, "63'd0"],
      [255n, 40, false, "40'd255"],
      [-1n, 36, true, "-36'sd1"],
    ];
    for (const [value, width, signed, text] of cases) expect(printLiteral(literal(value, width, signed))).toBe(text);
  });
});

describe("printExpression", () => {
  it("keeps the tree's meaning with parentheses", () => {
    expect(printExpression(binary("-", a, binary("+", b, c)))).toBe("a - (b + c)");
    expect(printExpression(binary("-", binary("-", a, b), c))).toBe("a - b - c");
    expect(printExpression(binary("*", binary("+", a, b), c))).toBe("(a + b) * c");
    expect(printExpression(binary("+", binary("*", a, b), c))).toBe("a * b + c");
    expect(printExpression(binary("&", binary("==", a, b), c))).toBe("(a == b) & c");
    expect(printExpression(binary("==", binary("&", a, b), c))).toBe("(a & b) == c");
    expect(printExpression(binary("<", binary("+", a, b), c))).toBe("a + b < c");
    expect(printExpression(binary("&", binary("&", a, b), c))).toBe("a & b & c");
    expect(printExpression(binary("&", a, binary("&", b, c)))).toBe("a & (b & c)");
    expect(printExpression(binary("|", binary("&", a, b), c))).toBe("(a & b) | c");
  });

  it("parts reductions from binary operators and from each other", () => {
    expect(printExpression(binary("&", unary("&", a), unary("|", b)))).toBe("(&a) & (|b)");
    expect(printExpression(unary("~", unary("|", a)))).toBe("~(|a)");
    expect(printExpression(unary("~", binary("&", a, b)))).toBe("~(a & b)");
    expect(printExpression(binary("&", unary("~", a), b))).toBe("~a & b");
    expect(printExpression(unary("~", literal(-3n, 4, true)))).toBe("~(-4'sd3)");
  });

  it("writes conditionals, joins and selects", () => {
    expect(printExpression(mux(binary("==", a, b), a, mux(c, b, a)))).toBe("(a == b) ? a : c ? b : a");
    expect(printExpression(mux(mux(a, b, c), mux(a, b, c), a))).toBe("(a ? b : c) ? (a ? b : c) : a");
    expect(printExpression(binary("+", mux(a, b, c), c))).toBe("(a ? b : c) + c");
    expect(printExpression({ kind: "concatenation", parts: [literal(-3n, 4, true), a] })).toBe("{4'd13, a}");
    expect(printExpression({ kind: "replication", count: 3, operand: a })).toBe("{3{a}}");
    expect(printExpression({ kind: "sign-cast", signed: true, operand: binary("+", a, b) })).toBe("$signed(a + b)");
    const bus = { name: "bus", width: 8, signed: false };
    expect([select(bus, 7, 0), select(bus, 7, 4), select(bus, 3, 3)].map(printExpression)).toEqual([
      "bus",
      "bus[7:4]",
      "bus[3]",
    ]);
  });
});
