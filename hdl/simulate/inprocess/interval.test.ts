import { describe, expect, it } from "vitest";
import { arithmetic, bitwise, evaluate, input, mux, type Node, type PureNode, slice } from "../../ir/index.ts";
import { rangeOf } from "../../types/index.ts";
import type { Cell } from "./flat-design.ts";
import { exactInterval, fitsType, fitsWord, type Interval, intervalOf, unbounded } from "./interval.ts";

/** All intervals within a type of `width` bits. */
function intervals(width: number, signed: boolean): Interval[] {
  const { min, max } = rangeOf(width, signed);
  const all: Interval[] = [];
  for (let low = Number(min); low <= Number(max); low++) {
    for (let high = low; high <= Number(max); high++) all.push({ min: low, max: high });
  }
  return all;
}

function valuesIn({ min, max }: Interval): bigint[] {
  return Array.from({ length: max - min + 1 }, (_, i) => BigInt(min + i));
}

describe("intervalOf", () => {
  for (const signed of [false, true]) {
    it(`holds every value of ${signed ? "signed" : "unsigned"} operators of small types`, () => {
      const a = input("a", 0, 3, signed);
      const b = input("b", 0, 3, signed);
      const nodes: Node[] = [];
      for (const width of [2, 3, 4, 6]) {
        for (const operator of ["add", "sub", "mul"] as const) nodes.push(arithmetic(operator, a, b, width, signed));
      }
      for (const operator of ["and", "or", "xor"] as const) nodes.push(bitwise(operator, a, b));
      for (let low = 0; low < 3; low++) for (let high = low; high < 3; high++) nodes.push(slice(a, high, low));
      nodes.push(mux(input("c", 0, 1, false), a, b));
      for (const left of intervals(3, signed)) {
        for (const right of intervals(3, signed)) {
          for (const node of nodes) {
            const operands = (node.kind === "mux" ? [{ min: 0, max: 1 }, left, right] : [left, right]) as Cell[];
            const { min, max } = intervalOf(node as PureNode, operands, node.width, node.signed);
            for (const x of valuesIn(left)) {
              for (const y of valuesIn(right)) {
                const cases = node.kind === "mux" ? [0n, 1n].map((c) => [c, x, y]) : [[x, y]];
                for (const values of cases) {
                  const value = evaluate(node as PureNode, values);
                  if (value < min || value > max)
                    expect.fail(`${node.kind} of ${values} gives ${value}: ${min}..${max}`);
                }
              }
            }
          }
        }
      }
    });
  }

  it("is tight for exact sums and products", () => {
    expect(exactInterval("add", { min: -8, max: 7 }, { min: -8, max: 7 })).toEqual({ min: -16, max: 14 });
    expect(exactInterval("sub", { min: 0, max: 15 }, { min: 0, max: 15 })).toEqual({ min: -15, max: 15 });
    expect(exactInterval("mul", { min: -8, max: 7 }, { min: -8, max: 7 })).toEqual({ min: -56, max: 64 });
    expect(exactInterval("add", unbounded, { min: 0, max: 1 })).toEqual(unbounded);
  });
});

it("fitsWord and fitsType know the limits", () => {
  expect(fitsWord({ min: -(2 ** 31), max: 2 ** 31 - 1 })).toBe(true);
  expect(fitsWord({ min: 0, max: 2 ** 32 - 1 })).toBe(true);
  expect(fitsWord({ min: -1, max: 2 ** 31 })).toBe(false);
  expect(fitsWord({ min: 0, max: 2 ** 32 })).toBe(false);
  expect(fitsType({ min: -4, max: 3 }, 3, true)).toBe(true);
  expect(fitsType({ min: -5, max: 3 }, 3, true)).toBe(false);
  expect(fitsType({ min: 0, max: 8 }, 3, false)).toBe(false);
  expect(fitsType(unbounded, 4096, true)).toBe(false);
});
