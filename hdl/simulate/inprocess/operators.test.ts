import { describe, expect, it } from "vitest";
import {
  arithmetic,
  bitwise,
  cast,
  compare,
  concat,
  constant,
  type Design,
  designOf,
  evaluate,
  extend,
  indexBits,
  input,
  mux,
  type Node,
  not,
  operandsOf,
  type Port,
  type PureNode,
  reduce,
  replicate,
  shift,
  slice,
} from "../../ir/index.ts";
import { type PackedType, rangeOf, sint, uint } from "../../types/index.ts";
import { createInProcessEngine } from "./engine.ts";

const widths = [1, 2, 31, 32, 33, 53, 54, 63, 64, 65];

const typeOf = (width: number, signed: boolean): PackedType => (signed ? sint(width) : uint(width));

/** Limits of the type, values around 0, around the limits of words and of exact doubles. */
function corners(width: number, signed: boolean): bigint[] {
  const { min, max } = rangeOf(width, signed);
  const around = [0n, 31n, 32n, 53n, 63n, 64n].flatMap((bits) => [1n << bits, -(1n << bits)]);
  const candidates = [min, max, ...around].flatMap((value) => [value - 1n, value, value + 1n]);
  return [...new Set(candidates)].filter((value) => value >= min && value <= max);
}

/** One output per node. */
function designWith(inputs: readonly Port[], nodes: readonly Node[]): Design {
  const outputs = nodes.map((node, i): Port => {
    return { name: `out${i}`, direction: "output", type: typeOf(node.width, node.signed), drivers: [node] };
  });
  return designOf({
    name: "operators",
    params: {},
    ports: [...inputs, ...outputs],
    wires: [],
    registers: [],
    memories: [],
    instances: [],
  });
}

const inputPort = (name: string, width: number, signed: boolean): Port => {
  return { name, direction: "input", type: typeOf(width, signed), drivers: [] };
};

/** Value of an expression over inputs, straight from the definition of its nodes. */
function expected(node: Node, values: Readonly<Record<string, bigint>>): bigint {
  if (node.kind === "input") return values[node.port]!;
  if (node.kind === "constant") return node.value;
  const operands = operandsOf(node).map((operand) => expected(operand, values));
  return evaluate(node as PureNode, operands);
}

/** Compares every node with its definition for all combinations of the inputs' corner values. */
function check(ports: readonly { name: string; width: number; signed: boolean }[], nodes: readonly Node[]): void {
  const design = designWith(
    ports.map(({ name, width, signed }) => inputPort(name, width, signed)),
    nodes,
  );
  const engine = createInProcessEngine(design);
  let cases: bigint[][] = [[]];
  for (const { width, signed } of ports) {
    cases = cases.flatMap((values) => corners(width, signed).map((value) => [...values, value]));
  }
  for (const values of cases) {
    values.forEach((value, i) => {
      engine.write(i, ports[i]!.width > 32 ? [value] : [Number(value)]);
    });
    const named = Object.fromEntries(ports.map(({ name }, i) => [name, values[i]!]));
    nodes.forEach((node, i) => {
      const found = engine.read(i)[0]!;
      if (typeof found !== (node.width > 32 ? "bigint" : "number") || BigInt(found) !== expected(node, named)) {
        const { kind, width, signed } = node;
        expect.fail(`${kind} to ${signed ? "s" : "u"}${width} of ${values}: ${expected(node, named)}, found ${found}`);
      }
    });
  }
}

