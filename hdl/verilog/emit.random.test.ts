import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { designOf, type ModuleNetlist } from "../ir/index.ts";
import { emitVerilog } from "./emit.ts";
import { firstDifference, stimulus } from "./testing/compare.ts";
import { numbers } from "./testing/numbers.ts";
import { moduleFrom, type Recipe, recipes } from "./testing/random-module.ts";
import { together } from "./testing/together.ts";
import { checkWithYosys, lint } from "./testing/tools.ts";

const plainParts = (batch: readonly Recipe[]): ModuleNetlist[] =>
  batch.map((recipe, k) => moduleFrom(recipe, `part_${k}`, false));
const batches = fc.array(recipes, { minLength: 1, maxLength: 12, size: "max" });

describe("random modules", () => {
  it("mean in Icarus what the netlist means", () => {
    fc.assert(
      fc.property(batches, fc.integer(), (batch, seed) => {
        const parts = batch.map((recipe, k) => moduleFrom(recipe, `part_${k}`, true));
        const top = together(parts);
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
        lint(emitVerilog(designOf(together(plainParts(batch)))));
      }),
      { numRuns: 25, interruptAfterTimeLimit: 30_000 },
    );
  });

  it("pass the checks of Yosys", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        checkWithYosys(emitVerilog(designOf(together(plainParts(batch)))));
      }),
      { numRuns: 8, interruptAfterTimeLimit: 30_000 },
    );
  });
});
