import { describe, expect, it } from "vitest";
import {
  arithmetic,
  bitwise,
  cast,
  compare,
  concat,
  constant,
  designOf,
  evaluate,
  extend,
  input,
  type ModuleNetlist,
  mux,
  type Node,
  not,
  operandsOf,
  postorder,
  reduce,
  replicate,
  rootsOf,
  slice,
  verifyModule,
  wire,
} from "../ir/index.ts";
import { randomOperator } from "../ir/testing/random-operator.ts";
import { RandomSource } from "../ir/testing/random-source.ts";
import { rangeOf } from "../types/index.ts";
import { mapModules } from "./deduplicate.ts";
import { fold } from "./fold.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf, outputText } from "./testing/small-module.ts";

const a = input("a", 0, 8, false);
const b = input("b", 0, 8, false);
const s = input("s", 0, 8, true);
const t = input("t", 0, 4, true);
const c = input("c", 0, 1, false);
const u = (value: number, width = 8): Node => constant(BigInt(value), width, false);
const i = (value: number, width = 8): Node => constant(BigInt(value), width, true);
const add = (left: Node, right: Node, width: number, signed = false) => arithmetic("add", left, right, width, signed);
const sub = (left: Node, right: Node, width: number, signed = false) => arithmetic("sub", left, right, width, signed);
const mul = (left: Node, right: Node, width: number, signed = false) => arithmetic("mul", left, right, width, signed);

