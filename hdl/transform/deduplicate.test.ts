import { describe, expect, it } from "vitest";
import {
  arithmetic,
  constant,
  type Design,
  designOf,
  input,
  instanceOutput,
  type ModuleNetlist,
  type Node,
  not,
  register,
} from "../ir/index.ts";
import { uint } from "../types/index.ts";
import { deduplicate } from "./deduplicate.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf } from "./testing/small-module.ts";

const a = (): Node => input("a", 0, 8, false);

/** Labels differ between equal modules: they do not count. */
let labels = 0;

/** A module that adds a constant, made anew on every call. */
const adder = (amount: number, params: Record<string, unknown> = { amount }, name = "Adder"): ModuleNetlist => ({
  ...moduleOf(arithmetic("add", a(), constant(BigInt(amount), 8, false), 8, false, { label: `label${labels++}` })),
  name,
  params,
});

const topOf = (children: readonly ModuleNetlist[], name = "Top"): Design =>
  designOf({
    ...moduleOf(a(), ...children.map((_, i) => instanceOutput(i, "q0", 0, 8, false))),
    name,
    instances: children.map((module, id) => ({ id, name: `u${id}`, module, inputs: new Map([["a", [a()]]]) })),
  });

const namesAfter = (design: Design): string[] => deduplicate(design).modules.map((module) => module.name);

describe("deduplicate", () => {
  it("makes equal modules one object, through the hierarchy", () => {
    const pair = (): ModuleNetlist => ({ ...topOf([adder(1), adder(1)], "Pair").top });
    const result = deduplicate(topOf([pair(), pair()]));
    expect(result.modules.map((module) => module.name)).toEqual(["Adder", "Pair", "Top"]);
    const [first, second] = result.top.instances;
    expect(first!.module).toBe(second!.module);
    expect(first!.module.instances[0]!.module).toBe(first!.module.instances[1]!.module);
  });

  it("tells modules apart by ports, names, reset values and children", () => {
    const plain = (): ModuleNetlist => ({ ...moduleOf(not(a())), name: "M", params: {} });
    const state = register(0, 8, false);
    const withRegister = (name: string, reset: bigint | undefined): ModuleNetlist => ({
      ...moduleOf(state, a()),
      name: "R",
      registers: [{ node: state, name, next: a(), reset, group: 0 }],
    });
    const port = { name: "spare", direction: "input" as const, type: uint(1), drivers: [] };
    const parent = (amount: number): ModuleNetlist => ({ ...topOf([adder(amount, {})], "P").top });
    const different: [ModuleNetlist, ModuleNetlist][] = [
      [plain(), { ...plain(), ports: [...plain().ports, port] }],
      [withRegister("x", 0n), withRegister("y", 0n)],
      [withRegister("x", 0n), withRegister("x", 1n)],
      [withRegister("x", 0n), withRegister("x", undefined)],
      [parent(1), parent(2)],
    ];
    for (const [one, other] of different) {
      const modules = [one, other].map((module) => module.name);
      const names = deduplicate(designOf(hold(one, other))).modules.map((module) => module.name);
      expect(names.filter((name) => name.startsWith(modules[0]!))).toHaveLength(2);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(deduplicate(designOf(hold(withRegister("x", 0n), withRegister("x", 0n)))).modules).toHaveLength(2);
  });

  it("does not mind ids", () => {
    const counter = (id: number): ModuleNetlist => {
      const node = register(id, 8, false);
      return {
        ...moduleOf(arithmetic("add", node, a(), 8, false)),
        name: "Counter",
        registers: [{ node, name: "count", next: a(), reset: 0n, group: 0 }],
      };
    };
    expect(namesAfter(topOf([counter(1), counter(7)]))).toEqual(["Counter", "Top"]);
  });

  it("names modules by the parameters in which they differ", () => {
    const lane = (vectorSize: number, mode: string) =>
      adder(vectorSize, { elementBits: 4, vectorSize, mode }, "MacLane");
    expect(namesAfter(topOf([lane(32, "a"), lane(64, "a"), lane(32, "a")]))).toEqual([
      "MacLane_vectorSize32",
      "MacLane_vectorSize64",
      "Top",
    ]);
    expect(namesAfter(topOf([lane(32, "half up"), lane(64, "exact")]))).toEqual([
      "MacLane_vectorSize32_mode_half_up",
      "MacLane_vectorSize64_mode_exact",
      "Top",
    ]);
  });

  it("writes every kind of value so that it is a legal name", () => {
    const values = [
      -3,
      2.5,
      true,
      undefined,
      null,
      12n,
      [1, 2],
      { x: 1, y: "é/*" },
      "`$`",
      "",
      () => 1,
      "a".repeat(99),
    ];
    const names = namesAfter(topOf(values.map((value, i) => adder(i, { value }))));
    for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,40}$/);
    expect(new Set(names).size).toBe(values.length + 1);
    expect(names.slice(0, 4)).toEqual([
      "Adder_value_minus3",
      "Adder_value2_5",
      "Adder_value_true",
      "Adder_value_undefined",
    ]);
  });

  it("numbers what still collides and never takes the name of the top or of another class", () => {
    expect(namesAfter(topOf([adder(1, {}), adder(2, {}), adder(3, {})]))).toEqual([
      "Adder",
      "Adder_2",
      "Adder_3",
      "Top",
    ]);
    expect(namesAfter(topOf([adder(1, {}, "Top"), adder(2, {}, "Top")]))).toEqual(["Top_2", "Top_3", "Top"]);
    const taken = adder(9, {}, "Adder_amount1");
    expect(namesAfter(topOf([adder(1), adder(2), taken]))).toEqual([
      "Adder_amount1_2",
      "Adder_amount2",
      "Adder_amount1",
      "Top",
    ]);
  });

  it("returns the same design when there is nothing to do", () => {
    const design = topOf([adder(1)]);
    expect(deduplicate(design)).toBe(design);
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning(deduplicate, { seeds: 150, cycles: 12 });
  });
});

/** A top that holds one instance of each module, with every input driven by 0. */
function hold(...modules: ModuleNetlist[]): ModuleNetlist {
  return {
    ...moduleOf(...modules.map((_, i) => instanceOutput(i, "q0", 0, 8, false))),
    name: "Top",
    instances: modules.map((module, id) => ({
      id,
      name: `u${id}`,
      module,
      inputs: new Map(
        module.ports
          .filter((port) => port.direction === "input" && port.type.kind !== "vec")
          .map((port) => [port.name, [constant(0n, port.type.kind === "vec" ? 1 : port.type.width, false)]]),
      ),
    })),
  };
}
