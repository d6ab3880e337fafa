import { describe, expect, it } from "vitest";
import { moduleOf } from "../transform/testing/small-module.ts";
import { input, type ModuleNetlist, type Node, not, sameNetlist } from "./index.ts";
import { randomNetlist } from "./testing/random-netlist.ts";

/** What an object holds, with the way to set it in a copy. */
type Holder = Record<string, unknown>;

const isData = (value: unknown): value is Holder => typeof value === "object" && value !== null;

/** A deep copy that shares what the original shares; `change` may give a plain value another one. Children stay. */
function copyOf<T>(value: T, change: (value: unknown) => unknown = (same) => same): T {
  const copies = new Map<object, unknown>();
  const copy = (each: unknown): unknown => {
    if (!isData(each)) return change(each);
    if (each instanceof Map) return new Map([...each].map(([key, inner]) => [key, copy(inner)]));
    const known = copies.get(each);
    if (known !== undefined) return known;
    const made: Holder | unknown[] = Array.isArray(each) ? [] : {};
    copies.set(each, made);
    for (const key of Object.keys(each)) (made as Holder)[key] = key === "module" ? each[key] : copy(each[key]);
    return made;
  };
  return copy(value) as T;
}

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === "bigint") return value + 1n;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return `${value}_`;
  return typeof value === "boolean" ? !value : "something";
}

const modules = Array.from({ length: 12 }, (_, seed) => randomNetlist(seed + 1).modules).flat();

describe("sameNetlist", () => {
  it("finds copies the same", () => {
    for (const module of modules) expect(sameNetlist(module, copyOf(module))).toBe(true);
  });

  it("finds two random modules different", () => {
    for (const one of modules) for (const two of modules) expect(sameNetlist(one, two)).toBe(one === two);
  });

  it("sees a change of any single value, wherever it is", () => {
    for (const module of modules) {
      let values = 0;
      copyOf(module, (value) => {
        values++;
        return value;
      });
      for (let changed = 0; changed < values; changed += Math.ceil(values / 60)) {
        let at = 0;
        const copy = copyOf(module, (value) => (at++ === changed ? other(value) : value));
        expect(sameNetlist(module, copy), `value ${changed} of ${module.name}`).toBe(false);
        expect(sameNetlist(copy, module)).toBe(false);
      }
    }
  });

  const over = (node: Node, params: Record<string, unknown> = {}): ModuleNetlist => ({ ...moduleOf(node), params });

  it("takes objects of a class, functions and other netlists for the same only when they are one", () => {
    const node = input("a", 0, 8, false);
    class Format {
      readonly bits = 4;
    }
    const format = new Format();
    const round = (): number => 0;
    expect(sameNetlist(over(node, { format, round }), over(node, { format, round }))).toBe(true);
    expect(sameNetlist(over(node, { format }), over(node, { format: new Format() }))).toBe(false);
    expect(sameNetlist(over(node, { round }), over(node, { round: () => 0 }))).toBe(false);
    const parent = (module: ModuleNetlist): ModuleNetlist => ({
      ...over(node),
      instances: [{ id: 0, name: "child", module, inputs: new Map([["a", [node]]]) }],
    });
    const child = over(node);
    expect(sameNetlist(parent(child), parent(child))).toBe(true);
    expect(sameNetlist(parent(child), parent(over(node)))).toBe(false);
  });

  it("tells two equal nodes from one that is used twice, either way round", () => {
    const node = (): Node => not(input("a", 0, 8, false));
    const shared = node();
    const [once, twice] = [moduleOf(shared, shared), moduleOf(node(), node())];
    expect(sameNetlist(twice, moduleOf(node(), node()))).toBe(true);
    expect(sameNetlist(once, twice)).toBe(false);
    expect(sameNetlist(twice, once)).toBe(false);
  });

  it("looks at each value once and needs no depth of the stack", () => {
    const deep = (): ModuleNetlist => {
      let node: Node = input("a", 0, 8, false);
      for (let i = 0; i < 100_000; i++) node = not(node);
      return over(node);
    };
    expect(sameNetlist(deep(), deep())).toBe(true);
    const wide = (): ModuleNetlist => {
      let list: unknown = 1;
      for (let i = 0; i < 100; i++) list = [list, list];
      return over(input("a", 0, 8, false), { list });
    };
    expect(sameNetlist(wide(), wide())).toBe(true);
  });
});
