import { expect, test } from "vitest";
import { generatorNamed } from "../../generators/index.ts";
import { engineNames } from "../../hdl/index.ts";
import type { ParameterValue } from "../../spec/index.ts";
import { runSim } from "../run-sim.ts";

const configure = (params: Readonly<Record<string, ParameterValue>>) =>
  generatorNamed("post-process").configure(params);

const variants: readonly Readonly<Record<string, ParameterValue>>[] = [
  { lanes: 2, vectorSize: 8, depth: 3, rounding: "half-even", pipelineStages: 1 },
  { lanes: 4, vectorSize: 4, depth: 1, rounding: "down", biasBits: 0, pipelineStages: 2 },
  { lanes: 1, vectorSize: 3, depth: 2, rounding: "half-away", sumBits: 12, matrixScaleBits: 5, biasShift: 3, shift: 9 },
  { lanes: 2, vectorSize: 4, depth: 4, shift: 0, sumBits: 8, matrixScaleBits: 3, biasShift: 0, outputBits: 16 },
];

test.each(engineNames)("the chip's sixteen lanes and four tiles: %s", async (engine) => {
  const report = await runSim({ design: configure({}), engine, vectors: 300, seed: 5 });
  expect(report.mismatches).toEqual([]);
  expect(report.compared).toBeGreaterThan(32 * 65);
});

test.each(variants)("%j", async (params) => {
  for (const engine of ["inprocess", "icarus"] as const) {
    const report = await runSim({ design: configure(params), engine, vectors: 500, seed: 6 });
    expect(report.mismatches, engine).toEqual([]);
    expect(report.compared).toBeGreaterThan(500);
  }
});