const rules: readonly [string, Node, string][] = [
  ["constants", add(u(200), u(100), 8), "44:u8"],
  ["constants of constants", mux(compare("lt", i(-1), i(0)), not(u(1)), a), "254:u8"],
  ["x + 0", add(a, u(0), 8), "a"],
  ["0 + x, wider", add(u(0), s.signed ? a : s, 9), "extend(a):u9"],
  ["x + 0, narrower and signed", add(s, i(0), 4, true), "cast(slice(s, 3, 0):u4):s4"],
  ["x - 0, signed difference", sub(a, u(0), 9, true), "cast(extend(a):u9):s9"],
  ["x - x", sub(a, a, 9, true), "0:s9"],
  ["0 - x stays", sub(i(0), s, 9, true), "sub(0:s8, s):s9"],
  ["x · 0", mul(s, i(0, 2), 12, true), "0:s12"],
  ["x · 1", mul(s, i(1, 2), 10, true), "extend(s):s10"],
  ["1 · x", mul(u(1, 1), a, 8), "a"],
  ["operands extended for nothing", mul(extend(s, 20), extend(t, 9), 12, true), "mul(s, t):s12"],
  ["x & 0", bitwise("and", a, u(0)), "0:u8"],
  ["x & ones", bitwise("and", u(255), a), "a"],
  ["x | ones", bitwise("or", s, i(-1)), "-1:s8"],
  ["x | 0", bitwise("or", s, i(0)), "s"],
  ["x ^ 0", bitwise("xor", a, u(0)), "a"],
  ["x ^ ones", bitwise("xor", a, u(255)), "not(a):u8"],
  ["x & x", bitwise("and", a, a), "a"],
  ["x ^ x", bitwise("xor", s, s), "0:s8"],
  ["x & ~x", bitwise("and", a, not(a)), "0:u8"],
  ["x | ~x", bitwise("or", not(s), s), "-1:s8"],
  ["~~x", not(not(a)), "a"],
  ["x = x", compare("eq", a, a), "1:u1"],
  ["x < x", compare("lt", s, s), "0:u1"],
  ["extended operands", compare("lt", extend(a, 12), extend(b, 9)), "lt(a, b):u1"],
  ["bit = 1", compare("eq", c, u(1, 1)), "c"],
  ["bit = 0", compare("eq", c, u(0, 3)), "not(c):u1"],
  ["bit ≠ 1", compare("ne", u(1, 1), c), "not(c):u1"],
  ["bit > 0", compare("gt", c, u(0, 1)), "c"],
  ["bit = 2", compare("eq", c, u(2, 2)), "0:u1"],
  ["signed bit = −1", compare("eq", slice1(), i(-1, 2)), "slice(a, 3, 3):u1"],
  ["unsigned ≥ 0", compare("ge", a, u(0)), "1:u1"],
  ["beyond the range", compare("le", s, i(200, 12)), "1:u1"],
  ["never equal", compare("ne", a, u(256, 9)), "1:u1"],
  ["inside the range stays", compare("lt", a, u(255)), "lt(a, 255:u8):u1"],
  ["mux of 1", mux(u(1, 1), a, b), "a"],
  ["mux of 0", mux(u(0, 1), a, b), "b"],
  ["equal arms", mux(c, a, a), "a"],
  ["equal constants", mux(c, u(3), u(3)), "3:u8"],
  ["inverted condition", mux(not(c), a, b), "mux(c, b, a):u8"],
  ["the same question twice", mux(c, mux(c, a, u(1)), mux(c, u(2), b)), "mux(c, a, b):u8"],
  ["1 or 0", mux(c, u(1, 1), u(0, 1)), "c"],
  ["0 or 1", mux(c, u(0, 1), u(1, 1)), "not(c):u1"],
  ["−1 or 0", mux(c, i(-1, 1), i(0, 1)), "cast(c):s1"],
  ["whole slice", slice(a, 7, 0), "a"],
  ["whole slice of signed", slice(s, 7, 0), "cast(s):u8"],
  ["slice of slice", slice(slice(a, 6, 1), 3, 2), "slice(a, 4, 3):u2"],
  ["slice of cast", slice(cast(s, false), 3, 1), "slice(s, 3, 1):u3"],
  ["slice of concat, one part", slice(concat([a, b, t]), 10, 5), "slice(b, 6, 1):u6"],
  ["slice of concat, whole signed part", slice(concat([a, t]), 3, 0), "cast(t):u4"],
  ["slice of concat, several parts", slice(concat([a, b, c]), 12, 1), "concat(slice(a, 3, 0):u4, b):u12"],
  ["slice of extend, below", slice(extend(s, 20), 5, 2), "slice(s, 5, 2):u4"],
  ["slice of extend, above, unsigned", slice(extend(a, 20), 12, 8), "0:u5"],
  ["slice of extend, above, signed", slice(extend(s, 20), 12, 8), "replicate(slice(s, 7, 7):u1, 5):u5"],
  ["slice of extend, across", slice(extend(a, 20), 9, 0), "extend(a):u10"],
  ["slice of replicate, one copy", slice(replicate(t, 4), 10, 9), "slice(t, 2, 1):u2"],
  ["slice of replicate, some copies", slice(replicate(t, 4), 11, 4), "replicate(t, 2):u8"],
  ["slice of constant", slice(u(0xa5), 7, 4), "10:u4"],
  ["extend of extend", extend(extend(s, 9), 12), "extend(s):s12"],
  ["extend to the same", extend(a, 8), "a"],
  ["cast to the same", cast(a, false), "a"],
  ["cast of cast", cast(cast(s, false), true), "s"],
  ["one part", concat([s]), "cast(s):u8"],
  ["nested concat", concat([c, concat([t, concat([a, b])])]), "concat(c, t, a, b):u21"],
  ["touching slices", concat([slice(a, 7, 4), slice(a, 3, 1), c]), "concat(slice(a, 7, 1):u7, c):u8"],
  ["touching slices of all", concat([slice(s, 7, 4), slice(s, 3, 2), slice(s, 1, 0)]), "cast(s):u8"],
  [
    "slices in another order stay",
    concat([slice(a, 3, 0), slice(a, 7, 4)]),
    "concat(slice(a, 3, 0):u4, slice(a, 7, 4):u4):u8",
  ],
  ["neighbouring constants", concat([a, u(1, 2), i(-1, 2), c]), "concat(a, 7:u4, c):u13"],
  ["leading zeros", concat([u(0, 3), s]), "extend(cast(s):u8):u11"],
  ["copies of copies", replicate(replicate(c, 2), 3), "replicate(c, 6):u6"],
  ["one copy", replicate(t, 1), "cast(t):u4"],
  ["reduction of a bit", reduce("xor", cast(c, true)), "c"],
  ["or of extended", reduce("or", extend(a, 12)), "or(a):u1"],
  ["and of zero-extended", reduce("and", extend(a, 12)), "0:u1"],
  ["and of sign-extended", reduce("and", extend(s, 12)), "and(s):u1"],
  ["xor of sign-extended stays", reduce("xor", extend(s, 12)), "xor(extend(s):s12):u1"],
  ["or of copies", reduce("or", replicate(t, 3)), "or(t):u1"],
];

