import { describe, expect, it } from "vitest";
import { uint } from "../types/index.ts";
import {
  arithmetic,
  constant,
  designOf,
  input,
  type ModuleNetlist,
  type Node,
  not,
  operandsOf,
  postorder,
  printModule,
  rewriteModule,
  rootsOf,
  verifyNetlist,
} from "./index.ts";
import { randomNetlist } from "./testing/random-netlist.ts";
import { findDifference } from "./testing/same-behaviour.ts";

const a = input("a", 0, 8, false);
const withOutput = (node: Node): ModuleNetlist => ({
  name: "M",
  params: {},
  ports: [
    { name: "a", direction: "input", type: uint(8), drivers: [] },
    { name: "q", direction: "output", type: uint(8), drivers: [node] },
  ],
  wires: [],
  registers: [],
  memories: [],
  instances: [],
});

describe("rewriteModule", () => {
  it("returns the same object when nothing changes", () => {
    for (const module of randomNetlist(1).modules) expect(rewriteModule(module, (node) => node)).toBe(module);
  });

  it("rebuilds users, keeps their label, width and sign, and freezes the result", () => {
    const one = constant(1n, 1, false);
    const sum = arithmetic("add", not(a), one, 8, false, { label: "total" });
    const module = withOutput(sum);
    const result = rewriteModule(module, (node) => (node === one ? constant(0n, 1, false) : node));
    const driver = result.ports[1]!.drivers[0]!;
    expect(driver).toMatchObject({ kind: "arithmetic", label: "total", width: 8, signed: false });
    expect(operandsOf(driver)[0]).toBe(operandsOf(sum)[0]);
    expect(operandsOf(driver)[1]).toMatchObject({ kind: "constant", value: 0n });
    expect([result, result.ports, result.ports[1], driver].every(Object.isFrozen)).toBe(true);
    expect(result.ports[0]).toBe(module.ports[0]);
  });

  it("calls back with operands first, once per node, with the original beside", () => {
    const shared = not(a);
    const calls: string[] = [];
    rewriteModule(withOutput(arithmetic("add", shared, shared, 8, false)), (node, original) => {
      calls.push(`${node.kind} ${node === original}`);
      return node.kind === "input" ? { ...node } : node;
    });
    expect(calls).toEqual(["input true", "not false", "arithmetic false"]);
  });

  it("survives an expression a hundred thousand operators deep", () => {
    let node: Node = a;
    for (let i = 0; i < 100_000; i++) node = not(node);
    const result = rewriteModule(withOutput(node), (n) => (n === a ? { ...n } : n));
    let count = 0;
    postorder(rootsOf(result), () => count++);
    expect(count).toBe(100_001);
  });

  it("rebuilds every kind of node and definition without changing what they mean", () => {
    for (let seed = 0; seed < 60; seed++) {
      const design = randomNetlist(seed);
      const copies = new Map<ModuleNetlist, ModuleNetlist>();
      for (const module of design.modules) {
        const copy = rewriteModule(
          module,
          (node) => Object.freeze({ ...node }),
          (child) => copies.get(child)!,
        );
        expect(copy).not.toBe(module);
        expect(printModule(copy)).toBe(printModule(module));
        copies.set(module, copy);
      }
      const copy = designOf(copies.get(design.top)!);
      verifyNetlist(copy);
      expect(findDifference(design, copy, seed, 5)).toBeUndefined();
    }
  });
});
