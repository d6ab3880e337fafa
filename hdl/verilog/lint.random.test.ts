import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "../elaborate.ts";
import { optimize } from "../transform/index.ts";
import { type EmittedFile, emitVerilog } from "./emit.ts";
import { type DesignRecipe, designs, topOf } from "./testing/random-hierarchy.ts";
import { lint } from "./testing/tools.ts";

/** The Verilog of a design, in which nothing may be an error. */
function emitted(recipes: DesignRecipe): EmittedFile[] {
  const { design, diagnostics } = inspect(topOf(recipes));
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return emitVerilog(optimize(design!));
}

describe("random designs of many modules, under names as people give them", () => {
  it("pass Verilator's lint as they are, as for synthesis and as for proofs", () => {
    fc.assert(
      fc.property(designs, (recipes) => lint(emitted(recipes))),
      { numRuns: 40, interruptAfterTimeLimit: 15_000 },
    );
  });

  it("have all of what makes that hard", () => {
    const texts = fc
      .sample(designs, { numRuns: 30, seed: 3 })
      .flatMap((recipes) => emitted(recipes).map((f) => f.text));
    for (const part of [
      "lint_off VARHIDDEN",
      "lint_off SYNCASYNCNET",
      "lint_off MULTIDRIVEN",
      "lint_off SYMRSVDWORD",
      "lint_off LATCH",
      "nothing but properties reads",
      "or negedge",
      "@(negedge",
      "localparam",
      "module AsyncFifo",
      "module AxiLiteFront",
      "elan",
      "u5024",
    ]) {
      expect(texts.filter((text) => text.includes(part)).length, part).toBeGreaterThan(0);
    }
  });
});
