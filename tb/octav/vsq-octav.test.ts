import { describe, expect, test } from "vitest";
import { generatorNamed } from "../../generators/index.ts";
import { quantizeVectorOctav } from "../../golden/index.ts";
import { type EngineName, engineNames } from "../../hdl/index.ts";
import { type VsqOctavParameters, vsqOctavInterval, vsqOctavParameters } from "../../spec/index.ts";
import { runSim } from "../run-sim.ts";

const variants: readonly Partial<VsqOctavParameters>[] = [
  { vectorSize: 8, elementBits: 3, beats: 2, pipelined: true },
  { vectorSize: 8, pipelined: true, inputBits: 9 },
  { vectorSize: 16, beats: 8, unroll: 11 },
  { vectorSize: 16, beats: 4, pipelined: true, unroll: 2, pipelineStages: 2 },
  { vectorSize: 12, beats: 4, iterations: 3, scaleBits: 4, elementBits: 6 },
];

describe("against the golden model", () => {
  test.each(engineNames)("at chip size, 4 beats, %s", async (engine: EngineName) => {
    const design = generatorNamed("vsq-octav-quantizer").configure({ beats: 4 });
    const report = await runSim({ design, engine, vectors: 700, seed: 7 });
    expect(report.mismatches).toEqual([]);
    expect(report.compared).toBeGreaterThan(3000);
  });

  test.each(variants)("in process and in Verilator: %j", async (params) => {
    const design = generatorNamed("vsq-octav-quantizer").configure(params);
    for (const engine of ["inprocess", "verilator"] as const) {
      const report = await runSim({ design, engine, vectors: 800, seed: 2 });
      expect(report.mismatches, engine).toEqual([]);
      expect(report.compared).toBeGreaterThan(1000);
    }
  });
});

test("pipelined takes a vector every `beats` cycles, iterative every 12", () => {
  for (const beats of [1, 2, 4, 8]) {
    expect(vsqOctavInterval(vsqOctavParameters.parse({ beats, pipelined: true }))).toBe(beats);
    expect(vsqOctavInterval(vsqOctavParameters.parse({ beats }))).toBe(12);
  }
});

test("an outlier is clipped, and the bypass keeps it", () => {
  const params = vsqOctavParameters.parse({ vectorSize: 64 });
  const values = Array.from({ length: 64 }, (_, i) => (i === 5 ? 8000 : ((i * 37) % 200) - 100));
  const clipped = quantizeVectorOctav(values, params);
  const kept = quantizeVectorOctav(values, params, true);
  expect(kept.clip).toBe(8000);
  expect(clipped.clip).toBeLessThan(8000);
  expect(clipped.codes[5]).toBe(7);
});

test("what the quantiser refuses is refused here with the same reason", () => {
  expect(() => vsqOctavParameters.parse({ beats: 3 })).toThrow(/beats is 3; it must be 1, 2, 4 or 8/);
  expect(() => vsqOctavParameters.parse({ unroll: 12 })).toThrow(/more than the 11 passes/);
  expect(() => vsqOctavParameters.parse({ clip: true })).toThrow(/"clip" is no parameter/);
});
