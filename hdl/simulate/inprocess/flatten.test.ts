import { describe, expect, it } from "vitest";
import {
  arithmetic,
  bitwise,
  cast,
  concat,
  constant,
  designOf,
  extend,
  input,
  instanceOutput,
  type ModuleNetlist,
  type Node,
  register,
  slice,
  wire,
} from "../../ir/index.ts";
import { type PackedType, sint, uint, vec } from "../../types/index.ts";
import { createInProcessEngine } from "./engine.ts";
import { flatten } from "./flatten.ts";

const inPort = (name: string, type: PackedType) => ({ name, direction: "input", type, drivers: [] }) as const;
const outPort = (name: string, type: PackedType, ...drivers: Node[]) =>
  ({ name, direction: "output", type, drivers }) as const;

function moduleOf(name: string, parts: Partial<ModuleNetlist>): ModuleNetlist {
  return { name, params: {}, ports: [], wires: [], registers: [], memories: [], instances: [], ...parts };
}

/** out = in + 1, wrapping, through a wire; and the delayed input. */
const increment = (() => {
  const x = input("x", 0, 8, false);
  const sum = wire(0, 8, false);
  const old = register(0, 8, false);
  return moduleOf("increment", {
    ports: [inPort("x", uint(8)), outPort("y", uint(8), sum), outPort("z", uint(8), old)],
    wires: [{ node: sum, name: "sum", driver: arithmetic("add", x, constant(1n, 8, false), 8, false) }],
    registers: [{ node: old, name: "old", next: x, reset: undefined, group: 0 }],
  });
})();

describe("flatten", () => {
  it("expands instances and dissolves wires, ports and extensions", () => {
    const y0 = instanceOutput(0, "y", 0, 8, false);
    const top = moduleOf("top", {
      ports: [inPort("x", uint(8)), outPort("y", uint(12), extend(instanceOutput(1, "y", 0, 8, false), 12))],
      instances: [
        { id: 0, name: "first", module: increment, inputs: new Map([["x", [input("x", 0, 8, false)]]]) },
        { id: 1, name: "second", module: increment, inputs: new Map([["x", [y0]]]) },
      ],
    });
    const flat = flatten(designOf(top));
    const operators = flat.cells.filter((cell) => cell.operands.length > 0);
    expect(operators.map((cell) => cell.node.kind)).toEqual(["arithmetic", "arithmetic"]);
    expect(operators[1]!.operands[0]).toBe(flat.cells.indexOf(operators[0]!));
    expect(flat.registers.map(({ scope, name }) => [...scope, name].join("."))).toEqual([
      "top.first.old",
      "top.second.old",
    ]);
    expect(flat.outputs[0]).toMatchObject({ name: "y", width: 12, drivers: [flat.cells.indexOf(operators[1]!)] });
    const names = flat.names().map(({ scope, name }) => [...scope, name].join("."));
    expect(names.sort()).toEqual([
      "top.first.old",
      "top.first.sum",
      "top.first.x",
      "top.first.y",
      "top.first.z",
      // The nets of the Verilog that the outputs of instances are connected to.
      "top.first_y",
      "top.first_z",
      "top.second.old",
      "top.second.sum",
      "top.second.x",
      "top.second.y",
      "top.second.z",
      "top.second_y",
      "top.second_z",
      "top.x",
      "top.y",
    ]);
  });

  it("takes packed vectors apart without packing them", () => {
    const elements = Array.from({ length: 64 }, (_, i) => input("x", 63 - i, 4, true));
    const packed = concat(elements);
    const bytes = Array.from({ length: 32 }, (_, i) => cast(slice(packed, 8 * i + 7, 8 * i), true));
    const top = moduleOf("top", {
      ports: [
        inPort("x", vec(64, sint(4))),
        outPort("y", vec(32, sint(8)), ...bytes),
        outPort("z", uint(4), slice(packed, 7, 4)),
      ],
    });
    const flat = flatten(designOf(top));
    for (const driver of flat.outputs[0]!.drivers) {
      const { node, operands, signed } = flat.cells[driver]!;
      expect([node.kind, operands.length, signed]).toEqual(["concat", 2, true]);
    }
    expect(flat.cells[flat.outputs[1]!.drivers[0]!]!.node.kind).toBe("slice");
  });

  it("names the signals of a combinational loop through the hierarchy", () => {
    const looped = wire(0, 8, false);
    const top = moduleOf("top", {
      ports: [outPort("y", uint(8), looped)],
      wires: [{ node: looped, name: "looped", driver: instanceOutput(0, "y", 0, 8, false) }],
      instances: [{ id: 0, name: "child", module: increment, inputs: new Map([["x", [looped]]]) }],
    });
    expect(() => flatten(designOf(top))).toThrow(
      "combinational loop: top.child.x <- top.looped <- top.child.y <- top.child.sum <- top.child.x. " +
        "Break it with a register.",
    );
  });

  it("takes a path through one element of a vector for no loop", () => {
    const [a, b] = [wire(0, 8, false), wire(1, 8, false)];
    const pass = moduleOf("pass", {
      ports: [
        inPort("x", vec(2, uint(8))),
        outPort("y", vec(2, uint(8)), input("x", 0, 8, false), input("x", 1, 8, false)),
      ],
    });
    const top = moduleOf("top", {
      ports: [inPort("x", uint(8)), outPort("y", uint(8), b)],
      wires: [
        { node: a, name: "a", driver: instanceOutput(0, "y", 0, 8, false) },
        { node: b, name: "b", driver: instanceOutput(0, "y", 1, 8, false) },
      ],
      instances: [{ id: 0, name: "pass", module: pass, inputs: new Map([["x", [input("x", 0, 8, false), a]]]) }],
    });
    const engine = createInProcessEngine(designOf(top));
    engine.write(0, [77]);
    expect(engine.read(0)[0]).toBe(77);
  });

  it("says which wire has no driver", () => {
    const top = moduleOf("top", { ports: [outPort("y", uint(8), wire(3, 8, false))] });
    expect(() => flatten(designOf(top))).toThrow(/top\.wire 3 has no driver/);
  });

  it("walks a chain of 100,000 operators", () => {
    const length = 100_000;
    const x = input("x", 0, 16, false);
    let chain: Node = x;
    for (let i = 0; i < length; i++) {
      chain = i % 2 === 0 ? arithmetic("add", chain, x, 16, false) : bitwise("xor", x, chain);
    }
    const top = moduleOf("top", { ports: [inPort("x", uint(16)), outPort("y", uint(16), chain)] });
    const engine = createInProcessEngine(designOf(top));
    for (const value of [0, 1, 0x1234, 0xffff]) {
      let expected = value;
      for (let i = 0; i < length; i++) expected = i % 2 === 0 ? (expected + value) & 0xffff : expected ^ value;
      engine.write(0, [value]);
      expect(engine.read(0)[0]).toBe(expected);
    }
  });
});
