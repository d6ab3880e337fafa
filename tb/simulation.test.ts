import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generatorNamed } from "../generators/index.ts";
import { compile, type EngineName, engineNames, startEngine } from "../hdl/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import { benchOf } from "./design-bench.ts";
import { runBench } from "./run-bench.ts";
import { runSim } from "./run-sim.ts";

/** Designs away from the defaults in every parameter, small enough to be quick on every engine. */
const variants: readonly [string, Readonly<Record<string, ParameterValue>>][] = [
  ["vector-mac", { pipelineStages: 1, vectorSize: 8 }],
  ["vector-mac", { pipelineStages: 2, vectorSize: 6, elementBits: 3, wideBits: 6, scaleBits: 5, scaleProductBits: 2 }],
  ["vector-mac", { pipelineStages: 3, vectorSize: 12, elementBits: 5, wideBits: 0, accumulatorBits: 40 }],
  [
    "vector-mac",
    { pipelineStages: 4, vectorSize: 1, wideBits: 0, scaleBits: 1, scaleProductBits: 2, accumulatorBits: 8 },
  ],
  ["vector-mac", { vectorSize: 16, scaleBits: 10, scaleProductBits: 20, accumulatorBits: 20 }],
  ["vector-mac", { vectorSize: 24, elementBits: 3, wideBits: 8, accumulatorBits: 48, scaleProductBits: 1 }],
  ["mac-array", { lanes: 2, vectorSize: 8, collectorDepth: 3, pipelineStages: 1 }],
  ["mac-array", { lanes: 3, vectorSize: 4, collectorDepth: 1, pipelineStages: 4, wideBits: 0 }],
  [
    "mac-array",
    {
      lanes: 1,
      vectorSize: 10,
      elementBits: 6,
      wideBits: 15,
      collectorDepth: 16,
      pipelineStages: 3,
      accumulatorBits: 36,
    },
  ],
];

const describeParameters = (params: object): string => JSON.stringify(params).replaceAll(/[{}"]/g, "");

describe("against the golden model", () => {
  describe.each(engineNames)("%s", (engine: EngineName) => {
    test("vector-mac at chip size", async () => {
      const design = generatorNamed("vector-mac").configure({});
      const report = await runSim({ design, engine, vectors: 1000, seed: 7 });
      expect(report.mismatches).toEqual([]);
      expect(report.compared).toBe(1000);
    });

    test("mac-array at chip size", async () => {
      const design = generatorNamed("mac-array").configure({});
      const report = await runSim({ design, engine, vectors: 300, seed: 8 });
      expect(report.mismatches).toEqual([]);
      // The saturating runs put every sum out: 6 runs of 18 cycles, 16 lanes, index and valid.
      expect(report.compared).toBeGreaterThan(108 * 18);
    });
  });

  test.each(variants)("%s in process and in Icarus: %j", async (name, params) => {
    const design = generatorNamed(name).configure(params);
    for (const engine of ["inprocess", "icarus"] as const) {
      for (const seed of [1, 2]) {
        const report = await runSim({ design, engine, vectors: 400, seed });
        expect(report.mismatches, `${engine}, seed ${seed}, ${describeParameters(params)}`).toEqual([]);
        expect(report.compared).toBeGreaterThan(300);
      }
    }
  });

  test("one variant of each in Verilator", async () => {
    for (const [name, params] of [variants[1]!, variants[7]!]) {
      const design = generatorNamed(name).configure(params);
      const report = await runSim({ design, engine: "verilator", vectors: 400, seed: 3 });
      expect(report.mismatches).toEqual([]);
    }
  });
});

describe("reproducible", () => {
  test("the same seed gives the same stimulus, another one another", () => {
    const bench = benchOf(generatorNamed("mac-array").configure({ lanes: 2, vectorSize: 4 }));
    const text = (seed: number): string => JSON.stringify([...bench.cycles(seed, 200)]);
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });
});

/** A bench must not pass on a design with a fault. */
describe("faults are found", () => {
  test("a scale product of one bit more or less", async () => {
    // The golden model of one design against the hardware of another: neighbouring parameters with the same ports.
    const pairs: readonly [Readonly<Record<string, ParameterValue>>, Readonly<Record<string, ParameterValue>>][] = [
      [{ vectorSize: 8 }, { vectorSize: 8, scaleProductBits: 9 }],
      [
        { vectorSize: 8, scaleProductBits: 4 },
        { vectorSize: 8, scaleProductBits: 5 },
      ],
    ];
    for (const [right, wrong] of pairs) {
      const golden = generatorNamed("vector-mac").configure(right);
      const hardware = generatorNamed("vector-mac").configure(wrong);
      const engine = await startEngine(compile(hardware.create()));
      const result = runBench(engine, benchOf(golden), { seed: 1, vectors: 300, latency: 0 });
      engine.dispose();
      expect(result.mismatched).toBeGreaterThan(10);
      expect(result.mismatches[0]).toMatchObject({ signal: "sum_out", cycle: expect.any(Number) });
      expect(result.mismatches[0]!.expected).not.toBe(result.mismatches[0]!.found);
    }
  });

  test("a result that is one cycle late or early", async () => {
    const design = generatorNamed("mac-array").configure({ lanes: 1, vectorSize: 4 });
    const compiled = compile(design.create());
    for (const latency of [design.latency - 1, design.latency + 1]) {
      const engine = await startEngine(compiled);
      const result = runBench(engine, benchOf(design), { seed: 1, vectors: 300, latency });
      engine.dispose();
      expect(result.mismatched).toBeGreaterThan(50);
    }
  });

  test("the report names seed, cycle, signal and values, and a wave is written up to there", async () => {
    const right = generatorNamed("vector-mac").configure({ vectorSize: 4 });
    const wrong = generatorNamed("vector-mac").configure({ vectorSize: 4, scaleProductBits: 10 });
    const wave = join(tmpdir(), `lodestone-${process.pid}.vcd`);
    const design = { ...right, create: () => wrong.create() };
    const report = await runSim({ design, engine: "inprocess", vectors: 500, seed: 4, waveOnMismatch: wave });
    expect(report.mismatched).toBeGreaterThan(0);
    expect(report.wave).toBe(wave);
    const text = readFileSync(wave, "utf8");
    rmSync(wave);
    expect(text).toContain("$scope module VectorMac $end");
    expect(text).toMatch(/\$var \w+ 24 \S+ sum_out/);
  });
});
