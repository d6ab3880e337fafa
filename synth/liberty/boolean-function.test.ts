import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { truthTable } from "./boolean-function.ts";

type Expression =
  | { readonly op: "pin"; readonly pin: number }
  | { readonly op: "not"; readonly a: Expression }
  | { readonly op: "and" | "or" | "xor"; readonly a: Expression; readonly b: Expression };

const PINS = ["A", "B1", "C_N"];

const expressions = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ op: fc.constant("pin" as const), pin: fc.nat({ max: 2 }) }),
    fc.record({ op: fc.constant("not" as const), a: tie("any") }),
    fc.record({ op: fc.constantFrom("and" as const, "or" as const, "xor" as const), a: tie("any"), b: tie("any") }),
  ),
})).any;

/** The value for one row, straight from the tree. */
function value(e: Expression, row: number): boolean {
  switch (e.op) {
    case "pin":
      return ((row >> e.pin) & 1) === 1;
    case "not":
      return !value(e.a, row);
    case "and":
      return value(e.a, row) && value(e.b, row);
    case "or":
      return value(e.a, row) || value(e.b, row);
    case "xor":
      return value(e.a, row) !== value(e.b, row);
  }
}

/** The text, in one of the dialects that libraries use. */
function text(e: Expression, dialect: number): string {
  switch (e.op) {
    case "pin":
      return PINS[e.pin] ?? "";
    case "not":
      return dialect === 0 ? `!(${text(e.a, dialect)})` : `(${text(e.a, dialect)})'`;
    case "and":
      return `(${text(e.a, dialect)}${["*", " & ", " "][dialect]}${text(e.b, dialect)})`;
    case "or":
      return `(${text(e.a, dialect)}${["+", " | ", "+"][dialect]}${text(e.b, dialect)})`;
    case "xor":
      return `(${text(e.a, dialect)}^${text(e.b, dialect)})`;
  }
}

describe("truthTable", () => {
  it("agrees with the expression in every dialect", () => {
    fc.assert(
      fc.property(expressions, fc.nat({ max: 2 }), (expression, dialect) => {
        let expected = 0;
        for (let row = 0; row < 8; row++) expected |= Number(value(expression, row)) << row;
        expect(truthTable(text(expression, dialect), PINS)).toBe(expected);
      }),
    );
  });

  it.each([
    ["!(A&B)", 0b0111],
    ["(A B)'", 0b0111],
    ["!A+!B", 0b0111],
    ["A'+B'", 0b0111],
    ["A*B+A", 0b1010],
    ["A+B*A", 0b1010],
    ["A^B A", 0b0010],
    ["1", 0b1111],
    ["0", 0b0000],
  ])("binds as Liberty does: %s", (function_, table) => {
    expect(truthTable(function_, ["A", "B"])).toBe(table);
  });

  it.each(["", "A+", "(A", "A)", "A ? B", "IQ", "A**B", "!"])("has no table for %j", (broken) => {
    expect(truthTable(broken, ["A", "B"])).toBeUndefined();
  });
});
