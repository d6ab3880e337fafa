import { describe, expect, test } from "vitest";
import { generatorNamed, VsqQuantizer } from "../../generators/index.ts";
import { engineNames, simulate } from "../../hdl/index.ts";
import { type ParameterValue, vsqQuantizerParameters } from "../../spec/index.ts";
import { runSim } from "../run-sim.ts";

const configure = (params: Readonly<Record<string, ParameterValue>>) =>
  generatorNamed("vsq-quantizer").configure(params);

/** Away from the defaults in every parameter, small enough for every engine. */
const variants: readonly Readonly<Record<string, ParameterValue>>[] = [
  { vectorSize: 8, elementBits: 3, scaleBits: 3, scaleFraction: 0 },
  { vectorSize: 8, elementBits: 5, scaleBits: 10, inputBits: 20, beats: 2 },
  { vectorSize: 12, elementBits: 4, scaleBits: 4, inputBits: 9, scaleFraction: 8, beats: 4, pipelineStages: 1 },
  { vectorSize: 16, clip: true, pipelineStages: 2, scaleFraction: 3 },
  { vectorSize: 16, clip: true, beats: 8, inputBits: 12, scaleFraction: 1 },
  { vectorSize: 8, beats: 8, pipelineStages: 2 },
  { vectorSize: 8, elementBits: 8, scaleBits: 9 },
  { vectorSize: 6, elementBits: 6, clip: true, inputBits: 11, scaleFraction: 2, beats: 2, pipelineStages: 1 },
  { vectorSize: 8, architecture: "reciprocal", pipelineStages: 1, beats: 2 },
  { vectorSize: 8, architecture: "reciprocal", clip: true, reciprocalBits: 16, inputBits: 12, scaleFraction: 1 },
  { vectorSize: 8, architecture: "reciprocal", elementBits: 8, reciprocalBits: 12, inputBits: 20 },
  { vectorSize: 4, architecture: "reciprocal", elementBits: 3, reciprocalBits: 5, inputBits: 24, pipelineStages: 2 },
];

describe.each(engineNames)("%s", (engine) => {
  test("the chip's four beats of sixteen", async () => {
    const report = await runSim({ design: configure({ beats: 4 }), engine, vectors: 400, seed: 3 });
    expect(report.mismatches).toEqual([]);
    expect(report.compared).toBeGreaterThan(70 * 65);
  });
});

test("a reset in the middle of a vector, and of its answer, leaves nothing behind", async () => {
  const bench = await simulate(new VsqQuantizer(vsqQuantizerParameters.parse({ vectorSize: 4, beats: 2 })));
  const send = (...values: number[]): void => {
    bench.in.in_valid = 1;
    bench.in.in_values = values;
    bench.step();
    bench.in.in_valid = 0;
  };
  send(32000, -5);
  bench.reset();
  send(32000, 1);
  send(2, 3);
  bench.step();
  bench.reset();
  for (let i = 0; i < 6; i++) {
    expect(bench.out.out_valid).toBe(0);
    bench.step();
  }
  send(700, -350);
  send(50, 0);
  bench.step();
  expect(bench.out.out_valid).toBe(0);
  bench.step();
  expect(bench.out.out_valid).toBe(1);
  expect(bench.out.out_codes).toEqual([7, -4, 1, 0]);
  expect(bench.out.out_scale).toBe(6); // 700/16/7 = 6.25
  bench.step();
  expect(bench.out.out_valid).toBe(0);
  bench.close();
});

test.each(variants)("%j", async (params) => {
  for (const engine of ["inprocess", "icarus"] as const) {
    const report = await runSim({ design: configure(params), engine, vectors: 500, seed: 11 });
    expect(report.mismatches, engine).toEqual([]);
    expect(report.compared).toBeGreaterThan(400);
  }
});
