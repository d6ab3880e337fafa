import { describe, expect, it } from "vitest";
import {
  arithmetic,
  bitwise,
  compare,
  concat,
  constant,
  input,
  type Node,
  not,
  postorder,
  register,
  rootsOf,
  slice,
  verifyModule,
  wire,
} from "../ir/index.ts";
import { mapModules } from "./deduplicate.ts";
import { share } from "./share.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf } from "./testing/small-module.ts";

const a = input("a", 0, 8, false);
const b = input("b", 0, 8, false);
const add = (left: Node, right: Node, label?: string) => arithmetic("add", left, right, 9, false, { label });

/** The drivers of the outputs after sharing. */
const shared = (...outputs: Node[]): readonly Node[] => {
  const result = share(moduleOf(...outputs));
  verifyModule(result);
  return result.ports.flatMap((port) => port.drivers);
};

/** The same for netlists with wires that are not defined. */
const sharedUnverified = (...outputs: Node[]): readonly Node[] =>
  share(moduleOf(...outputs)).ports.flatMap((port) => port.drivers);

describe("share", () => {
  it("makes equal expressions one object, however deep", () => {
    const [first, second] = shared(not(add(not(a), b)), not(add(not(a), b)));
    expect(first).toBe(second);
  });

  it("does not mind the order of operands where the operator does not", () => {
    for (const [left, right] of [
      [add(a, b), add(b, a)],
      [bitwise("xor", a, b), bitwise("xor", b, a)],
      [compare("eq", a, b), compare("eq", b, a)],
    ] as const) {
      const [first, second] = shared(left, right);
      expect(first).toBe(left);
      expect(second).toBe(left);
    }
  });

  it("tells everything apart that differs", () => {
    const sub = (left: Node, right: Node) => arithmetic("sub", left, right, 9, false);
    const different: readonly Node[] = [
      add(a, b),
      arithmetic("add", a, b, 8, false),
      arithmetic("mul", a, b, 9, false),
      sub(a, b),
      sub(b, a),
      arithmetic("sub", a, b, 9, true),
      compare("lt", a, b),
      compare("lt", b, a),
      compare("le", a, b),
      bitwise("and", a, b),
      bitwise("or", a, b),
      slice(a, 3, 0),
      slice(a, 4, 1),
      slice(a, 4, 0),
      concat([a, b]),
      concat([b, a]),
      concat([a, a]),
      concat([a, a, b]),
      add(a, constant(1n, 8, false)),
      add(a, constant(2n, 8, false)),
      add(a, constant(1n, 7, false)),
      add(a, constant((1n << 70n) + 1n, 80, false)),
      add(a, constant((1n << 75n) + 1n, 80, false)),
    ];
    const result = shared(...different);
    expect(new Set(result).size).toBe(different.length);
    expect(result).toEqual(different);
  });

  it("tells thousands of like nodes apart, and finds each one's double", () => {
    const wide = input("wide", 0, 3000, false);
    const like = (): Node[] =>
      Array.from({ length: 3000 }, (_, i) => [
        slice(wide, i, i),
        not(wire(i, 8, false)),
        arithmetic("add", a, constant(BigInt(i) << 32n, 50, false), 9, false),
      ]).flat();
    const [first, second] = [like(), like()];
    const result = sharedUnverified(...first, ...second);
    expect(result).toEqual([...first, ...first]);
    expect(new Set(result).size).toBe(first.length);
  });

  it("knows leaves by what they stand for", () => {
    const again = input("a", 0, 8, false);
    const [first, second] = shared(not(a), not(again));
    expect(first).toBe(second);
    const leaves: Node[] = [wire(0, 8, false), register(0, 8, false), wire(1, 8, false), register(1, 8, false)];
    const module = moduleOf(...leaves.map((leaf) => not(leaf)));
    expect(share(module)).toBe(module);
  });

  it("takes the name that a user gave, and the first of two", () => {
    const labels = (...nodes: Node[]) => shared(...nodes).map((node) => node.label);
    expect(labels(add(a, b), add(a, b, "sum"))).toEqual(["sum", "sum"]);
    expect(labels(add(a, b, "one"), add(b, a, "two"))).toEqual(["one", "one"]);
  });

  it("keeps constants apart, each with its name", () => {
    const [one, other] = [constant(1n, 8, false, { label: "one" }), constant(1n, 8, false)];
    const result = shared(not(one), not(other), one, other);
    expect(result[0]).toBe(result[1]);
    expect(result.slice(2)).toEqual([one, other]);
    expect(result[3]!.label).toBeUndefined();
  });

  it("leaves no two equal nodes, and does nothing the second time", () => {
    const many = Array.from({ length: 50 }, (_, i) => add(not(a), slice(b, (i % 5) + 2, 0)));
    const result = share(moduleOf(...many));
    let count = 0;
    postorder(rootsOf(result), () => count++);
    expect(count).toBe(2 + 1 + 5 + 5);
    expect(share(result)).toBe(result);
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning((design) => mapModules(design, ({ current }) => share(current)), { seeds: 200, cycles: 12 });
  });
});
