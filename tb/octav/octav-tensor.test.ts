import { describe, expect, test } from "vitest";
import { generatorNamed, OctavTensor } from "../../generators/index.ts";
import { octavInteger } from "../../golden/index.ts";
import { type EngineName, engineNames, simulate } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavTensorLatency, octavUnitParameters } from "../../spec/index.ts";
import { benchOf } from "../design-bench.ts";
import { Random } from "../random.ts";
import { runSim } from "../run-sim.ts";
import { randomValues, twoCycles } from "./octav-corners.ts";

const variants: readonly Partial<OctavUnitParameters>[] = [
  {},
  { elementsPerBeat: 4, maxElements: 30, inputBits: 6, elementBits: 2, divider: "newton" },
  { elementsPerBeat: 1, maxElements: 1, inputBits: 4, fractionBits: 0 },
  { elementsPerBeat: 3, maxElements: 100, unsigned: true, iterations: 3, elementBits: 8 },
];

describe("against the golden model", () => {
  describe.each(engineNames)("%s", (engine: EngineName) => {
    test.each(variants)("%j", async (params) => {
      const design = generatorNamed("octav-unit").configure({ mode: "tensor", ...params });
      const report = await runSim({ design, engine, vectors: 3000, seed: 7 });
      expect(report.mismatches).toEqual([]);
      expect(report.compared).toBeGreaterThan(6000);
    });
  });

  test("the bench has streams that fail, that are asked for again, and that end", () => {
    const design = generatorNamed("octav-unit").configure({ mode: "tensor", ...variants[1] });
    const seen = { again: 0, ends: 0, errors: 0, cycles: 0 };
    for (const { expected } of benchOf(design).cycles(7, 3000)) {
      if (expected.out_again?.[0] === 1) seen.again++;
      if (expected.out_error?.[0] === 0) seen.ends++;
      if (expected.out_error?.[0] === 1) seen.errors++;
    }
    expect(seen.again).toBeGreaterThan(50);
    expect(seen.ends).toBeGreaterThan(20);
    expect(seen.errors).toBeGreaterThan(5);
  });
});

/** Streams tensors as often as they are asked for. */
async function streamer(input: Partial<OctavUnitParameters>) {
  const params = octavUnitParameters.parse({ mode: "tensor", ...input });
  const { elementsPerBeat } = params;
  const bench = await simulate(new OctavTensor(params));
  bench.reset();
  const pass = (values: readonly number[]): void => {
    for (let at = 0; at < values.length; at += elementsPerBeat) {
      bench.in.in_valid = 1;
      bench.in.in_values = Array.from({ length: elementsPerBeat }, (_, i) => values[at + i] ?? 0);
      bench.in.pass_start = at === 0 ? 1 : 0;
      bench.in.pass_last = at + elementsPerBeat >= values.length ? 1 : 0;
      expect(bench.out.in_ready).toBe(1);
      bench.step();
    }
    bench.in.in_valid = 0;
    let cycles = 1;
    for (; bench.out.out_valid === 0 && bench.out.out_again === 0; cycles++) bench.step();
    expect(cycles).toBe(octavTensorLatency(params));
  };
  const run = (streams: (pass: number) => readonly number[]) => {
    let passes = 0;
    do {
      if (passes > 0) bench.step();
      pass(streams(passes++));
    } while (bench.out.out_again === 1);
    const { out_clip: clip, out_converged: converged, out_error: error, out_rounds: rounds } = bench.out;
    bench.step();
    return { clip, converged, error, rounds, passes };
  };
  return { bench, params, run };
}

describe("one tensor at a time", () => {
  test("lengths from 1 to maxElements", async () => {
    const { bench, params, run } = await streamer({ elementsPerBeat: 4, maxElements: 40, inputBits: 10 });
    const random = new Random(5);
    for (let length = 1; length <= 40; length++) {
      const values = randomValues(random, length, params);
      const { clip, converged, rounds } = octavInteger(values, params);
      expect(run(() => values)).toEqual({
        clip: Number(clip),
        converged: converged ? 1 : 0,
        error: 0,
        rounds,
        passes: rounds + 1,
      });
    }
    bench.close();
  });

  test("2-cycles", async () => {
    for (const { elementBits, magnitudes } of twoCycles) {
      const { bench, params, run } = await streamer({ elementsPerBeat: 3, maxElements: 16, elementBits });
      const golden = octavInteger(magnitudes, params);
      expect(run(() => magnitudes)).toMatchObject({ clip: Number(golden.clip), converged: 0, rounds: golden.rounds });
      bench.close();
    }
  });

  test("a replay that is another one is an error, whichever pass it is, and the next tensor is right", async () => {
    const { bench, run } = await streamer({ elementsPerBeat: 4, maxElements: 64, elementBits: 8 });
    const ramp = Array.from({ length: 30 }, (_, i) => i + 1);
    const good = run(() => ramp);
    expect(good).toMatchObject({ error: 0, converged: 1 });
    for (let faulty = 1; faulty < good.passes; faulty++) {
      for (const wrong of [ramp.with(7, 9), ramp.with(7, 0), ramp.slice(1), [...ramp, 1], ramp.map(() => 1)]) {
        const bad = run((pass) => (pass === faulty ? wrong : ramp));
        expect(bad).toMatchObject({ clip: 0, converged: 0, error: 1, passes: faulty + 1 });
        expect(run(() => ramp)).toEqual(good);
      }
    }
    bench.close();
  });

  test("more than maxElements is an error; zeros do not count", async () => {
    const { bench, run } = await streamer({ elementsPerBeat: 4, maxElements: 10 });
    const ones = (count: number): number[] => new Array<number>(count).fill(-1);
    expect(run(() => ones(11))).toMatchObject({ error: 1, clip: 0, passes: 1 });
    expect(run(() => ones(50))).toMatchObject({ error: 1, clip: 0, passes: 1 });
    expect(run(() => ones(10))).toMatchObject({ error: 0, clip: 16, passes: 2 });
    expect(run(() => [...ones(10), ...new Array<number>(40).fill(0)])).toMatchObject({ error: 0, clip: 16 });
    bench.close();
  });

  test("a reset in the middle forgets the tensor", async () => {
    const { bench, run } = await streamer({ elementsPerBeat: 2, maxElements: 20 });
    const ramp = [1, 2, 3, 4, 5, 6, 7, 8];
    const good = run(() => ramp);
    for (let after = 0; after < 40; after++) {
      bench.in.in_values = [9, 9];
      for (let cycle = 0; cycle <= after; cycle++) {
        bench.in.in_valid = 1;
        bench.in.pass_start = cycle === 0 ? 1 : 0;
        bench.in.pass_last = cycle % 3 === 2 ? 1 : 0;
        bench.step();
      }
      bench.in.in_valid = 0;
      bench.reset();
      expect(run(() => ramp)).toEqual(good);
    }
    bench.close();
  });
});
