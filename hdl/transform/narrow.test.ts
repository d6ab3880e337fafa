import { describe, expect, it } from "vitest";
import {
  arithmetic,
  bitwise,
  cast,
  compare,
  concat,
  constant,
  extend,
  input,
  type ModuleNetlist,
  memoryRead,
  mux,
  type Node,
  not,
  reduce,
  replicate,
  slice,
  verifyModule,
} from "../ir/index.ts";
import { mapModules } from "./deduplicate.ts";
import { narrow } from "./narrow.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf, outputText } from "./testing/small-module.ts";

const a = input("a", 0, 12, true);
const b = input("b", 0, 11, true);
const x = input("x", 0, 8, false);
const y = input("y", 0, 8, false);
const c = input("c", 0, 1, false);
const low = (node: Node, width: number): Node => slice(node, width - 1, 0);

const cases: readonly [string, Node, string][] = [
  ["a product", low(arithmetic("mul", a, b, 23, true), 22), "cast(mul(a, b):s22):u22"],
  [
    "a product of which less than an operand is used",
    low(arithmetic("mul", a, b, 23, true), 4),
    "cast(mul(cast(slice(a, 3, 0):u4):s4, cast(slice(b, 3, 0):u4):s4):s4):u4",
  ],
  ["a sum", low(arithmetic("add", x, y, 9, false), 8), "add(x, y):u8"],
  [
    "a sum of sums",
    low(arithmetic("add", arithmetic("sub", a, b, 13, true), a, 14, true), 12),
    "cast(add(sub(a, b):s12, a):s12):u12",
  ],
  ["a sum narrower than its operands", arithmetic("add", a, b, 11, true), "add(cast(slice(a, 10, 0):u11):s11, b):s11"],
  [
    "the high bits of a sum need the low ones",
    slice(arithmetic("add", x, y, 9, false), 6, 5),
    "slice(add(slice(x, 6, 0):u7, slice(y, 6, 0):u7):u7, 6, 5):u2",
  ],
  ["a mux", low(mux(c, x, y), 3), "mux(c, slice(x, 2, 0):u3, slice(y, 2, 0):u3):u3"],
  ["the middle of a mux", slice(mux(c, x, y), 5, 4), "mux(c, slice(x, 5, 4):u2, slice(y, 5, 4):u2):u2"],
  [
    "bitwise and not, signed",
    slice(bitwise("xor", not(a), a), 3, 2),
    "cast(xor(not(cast(slice(a, 3, 2):u2):s2):s2, cast(slice(a, 3, 2):u2):s2):s2):u2",
  ],
  ["an extension, within", low(extend(a, 20), 12), "cast(a):u12"],
  ["an extension, across", low(extend(a, 20), 14), "cast(extend(a):s14):u14"],
  [
    "an extension, above, signed",
    slice(extend(not(a), 20), 15, 13),
    "slice(extend(not(cast(slice(a, 11, 11):u1):s1):s1):s5, 4, 2):u3",
  ],
  ["an extension, above, unsigned", slice(extend(not(x), 20), 15, 13), "0:u3"],
  [
    "a concatenation",
    slice(concat([x, arithmetic("add", x, y, 9, false), y]), 14, 10),
    "slice(add(slice(x, 6, 0):u7, slice(y, 6, 0):u7):u7, 6, 2):u5",
  ],
  [
    "a concatenation, cut at both ends",
    slice(concat([x, c, y]), 10, 4),
    "concat(slice(x, 1, 0):u2, c, slice(y, 7, 4):u4):u7",
  ],
  ["copies", low(replicate(x, 5), 17), "slice(replicate(x, 3):u24, 16, 0):u17"],
  ["part of a copy", slice(replicate(not(x), 5), 18, 17), "not(slice(x, 2, 1):u2):u2"],
  ["a constant", low(mux(c, constant(-3n, 12, true), a), 3), "cast(mux(c, -3:s3, cast(slice(a, 2, 0):u3):s3):s3):u3"],
  ["comparisons and reductions need all", low(concat([compare("lt", x, y), reduce("or", x)]), 1), "or(x):u1"],
  [
    "casts",
    low(cast(arithmetic("add", a, b, 13, true), false), 10),
    "cast(add(cast(slice(a, 9, 0):u10):s10, cast(slice(b, 9, 0):u10):s10):s10):u10",
  ],
];

describe("narrow", () => {
  for (const [name, node, expected] of cases) {
    it(name, () => {
      const result = narrow(moduleOf(node));
      verifyModule(result);
      expect(outputText(result)).toBe(expected);
      expect(narrow(result)).toBe(result);
    });
  }

  it("leaves a node as wide as its widest user wants it", () => {
    const sum = arithmetic("add", x, y, 9, false);
    const module = moduleOf(low(sum, 4), sum);
    expect(narrow(module)).toBe(module);
    const both = narrow(moduleOf(low(sum, 4), low(sum, 8)));
    expect([outputText(both, 0), outputText(both, 1)]).toEqual(["slice(add(x, y):u8, 3, 0):u4", "add(x, y):u8"]);
  });

  it("does not touch the width of what is declared", () => {
    const module: ModuleNetlist = {
      ...moduleOf(low(memoryRead(0, x, 8, false), 4), low(x, 2)),
      memories: [{ id: 0, name: "ram", depth: 256, width: 8, signed: false, writes: [] }],
    };
    expect(narrow(module)).toBe(module);
  });

  it("keeps names", () => {
    const product = arithmetic("mul", a, b, 23, true, { label: "product" });
    const result = narrow(moduleOf(low(product, 22)));
    expect(result.ports.at(-1)!.drivers[0]).toMatchObject({ kind: "cast", operand: { label: "product", width: 22 } });
    const named = slice(arithmetic("add", x, y, 9, false), 7, 0, { label: "wrapped" });
    expect(narrow(moduleOf(named)).ports.at(-1)!.drivers[0]).toMatchObject({ kind: "arithmetic", label: "wrapped" });
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning((design) => mapModules(design, ({ current }) => narrow(current)), { seeds: 200, cycles: 12 });
  });
});