function slice1(): Node {
  return cast(slice(a, 3, 3), true);
}

const folded = (module: ModuleNetlist): ModuleNetlist => {
  let current = module;
  for (let round = 0; round < 5; round++) current = fold(current);
  return current;
};

describe("fold", () => {
  for (const [name, node, expected] of rules) {
    it(name, () => {
      const result = folded(moduleOf(node));
      verifyModule(result);
      expect(outputText(result)).toBe(expected);
    });
  }

  it("reads a wire that is driven by a constant as the constant", () => {
    const low = wire(3, 8, false);
    const module = { ...moduleOf(add(a, low, 8)), wires: [{ node: low, name: "low", driver: u(0) }] };
    expect(outputText(folded(module))).toBe("a");
  });

  it("keeps the name that the user gave", () => {
    const named = { label: "total" };
    const kept = (node: Node): string | undefined => folded(moduleOf(node)).ports.at(-1)!.drivers[0]!.label;
    expect(kept(slice(slice(a, 6, 1), 3, 2, named))).toBe("total");
    expect(kept(arithmetic("add", not(a), u(0), 8, false, named))).toBe("total");
    expect(kept(arithmetic("add", not(a, { label: "inverse" }), u(0), 8, false, named))).toBe("inverse");
    expect(kept(arithmetic("add", a, u(0), 8, false, named))).toBeUndefined();
  });

  it("returns the same module when there is nothing to do", () => {
    const module = moduleOf(add(a, b, 9));
    expect(fold(module)).toBe(module);
  });

  it("takes linear time for chains of concatenations", () => {
    let node: Node = c;
    for (let n = 0; n < 3000; n++) node = concat([node, c]);
    const result = folded(moduleOf(node));
    let count = 0;
    postorder(rootsOf(result), () => count++);
    expect(count).toBeLessThan(3000);
  });

  it("agrees with evaluate on every input of small random expressions", () => {
    const free = [input("x", 0, 2, false), input("y", 0, 3, true), input("z", 0, 1, false)];
    for (let seed = 0; seed < 1500; seed++) {
      const random = new RandomSource(seed);
      const pool: Node[] = [...free];
      for (let n = 0; n < 6; n++) pool.push(randomOperator({ random, pool, memories: [], maxWidth: 5 }));
      const module = moduleOf(pool.at(-1)!);
      const result = fold(module);
      verifyModule(result);
      for (const values of assignments(free)) {
        const expected = valueUnder(module.ports.at(-1)!.drivers[0]!, values);
        const found = valueUnder(result.ports.at(-1)!.drivers[0]!, values);
        if (found !== expected) expect({ seed, found }).toEqual({ seed, found: expected });
      }
    }
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning((design) => mapModules(design, ({ current }) => fold(current)), { seeds: 120, cycles: 12 });
    expect(designOf(fold(moduleOf(a))).modules).toHaveLength(1);
  });
});

function* assignments(inputs: readonly Node[]): Generator<ReadonlyMap<Node, bigint>> {
  const [first, ...rest] = inputs;
  if (first === undefined) return yield new Map();
  const { min, max } = rangeOf(first.width, first.signed);
  for (const others of assignments(rest)) {
    for (let value = min; value <= max; value++) yield new Map([...others, [first, value]]);
  }
}

function valueUnder(root: Node, inputs: ReadonlyMap<Node, bigint>): bigint {
  const values = new Map<Node, bigint>(inputs);
  postorder([root], (node) => {
    if (node.kind === "constant") values.set(node, node.value);
    else if (node.kind === "arithmetic" || node.kind === "bitwise" || node.kind === "compare") {
      values.set(node, evaluate(node, [values.get(node.left)!, values.get(node.right)!]));
    } else if (node.kind === "mux") {
      values.set(
        node,
        evaluate(
          node,
          [node.condition, node.whenTrue, node.whenFalse].map((n) => values.get(n)!),
        ),
      );
    } else if (node.kind === "concat")
      values.set(
        node,
        evaluate(
          node,
          node.parts.map((n) => values.get(n)!),
        ),
      );
    else if (node.kind === "shift" || node.kind === "index-bits") {
      values.set(
        node,
        evaluate(
          node,
          operandsOf(node).map((n) => values.get(n)!),
        ),
      );
    } else if ("operand" in node) values.set(node, evaluate(node, [values.get(node.operand)!]));
  });
  return values.get(root)!;
}