describe("every operator on corner values of widths around 32, 53 and 64 bits", () => {
  for (const signed of [false, true]) {
    const sign = signed ? "signed" : "unsigned";
    it(`${sign}, one operand`, () => {
      for (const width of widths) {
        const a = input("a", 0, width, signed);
        const nodes: Node[] = [not(a), cast(a, !signed), cast(a, signed)];
        for (const operator of ["and", "or", "xor"] as const) nodes.push(reduce(operator, a));
        for (const count of [1, 2, 3, 32, 33]) nodes.push(replicate(a, count));
        for (const wider of [width + 1, 32, 33, 70]) if (wider >= width) nodes.push(extend(a, wider));
        for (const high of widths.map((w) => w - 1).filter((bit) => bit < width)) {
          for (const low of [0, 1, 30, 31, 32, 33, high]) {
            if (low <= high) nodes.push(slice(a, high, low), cast(slice(a, high, low), true));
          }
        }
        check([{ name: "a", width, signed }], nodes);
      }
    });

    it(`${sign}, one extended operand`, () => {
      for (const width of [1, 4, 31, 32]) {
        for (const wider of [31, 32, 33, 65].filter((w) => w > width)) {
          const a = extend(input("a", 0, width, signed), wider);
          const nodes: Node[] = [not(a), cast(a, !signed), replicate(a, 2), concat([a, a])];
          for (const operator of ["and", "or", "xor"] as const)
            nodes.push(reduce(operator, a), bitwise(operator, a, a));
          for (const low of [0, 1, 3, 30, 31, 32, 40]) {
            for (const high of [low, low + 1, low + 15, low + 31, low + 32, wider - 1]) {
              if (low > high || high >= wider) continue;
              nodes.push(slice(a, high, low), cast(slice(a, high, low), true));
            }
          }
          check([{ name: "a", width, signed }], nodes);
        }
      }
    });

    it(`${sign}, two operands`, () => {
      for (const [i, left] of widths.entries()) {
        for (const right of widths.slice(i)) {
          const a = input("a", 0, left, signed);
          const b = input("b", 0, right, signed);
          const [x, y] = [extend(a, right), b];
          const nodes: Node[] = [concat([a, b]), concat([b, a]), cast(concat([a, b]), true)];
          for (const operator of ["eq", "ne", "lt", "le", "gt", "ge"] as const) {
            nodes.push(compare(operator, a, b), compare(operator, b, a));
          }
          for (const operator of ["and", "or", "xor"] as const) nodes.push(bitwise(operator, x, y));
          for (const operator of ["add", "sub", "mul"] as const) {
            for (const width of [1, 31, 32, 33, 63, 64, 65, right + 1, left + right, 140]) {
              nodes.push(arithmetic(operator, a, b, width, signed), arithmetic(operator, b, a, width, signed));
              if (operator === "sub") nodes.push(arithmetic(operator, a, b, width, true));
            }
          }
          check(
            [
              { name: "a", width: left, signed },
              { name: "b", width: right, signed },
            ],
            nodes,
          );
        }
      }
    });
  }

  it("shifts by amounts that stay inside and by giant ones", () => {
    for (const signed of [false, true]) {
      for (const width of widths) {
        for (const bits of [1, 5, 6, 40, 70]) {
          const a = input("a", 0, width, signed);
          const n = input("n", 0, bits, false);
          const nodes: Node[] = [shift("right", a, n, width)];
          for (const wider of [31, 32, 33, 65]) {
            nodes.push(shift("left", a, n, wider));
            if (wider >= width)
              nodes.push(shift("right", extend(a, wider), n, wider), shift("left", extend(a, wider), n, 33));
          }
          check(
            [
              { name: "a", width, signed },
              { name: "n", width: bits, signed: false },
            ],
            nodes,
          );
        }
      }
    }
  });

  it("bits at an index, of words and of concatenations, inside and beyond", () => {
    for (const width of widths) {
      for (const bits of [1, 3, 6, 40]) {
        const a = input("a", 0, width, false);
        const i = input("i", 0, bits, false);
        const nodes: Node[] = [];
        const joined = concat([a, not(a), a]);
        const table = constant(0x9abcdef012345678n, 64, false);
        for (const stride of [1, 3, 8, width]) {
          for (const taken of [1, 7, 31, 32, 33]) {
            nodes.push(indexBits(a, i, stride, taken), indexBits(joined, i, stride, taken));
            nodes.push(indexBits(table, i, stride, taken), cast(indexBits(joined, i, stride, taken), true));
          }
        }
        check(
          [
            { name: "a", width, signed: false },
            { name: "i", width: bits, signed: false },
          ],
          nodes,
        );
      }
    }
  });

  it("concatenations of three parts around the word size", () => {
    for (const signed of [false, true]) {
      for (const width of [13, 14, 15, 16, 17]) {
        const a = input("a", 0, width, signed);
        const b = input("b", 0, width, signed);
        const one = slice(a, 0, 0);
        const nodes = [concat([a, b]), concat([one, a, b]), concat([a, one, b]), concat([a, b, one])];
        check(
          [
            { name: "a", width, signed },
            { name: "b", width, signed },
          ],
          nodes.flatMap((node) => [node, cast(node, true), cast(cast(node, true), false)]),
        );
      }
    }
  });

  it("slices of concatenations, extended and nested ones among them", () => {
    for (const signed of [false, true]) {
      const a = input("a", 0, 5, signed);
      const b = input("b", 0, 33, signed);
      const inner = concat([b, a]);
      const sources = [concat([a]), inner, concat([a, inner, b]), cast(concat([a, b]), true), concat([inner, inner])];
      for (const source of sources.flatMap((node) => [node, extend(node, node.width + 9)])) {
        const nodes: Node[] = [];
        for (const low of [0, 1, 4, 5, 6, 32, 33, 37, 38, 42, 70]) {
          for (const size of [1, 4, 5, 8, 32, 33, 34, 40]) {
            if (low + size > source.width) continue;
            const part = slice(source, low + size - 1, low);
            nodes.push(part, cast(part, true));
          }
        }
        check(
          [
            { name: "a", width: 5, signed },
            { name: "b", width: 33, signed },
          ],
          nodes,
        );
      }
    }
  });

  it("multiplexers, with conditions that are inputs and comparisons", () => {
    for (const width of widths) {
      for (const signed of [false, true]) {
        const c = input("c", 0, 1, false);
        const a = input("a", 0, width, signed);
        const b = input("b", 0, width, signed);
        const less = compare("lt", a, b);
        const nodes = [c, less, not(less), bitwise("and", less, c), bitwise("xor", less, c)].flatMap((condition) => [
          mux(condition, a, b),
          mux(condition, extend(a, 70), extend(b, 70)),
          concat([condition, less]),
          replicate(condition, 3),
          arithmetic("add", condition, less, 2, false),
          reduce("xor", condition),
        ]);
        check(
          [
            { name: "c", width: 1, signed: false },
            { name: "a", width, signed },
            { name: "b", width, signed },
          ],
          nodes,
        );
      }
    }
  });

  it("small types, every value", () => {
    for (const signed of [false, true]) {
      const a = input("a", 0, 3, signed);
      const b = input("b", 0, 3, signed);
      const nodes: Node[] = [];
      for (const operator of ["add", "sub", "mul"] as const) {
        for (let width = 1; width <= 7; width++) {
          const result = arithmetic(operator, a, b, width, signed);
          nodes.push(result, cast(result, !signed), arithmetic("mul", result, result, 2 * width, signed));
        }
      }
      const [low, high] = signed ? [-4, 3] : [0, 7];
      const design = designWith([inputPort("a", 3, signed), inputPort("b", 3, signed)], nodes);
      const engine = createInProcessEngine(design);
      for (let x = low; x <= high; x++) {
        for (let y = low; y <= high; y++) {
          engine.write(0, [x]);
          engine.write(1, [y]);
          const found = nodes.map((_, i) => engine.read(i)[0]);
          expect(found).toEqual(nodes.map((node) => Number(expected(node, { a: BigInt(x), b: BigInt(y) }))));
        }
      }
    }
  });
});
