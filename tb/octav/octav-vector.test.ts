import { describe, expect, test } from "vitest";
import { generatorNamed, OctavVector } from "../../generators/index.ts";
import { octavInteger } from "../../golden/index.ts";
import { type EngineName, engineNames, simulate } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavUnitParameters } from "../../spec/index.ts";
import { Random } from "../random.ts";
import { runSim } from "../run-sim.ts";
import { cornerVectors, searchTwoCycles, twoCycles } from "./octav-corners.ts";

type Some = Partial<OctavUnitParameters>;

/** Away from the defaults in every parameter. */
const variants: readonly Some[] = [
  { vectorSize: 40, elementBits: 2, inputBits: 10 },
  { vectorSize: 5, elementBits: 2, inputBits: 5 },
  { vectorSize: 8, elementBits: 3, pipelined: true },
  { vectorSize: 16, unroll: 2, pipelined: true, interval: 3 },
  { vectorSize: 12, unroll: 3, unsigned: true, inputBits: 8, iterations: 4 },
  { vectorSize: 10, divider: "newton", elementBits: 3, fractionBits: 7 },
  { vectorSize: 1, inputBits: 2, fractionBits: 0, iterations: 1 },
  { vectorSize: 9, unsigned: true, elementBits: 8, inputBits: 24, fractionBits: 16, iterations: 15 },
];

describe("against the golden model", () => {
  describe.each(engineNames)("%s", (engine: EngineName) => {
    test("at chip size", async () => {
      const report = await runSim({
        design: generatorNamed("octav-unit").configure({}),
        engine,
        vectors: 900,
        seed: 7,
      });
      expect(report.mismatches).toEqual([]);
      expect(report.compared).toBeGreaterThan(1900);
    });
  });

  test.each(variants)("in process and in Verilator: %j", async (params) => {
    const design = generatorNamed("octav-unit").configure(params);
    for (const engine of ["inprocess", "verilator"] as const) {
      const report = await runSim({ design, engine, vectors: 1000, seed: 2 });
      expect(report.mismatches, engine).toEqual([]);
      expect(report.compared).toBeGreaterThan(2000);
    }
  });

  test("small ones in Icarus", async () => {
    for (const params of [variants[1]!, variants[4]!, variants[6]!]) {
      const design = generatorNamed("octav-unit").configure(params);
      const report = await runSim({ design, engine: "icarus", vectors: 600, seed: 3 });
      expect(report.mismatches).toEqual([]);
    }
  });
});

/** One vector through the iterative unit: the answer and the cycles it took. */
async function runner(params: OctavUnitParameters) {
  const bench = await simulate(new OctavVector(params));
  bench.reset();
  return {
    bench,
    run(values: readonly number[]) {
      bench.in.in_values = [...values];
      bench.in.in_valid = 1;
      bench.step();
      bench.in.in_valid = 0;
      let cycles = 1;
      for (; bench.out.out_valid === 0 && cycles < 100; cycles++) bench.step();
      const { out_clip: clip, out_converged: converged, out_rounds: rounds } = bench.out;
      bench.step();
      return { cycles, clip, converged, rounds };
    },
  };
}

describe("one vector at a time", () => {
  test("1 to 8 among zeros: 6144/775 in 4 rounds, 12 cycles", async () => {
    const { bench, run } = await runner(octavUnitParameters.defaults);
    const values = Array.from({ length: 64 }, (_, i) => (i % 8 === 0 ? (i / 8 + 1) * (i % 16 === 0 ? 1 : -1) : 0));
    expect(run(values)).toEqual({ cycles: 12, clip: Math.round((6144 / 775) * 16), converged: 1, rounds: 4 });
    bench.close();
  });

  test("2-cycles give the larger value and say that they did not converge", async () => {
    for (const { elementBits, magnitudes } of twoCycles) {
      const params = octavUnitParameters.parse({ elementBits, vectorSize: 16 });
      const { bench, run } = await runner(params);
      const values = Array.from({ length: 16 }, (_, i) => magnitudes[i] ?? 0);
      const golden = octavInteger(values, params);
      expect(golden.cycle).toBe(true);
      expect(run(values)).toEqual({ cycles: 12, clip: Number(golden.clip), converged: 0, rounds: golden.rounds });
      bench.close();
    }
  });

  test("2-cycles are found by search at chip size too", async () => {
    const params = octavUnitParameters.defaults;
    const { bench, run } = await runner(params);
    const found = [...searchTwoCycles(new Random(11), 64, params, 2000)];
    expect(found.length).toBeGreaterThan(3);
    for (const values of found) expect(run(values).clip).toBe(Number(octavInteger(values, params).clip));
    bench.close();
  });

  test("the answer is within half a unit of the last place of N/D", async () => {
    const params = octavUnitParameters.parse({ vectorSize: 16, inputBits: 8 });
    const { bench, run } = await runner(params);
    for (const values of cornerVectors(16, params)) {
      const { exact } = octavInteger(values, params);
      const error = BigInt(run(values).clip) * exact.denominator - 16n * exact.numerator;
      expect(2n * (error < 0n ? -error : error) <= exact.denominator).toBe(true);
    }
    bench.close();
  });

  test("a reset in the middle forgets the vector, and the next one is right", async () => {
    const params = octavUnitParameters.parse({ vectorSize: 8 });
    const { bench, run } = await runner(params);
    for (let after = 0; after < 12; after++) {
      bench.in.in_values = [100, -200, 300, 7, 0, 0, 9, 1];
      bench.in.in_valid = 1;
      bench.step();
      bench.in.in_valid = 0;
      bench.step(after);
      bench.reset();
      for (let cycle = 0; cycle < 15; cycle++) {
        expect(bench.out.out_valid).toBe(0);
        expect(bench.out.in_ready).toBe(1);
        bench.step();
      }
      expect(run([5, 5, 5, 5, 0, 0, 0, -5])).toEqual({ cycles: 12, clip: 80, converged: 1, rounds: 1 });
    }
    bench.close();
  });
});

describe("timing", () => {
  test("out_valid comes exactly latency cycles after an accepted vector, for every sequence of valids", async () => {
    // One bit per cycle: whether a vector is offered. The clip says which vector it was.
    for (const params of [
      { vectorSize: 1, inputBits: 8, iterations: 2 },
      { vectorSize: 1, inputBits: 8, iterations: 2, pipelined: true },
      { vectorSize: 1, inputBits: 8, iterations: 3, pipelined: true, interval: 2 },
    ]) {
      const design = generatorNamed("octav-unit").configure(params);
      const bench = await simulate(new OctavVector(octavUnitParameters.parse(params)));
      const depth = 10;
      for (let pattern = 0; pattern < 2 ** depth; pattern++) {
        bench.reset();
        const due = new Map<number, number>();
        for (let cycle = 0; cycle < depth + design.latency; cycle++) {
          const offered = cycle < depth && ((pattern >> cycle) & 1) === 1;
          bench.in.in_valid = offered ? 1 : 0;
          bench.in.in_values = [cycle + 1];
          const wanted = due.get(cycle);
          if (bench.out.out_valid !== (wanted === undefined ? 0 : 1)) throw new Error(`pattern ${pattern}`);
          if (wanted !== undefined && bench.out.out_clip !== wanted * 16) throw new Error(`pattern ${pattern}`);
          if (offered && bench.out.in_ready === 1) due.set(cycle + design.latency, cycle + 1);
          bench.step();
        }
        if (pattern > 0 && due.size === 0) throw new Error("nothing was accepted");
      }
      bench.close();
    }
  });
});
