import { describe, expect, it } from "vitest";
import {
  arithmetic,
  constant,
  input,
  instanceOutput,
  type ModuleNetlist,
  memoryRead,
  type Node,
  not,
  register,
  verifyModule,
  wire,
} from "../ir/index.ts";
import { uint } from "../types/index.ts";
import { mapModules } from "./deduplicate.ts";
import { remove } from "./remove.ts";
import { checkMeaning } from "./testing/check-meaning.ts";
import { moduleOf } from "./testing/small-module.ts";

const a = input("a", 0, 8, false);
const one = constant(1n, 1, false);
const child = { ...moduleOf(not(a)), name: "Child" };
const silent: ModuleNetlist = { ...child, name: "Silent", ports: child.ports.slice(0, 1) };

const registerOf = (id: number, name: string, next: Node) => ({
  node: register(id, 8, false),
  name,
  next,
  reset: undefined,
  group: 0,
});
const wireOf = (id: number, driver: Node) => ({ node: wire(id, 8, false), name: `w${id}`, driver });
const memoryOf = (id: number, data: Node) => ({
  id,
  name: `ram${id}`,
  depth: 4,
  width: 8,
  signed: false,
  writes: [{ enable: one, address: one, data }],
});
const instanceOf = (id: number, module: ModuleNetlist, node: Node) => ({
  id,
  name: `u${id}`,
  module,
  inputs: new Map([["a", [node]]]),
});

/** The names of what is left. */
const left = (module: ModuleNetlist): string[] => {
  verifyModule(module);
  const result = remove(module);
  verifyModule(result);
  return [result.wires, result.registers, result.memories, result.instances]
    .flat()
    .map((definition) => definition.name);
};

describe("remove", () => {
  it("removes wires, registers, memories and instances that reach no output", () => {
    const module: ModuleNetlist = {
      ...moduleOf(a),
      wires: [wireOf(0, a), wireOf(1, wire(0, 8, false))],
      registers: [registerOf(0, "r", wire(1, 8, false))],
      memories: [memoryOf(0, register(0, 8, false))],
      instances: [instanceOf(0, child, memoryRead(0, one, 8, false))],
    };
    expect(left(module)).toEqual([]);
  });

  it("keeps everything on the way to an output", () => {
    const module: ModuleNetlist = {
      ...moduleOf(a, instanceOutput(5, "q0", 0, 8, false)),
      wires: [wireOf(0, a), wireOf(1, wire(0, 8, false))],
      registers: [registerOf(0, "r", wire(1, 8, false))],
      memories: [memoryOf(0, register(0, 8, false))],
      instances: [instanceOf(5, child, memoryRead(0, one, 8, false))],
    };
    expect(left(module)).toEqual(["w0", "w1", "r", "ram0", "u5"]);
    expect(remove(module)).toBe(module);
  });

  it("removes registers that only feed themselves or each other", () => {
    const [self, ping, pong, live] = [0, 1, 2, 3].map((id) => register(id, 8, false)) as [Node, Node, Node, Node];
    const module: ModuleNetlist = {
      ...moduleOf(a, live),
      registers: [
        registerOf(0, "self", arithmetic("add", self, one, 8, false)),
        registerOf(1, "ping", pong),
        registerOf(2, "pong", arithmetic("add", ping, live, 8, false)),
        registerOf(3, "live", arithmetic("add", live, a, 8, false)),
      ],
    };
    expect(left(module)).toEqual(["live"]);
  });

  it("removes instances without outputs and a memory that is only written", () => {
    const module: ModuleNetlist = {
      ...moduleOf(a),
      memories: [memoryOf(0, a)],
      instances: [instanceOf(0, silent, a)],
    };
    expect(left(module)).toEqual([]);
  });

  it("removes one of two instances and keeps the input ports", () => {
    const module: ModuleNetlist = {
      ...moduleOf(instanceOutput(2, "q0", 0, 8, false), not(a)),
      instances: [instanceOf(1, child, instanceOutput(2, "q0", 0, 8, false)), instanceOf(2, child, a)],
    };
    expect(left(module)).toEqual(["u2"]);
    const alone: ModuleNetlist = {
      ...moduleOf(one),
      ports: [{ name: "z", direction: "input", type: uint(3), drivers: [] }],
    };
    expect(remove(alone)).toBe(alone);
  });

  it("preserves the meaning of random netlists", () => {
    checkMeaning((design) => mapModules(design, ({ current }) => remove(current)), { seeds: 150, cycles: 12 });
  });
});
