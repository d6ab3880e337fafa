import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { designOf, type InstanceDefinition, type ModuleNetlist, type Node, type Port } from "../ir/index.ts";
import { emitVerilog } from "./emit.ts";
import { inputPort, inputs, moduleOf, outputPort, outputsOf } from "./testing/build.ts";
import { firstDifference, stimulus } from "./testing/compare.ts";
import { moduleFrom, type Recipe, recipes } from "./testing/random-module.ts";
import { checkWithYosys, lint } from "./testing/tools.ts";

/** A small generator of numbers, so that a failing run can be repeated. */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** One top with a child for each recipe, so that one run of a tool serves them all. */
function together(batch: readonly Recipe[], corners: boolean): { top: ModuleNetlist; parts: ModuleNetlist[] } {
  const parts = batch.map((recipe, k) => moduleFrom(recipe, `part_${k}`, corners));
  const ports: Port[] = [];
  const instances: InstanceDefinition[] = [];
  parts.forEach((part, id) => {
    const connected = new Map<string, Node[]>();
    for (const { name, type, direction } of part.ports) {
      if (direction === "output") continue;
      ports.push(inputPort(`p${id}_${name}`, type));
      connected.set(name, inputs(`p${id}_${name}`, type));
    }
    instances.push({ id, name: `child_${id}`, module: part, inputs: connected });
  });
  parts.forEach((part, id) => {
    for (const { name, type, direction } of part.ports) {
      if (direction === "input") continue;
      ports.push(outputPort(`p${id}_${name}`, type, ...outputsOf(instances[id]!, name)));
    }
  });
  return { top: moduleOf({ name: "random_top", ports, instances }), parts };
}

const batches = fc.array(recipes, { minLength: 1, maxLength: 12, size: "max" });

describe("random modules", () => {
  it("mean in Icarus what the netlist means", () => {
    fc.assert(
      fc.property(batches, fc.integer(), (batch, seed) => {
        const { top, parts } = together(batch, true);
        const random = numbers(seed);
        const each = parts.map((part) => stimulus(part, 40, random));
        const frames = each[0]!.map((_, cycle) => each.map((list) => list[cycle]!));
        expect(firstDifference(designOf(top), parts, frames)).toBeUndefined();
      }),
      { numRuns: 30, interruptAfterTimeLimit: 30_000 },
    );
  });

  it("pass Verilator's lint without a warning", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        lint(emitVerilog(designOf(together(batch, false).top)));
      }),
      { numRuns: 25, interruptAfterTimeLimit: 30_000 },
    );
  });

  it("pass the checks of Yosys", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        checkWithYosys(emitVerilog(designOf(together(batch, false).top)));
      }),
      { numRuns: 8, interruptAfterTimeLimit: 30_000 },
    );
  });
});
