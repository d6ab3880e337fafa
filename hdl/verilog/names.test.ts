import { describe, expect, it } from "vitest";
import type { VerilogSymbol } from "./ast.ts";
import { familyOf, identifierFrom, isIdentifier, isReserved, Namer } from "./names.ts";

const symbol = (): VerilogSymbol => ({ name: "", width: 1, signed: false });

/** The names that a list of wishes gets in a module that declares `claimed`. */
function named(claimed: readonly string[], wishes: readonly string[]): string[] {
  const namer = new Namer();
  for (const name of claimed) namer.claim(name);
  const symbols = wishes.map((wish) => {
    const each = symbol();
    namer.ask(each, wish);
    return each;
  });
  namer.settle();
  return symbols.map((each) => each.name);
}

describe("Namer", () => {
  it("leaves a single wish as it is and numbers several, all of them, in the order of asking", () => {
    expect(named([], ["x", "y", "x", "x"])).toEqual(["x_0", "y", "x_1", "x_2"]);
  });

  it("moves away from declared names, never the other way round", () => {
    expect(named(["sum", "sum_value"], ["sum"])).toEqual(["sum_value_value"]);
    expect(named(["x_1"], ["x", "x"])).toEqual(["x_value_0", "x_value_1"]);
  });

  it("keeps a name that a library numbered, and moves a family that would count up to it", () => {
    expect(named([], ["x", "x_1", "x"])).toEqual(["x_value_0", "x_1", "x_value_1"]);
  });

  it("never gives a reserved word", () => {
    expect(named([], ["output"])).toEqual(["output_value"]);
  });
});

describe("identifierFrom", () => {
  it("makes the nearest legal name", () => {
    expect(identifierFrom("sum")).toBe("sum");
    expect(identifierFrom("__T$12")).toBe("T12");
    expect(identifierFrom("#count")).toBe("count");
    expect(identifierFrom("logic")).toBe("logic_value");
    expect(identifierFrom("_9")).toBeUndefined();
    expect(identifierFrom("$")).toBeUndefined();
  });
});

describe("familyOf", () => {
  it("drops the numbers of an element", () => {
    expect(familyOf("products_12")).toBe("products");
    expect(familyOf("a_1_3")).toBe("a");
    expect(familyOf("dot_l2_3")).toBe("dot_l2");
    expect(familyOf("int8")).toBe("int8");
  });
});

describe("reserved words", () => {
  it("holds the keywords of Verilog-2005 and of SystemVerilog", () => {
    for (const word of ["module", "wire", "reg", "signed", "uwire", "endmodule"]) expect(isReserved(word)).toBe(true);
    for (const word of ["logic", "packed", "do", "unique0", "int", "nettype"]) expect(isReserved(word)).toBe(true);
    for (const word of ["", "Module", "sum", "wires", "toString", "constructor"]) expect(isReserved(word)).toBe(false);
  });

  it("accepts names that every tool takes as they are", () => {
    for (const name of ["a", "sum_0", "narrowDot", "A9", "x__y"]) expect(isIdentifier(name)).toBe(true);
    for (const name of ["", "_x", "9a", "a-b", "a b", "a$", "größe", "a\n", "logic", "begin"]) {
      expect(isIdentifier(name)).toBe(false);
    }
  });
});
