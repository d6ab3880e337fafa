import { describe, expect, test } from "vitest";
import { compile } from "../../compile.ts";
import {
  evaluate,
  input as inputNode,
  type Node,
  operandsOf,
  type PureNode,
  postorder,
  rootsOf,
} from "../../ir/index.ts";
import { rangeOf, uint } from "../../types/index.ts";
import { input, Module, output, type UInt } from "../index.ts";
import { quotientNode, type Rounding, remainderNode } from "./divide-node.ts";
import { reciprocalOf } from "./reciprocal.ts";

/** A function that gives the value of a node for a value of its only input. */
function functionOf(node: Node): (x: bigint) => bigint {
  const order: Node[] = [];
  postorder([node], (each) => order.push(each));
  return (x) => {
    const values = new Map<Node, bigint>();
    for (const each of order) {
      if (each.kind === "input") values.set(each, x);
      else if (each.kind === "constant") values.set(each, each.value);
      else {
        const operands = operandsOf(each).map((operand) => values.get(operand)!);
        values.set(each, evaluate(each as PureNode, operands));
      }
    }
    return values.get(node)!;
  };
}

/** Quotients by the definition, with real division: exact for numbers as small as these. */
const rounded = (x: number, divisor: number, rounding: Rounding): number =>
  (rounding === "floor" ? Math.floor(x / divisor) : Math.trunc(x / divisor)) + 0;

function checkAll(width: number, signed: boolean, divisors: Iterable<number>): void {
  const x = inputNode("x", 0, width, signed);
  const { min, max } = rangeOf(width, signed);
  for (const divisor of divisors) {
    for (const rounding of ["floor", "truncate"] as const) {
      const quotient = quotientNode(x, BigInt(divisor), rounding);
      const remainder = remainderNode(x, BigInt(divisor), rounding);
      const [quotientOf, remainderOf] = [functionOf(quotient), functionOf(remainder)];
      let widest = 0n;
      for (let value = min; value <= max; value++) {
        const q = rounded(Number(value), divisor, rounding);
        const found = [quotientOf(value), remainderOf(value)].map(Number);
        const wanted = [q, Number(value) - q * divisor];
        if (found[0] !== wanted[0] || found[1] !== wanted[1]) {
          expect({ width, signed, divisor, rounding, value, found }).toMatchObject({ found: wanted });
        }
        const magnitude = BigInt(q < 0 ? -q - 1 : q);
        if (magnitude > widest) widest = magnitude;
      }
      // No bit more than the quotients need.
      const bits = widest === 0n ? 0 : widest.toString(2).length;
      expect(quotient.width).toBe(Math.max(1, bits + (signed ? 1 : 0)));
      expect([quotient.signed, remainder.signed]).toEqual([signed, signed]);
    }
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe("division by constants, every value", () => {
  for (const signed of [false, true]) {
    test(`${signed ? "signed" : "unsigned"}, up to 5 bits by every divisor to 70`, () => {
      for (let width = 1; width <= 5; width++) {
        checkAll(width, signed, signed ? upTo(70).flatMap((n) => [n, -n]) : upTo(70));
      }
    });

    test(`${signed ? "signed" : "unsigned"}, 8 bits by every divisor of 8 bits and some beyond`, () => {
      const divisors = [...upTo(signed ? 128 : 256), 257, 300, 1000, 65536];
      checkAll(8, signed, signed ? divisors.flatMap((n) => [n, -n]) : divisors);
    });
  }
});

describe("what a division costs", () => {
  const kinds = (node: Node): string[] => {
    const found: string[] = [];
    postorder([node], (each) => found.push("operator" in each ? each.operator : each.kind));
    return found;
  };

  test("powers of two are wires, floor for signed values too", () => {
    for (const divisor of [1n, 2n, 64n, 128n, 256n, 4096n]) {
      for (const signed of [false, true]) {
        const x = inputNode("x", 0, 8, signed);
        for (const node of [quotientNode(x, divisor, "floor"), remainderNode(x, divisor, "floor")]) {
          expect(kinds(node).filter((kind) => ["add", "sub", "mul", "mux"].includes(kind))).toEqual([]);
        }
      }
    }
  });

  test("the known reciprocals of 32-bit values", () => {
    const most = 2n ** 32n - 1n;
    // A bit less than the textbook's ⌈2^33 / 3⌉ and ⌈2^34 / 5⌉: (x + 1) · 0x55555555 / 2^32.
    expect(reciprocalOf(3n, 0n, most)).toEqual({ factor: 0x55555555n, offset: 0x55555555n, shift: 32 });
    expect(reciprocalOf(5n, 0n, most)).toEqual({ factor: 0x33333333n, offset: 0x33333333n, shift: 32 });
    expect(reciprocalOf(10n, 0n, 63n)).toEqual({ factor: 13n, offset: 0n, shift: 7 });
  });

  test("wide values at the corners", () => {
    for (const signed of [false, true]) {
      const x = inputNode("x", 0, 64, signed);
      const { min, max } = rangeOf(64, signed);
      for (const divisor of [3n, 7n, 10n, 641n, 1000000007n, 2n ** 40n + 1n]) {
        const floor = functionOf(quotientNode(x, divisor, "floor"));
        const truncate = functionOf(quotientNode(x, divisor, "truncate"));
        const multiples = [min / divisor, max / divisor, 5n].flatMap((n) => [n * divisor - 1n, n * divisor]);
        for (const value of [min, min + 1n, 0n, 1n, max - 1n, max, ...multiples]) {
          if (value < min || value > max) continue;
          const exact = value % divisor === 0n;
          expect(truncate(value)).toBe(value / divisor);
          expect(floor(value)).toBe(value / divisor - (value < 0n && !exact ? 1n : 0n));
        }
      }
    }
  });
});

test.each([
  ["floor", (x: UInt) => [x.divFloor(7), x.remFloor(7)]],
  ["truncate", (x: UInt) => [x.asSint().divTrunc(7).asUint(), x.asSint().remTrunc(7).asUint()]],
] as const)("quotient and remainder of one value share the multiplication, %s", (_rounding, divide) => {
  class Both extends Module {
    readonly x = input(uint(16));
    readonly quotient = output(uint(16));
    readonly remainder = output(uint(16));
    build() {
      const [quotient, remainder] = divide(this.x);
      this.quotient.value = quotient!.resize(16);
      this.remainder.value = remainder!.resize(16);
    }
  }
  const multiplied = new Set<Node>();
  for (const root of rootsOf(compile(new Both({})).top))
    postorder([root], (node) => {
      if (node.kind === "arithmetic" && node.operator === "mul" && node.width > 16) multiplied.add(node);
    });
  expect(multiplied.size).toBe(1);
});
