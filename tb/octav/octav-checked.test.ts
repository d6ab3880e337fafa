import { describe, expect, test } from "vitest";
import { generatorNamed, OctavChecked } from "../../generators/index.ts";
import { octavCandidates } from "../../golden/index.ts";
import { engineNames, simulate } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavUnitParameters, octavVectorLatency } from "../../spec/index.ts";
import { runSim } from "../run-sim.ts";

const variants: readonly Partial<OctavUnitParameters>[] = [
  { vectorSize: 4, inputBits: 6, elementBits: 2, fractionBits: 0 },
  { vectorSize: 8, inputBits: 8, elementBits: 3, divider: "newton" },
  { vectorSize: 5, unsigned: true, inputBits: 7, elementBits: 3, fractionBits: 2 },
  { vectorSize: 6, elementBits: 8, inputBits: 12 },
];

describe("against the golden model", () => {
  test.each(variants)("in process and in Verilator: %j", async (params) => {
    const design = generatorNamed("octav-unit").configure({ candidates: true, ...params });
    for (const engine of ["inprocess", "verilator"] as const) {
      const report = await runSim({ design, engine, vectors: 6000, seed: 2 });
      expect(report.mismatches, engine).toEqual([]);
      expect(report.compared).toBeGreaterThan(10_000);
    }
  });

  test.each(engineNames)("at chip size, %s", async (engine) => {
    const design = generatorNamed("octav-unit").configure({ candidates: true });
    expect(design.latency).toBe(142);
    const report = await runSim({ design, engine, vectors: 2500, seed: 7 });
    expect(report.mismatches).toEqual([]);
  });

  test("what it cannot be combined with is refused", () => {
    for (const other of [{ mode: "tensor" }, { pipelined: true }, { unroll: 2 }]) {
      expect(() => octavUnitParameters.parse({ candidates: true, ...other })).toThrow(/candidates looks at one vector/);
    }
  });
});

test("every vector of 3 elements of 4 bits", async () => {
  const params = octavUnitParameters.parse({
    candidates: true,
    vectorSize: 3,
    inputBits: 4,
    elementBits: 3,
    fractionBits: 2,
  });
  const bench = await simulate(new OctavChecked(params));
  bench.reset();
  const latency = octavVectorLatency(params);
  for (let number = 0; number < 4096; number++) {
    const values = [number & 15, (number >> 4) & 15, number >> 8].map((value) => value - 8);
    bench.in.in_values = values;
    bench.in.in_valid = 1;
    bench.step();
    bench.in.in_valid = 0;
    bench.step(latency - 1);
    const clip = Number(octavCandidates(values, params).clip);
    if (bench.out.out_valid !== 1 || bench.out.out_clip !== clip) {
      throw new Error(`${values}: ${bench.out.out_clip}, not ${clip}`);
    }
  }
  bench.close();
});
