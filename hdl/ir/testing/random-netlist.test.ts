import { describe, expect, it } from "vitest";
import { type ModuleNetlist, postorder, rootsOf } from "../index.ts";
import { interpret } from "./interpreter.ts";
import { randomNetlist } from "./random-netlist.ts";

const nodesOf = (module: ModuleNetlist): string[] => {
  const kinds: string[] = [];
  postorder(rootsOf(module), (node) => kinds.push(`${node.kind} ${node.width} ${node.signed}`));
  return kinds;
};

describe("randomNetlist", () => {
  it("depends on the seed alone", () => {
    const text = (seed: number) => JSON.stringify(randomNetlist(seed).modules.map(nodesOf));
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
  });

  it("covers every kind of node, both signs, wide values and modules used twice", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      for (const module of randomNetlist(seed).modules) {
        postorder(rootsOf(module), (node) => {
          seen.add(node.kind).add(node.signed ? "signed" : "unsigned");
          if (node.width > 64) seen.add("wide");
        });
        const children = module.instances.map((instance) => instance.module);
        if (new Set(children).size < children.length) seen.add("used twice");
        if (children.some((child) => child.instances.length > 0)) seen.add("grandchildren");
        if (module.ports.some((port) => port.type.kind === "vec")) seen.add("vec port");
        if (module.registers.some((r) => r.reset === undefined)) seen.add("no reset");
        if (module.memories.some((m) => m.writes.length > 0)) seen.add("write port");
      }
    }
    const expected = [
      "signed",
      "unsigned",
      "wide",
      "used twice",
      "grandchildren",
      "vec port",
      "no reset",
      "write port",
    ];
    expected.push("constant", "input", "wire", "register", "instance-output", "memory-read", "arithmetic", "bitwise");
    expected.push("not", "compare", "mux", "concat", "replicate", "slice", "extend", "cast", "reduce", "shift");
    expected.push("index-bits");
    expect([...seen].sort()).toEqual(expected.sort());
  });

  it("leaves out what the options say", () => {
    for (let seed = 0; seed < 20; seed++) {
      const options = {
        registers: false,
        wires: false,
        memories: false,
        instances: false,
        vecPorts: false,
        maxWidth: 8,
      };
      const { top, modules } = randomNetlist(seed, options);
      expect(modules).toEqual([top]);
      expect([top.registers, top.wires, top.memories].flat()).toEqual([]);
      expect(top.ports.every((port) => port.type.kind !== "vec" && port.type.width <= 8)).toBe(true);
      const known = randomNetlist(seed, { alwaysReset: true });
      expect(known.modules.every((m) => m.registers.every((r) => r.reset !== undefined))).toBe(true);
    }
  });

  it("is acyclic: every output can be computed", () => {
    for (let seed = 0; seed < 100; seed++) {
      const design = randomNetlist(seed);
      const bench = interpret(design);
      for (let cycle = 0; cycle < 2; cycle++) {
        for (const port of design.top.ports) {
          if (port.direction === "output") expect(() => bench.readOutput(port.name)).not.toThrow();
        }
        bench.step();
      }
    }
  });
});
