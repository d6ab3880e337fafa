import { describe, expect, it } from "vitest";
import { sint, uint, vec } from "../../types/index.ts";
import {
  arithmetic,
  constant,
  designOf,
  input,
  instanceOutput,
  type ModuleNetlist,
  memoryRead,
  type Node,
  register,
  wire,
} from "../index.ts";
import { interpret } from "./interpreter.ts";

const empty: ModuleNetlist = {
  name: "M",
  params: {},
  ports: [],
  wires: [],
  registers: [],
  memories: [],
  instances: [],
};

describe("interpret", () => {
  it("counts, with reset before next", () => {
    const count = register(5, 2, false);
    const design = designOf({
      ...empty,
      ports: [{ name: "q", direction: "output", type: uint(2), drivers: [count] }],
      registers: [
        {
          node: count,
          name: "count",
          next: arithmetic("add", count, constant(1n, 1, false), 2, false),
          reset: 2n,
          group: 0,
        },
      ],
    });
    const bench = interpret(design);
    const seen: bigint[] = [];
    for (const reset of [false, true, false, false, true]) {
      bench.step(reset);
      seen.push(...bench.readOutput("q"));
    }
    expect(seen).toEqual([1n, 2n, 3n, 0n, 2n]);
  });

  it("reads a memory before the write of the same cycle, and 0 beyond the depth", () => {
    const [address, data] = [input("address", 0, 2, false), input("data", 0, 4, true)];
    const design = designOf({
      ...empty,
      ports: [
        { name: "address", direction: "input", type: uint(2), drivers: [] },
        { name: "data", direction: "input", type: sint(4), drivers: [] },
        { name: "q", direction: "output", type: sint(4), drivers: [memoryRead(7, address, 4, true)] },
      ],
      memories: [
        {
          id: 7,
          name: "ram",
          depth: 3,
          width: 4,
          signed: true,
          writes: [{ enable: constant(1n, 1, false), address, data }],
        },
      ],
    });
    const bench = interpret(design);
    for (const [at, written] of [
      [2n, -3n],
      [3n, 5n],
    ] as const) {
      bench.setInput("address", [at]);
      bench.setInput("data", [written]);
      expect(bench.readOutput("q")).toEqual([0n]);
      bench.step();
      expect(bench.readOutput("q")).toEqual([at === 2n ? -3n : 0n]);
    }
  });

  it("gives every instance its own state and follows a feedback through a child", () => {
    const state = register(0, 8, false);
    const child: ModuleNetlist = {
      ...empty,
      name: "Delay",
      ports: [
        { name: "d", direction: "input", type: vec(2, uint(8)), drivers: [] },
        { name: "q", direction: "output", type: uint(8), drivers: [state] },
      ],
      registers: [
        {
          node: state,
          name: "state",
          next: arithmetic("add", input("d", 0, 8, false), input("d", 1, 8, false), 8, false),
          reset: undefined,
          group: 0,
        },
      ],
    };
    const first = instanceOutput(0, "q", 0, 8, false);
    const second = instanceOutput(1, "q", 0, 8, false);
    const inputs = (a: Node, b: Node) => new Map([["d", [a, b]]]);
    const design = designOf({
      ...empty,
      ports: [{ name: "q", direction: "output", type: uint(8), drivers: [second] }],
      instances: [
        { id: 1, name: "b", module: child, inputs: inputs(first, second) },
        { id: 0, name: "a", module: child, inputs: inputs(first, constant(1n, 8, false)) },
      ],
    });
    const bench = interpret(design);
    const seen: bigint[] = [];
    for (let i = 0; i < 5; i++) {
      seen.push(...bench.readOutput("q"));
      bench.step();
    }
    expect(seen).toEqual([0n, 0n, 1n, 3n, 6n]);
  });

  it("refuses a combinational loop, an unknown port and a value that does not fit", () => {
    const loop = wire(0, 1, false);
    const design = designOf({
      ...empty,
      ports: [
        { name: "a", direction: "input", type: sint(4), drivers: [] },
        { name: "q", direction: "output", type: uint(1), drivers: [loop] },
      ],
      wires: [{ node: loop, name: "loop", driver: loop }],
    });
    const bench = interpret(design);
    expect(() => bench.readOutput("q")).toThrow("combinational loop");
    expect(() => bench.readOutput("a")).toThrow("no output port a");
    expect(() => bench.setInput("q", [0n])).toThrow("no input port q");
    expect(() => bench.setInput("a", [8n])).toThrow("does not fit sint(4)");
    expect(() => bench.setInput("a", [])).toThrow("0 values for 1");
  });
});
