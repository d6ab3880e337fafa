import { describe, expect, test } from "vitest";
import { compile, emitVerilog, simulate } from "../../hdl/index.ts";
import { lint } from "../../hdl/verilog/testing/tools.ts";
import { Random } from "../../tb/index.ts";
import { Fir, type FirParameters } from "./fir.ts";
import { firModel } from "./fir-model.ts";

const filters: Readonly<Record<string, FirParameters>> = {
  "a low-pass": { coefficients: [0.1, 0.4, 0.4, 0.1], fractionBits: 8, sampleBits: 8 },
  "a differentiator": { coefficients: [1, 0, 0, -1], fractionBits: 4, sampleBits: 12 },
  "a gain that saturates": { coefficients: [1.5, -0.75, 2.25, -3], fractionBits: 2, sampleBits: 6 },
  "halves, which are ties": { coefficients: [0.5, 0.5, -0.5, 0.5], fractionBits: 1, sampleBits: 8 },
  "whole numbers": { coefficients: [3, 1, -2, 5], fractionBits: 0, sampleBits: 10 },
  "a single tap": { coefficients: [-0.9], fractionBits: 7, sampleBits: 8 },
  "a gain that needs few bits": { coefficients: [0.01, 0, 0, 0.02], fractionBits: 8, sampleBits: 8 },
  "nine taps": { coefficients: [1, 2, 3, 4, 5, 4, 3, 2, 1].map((h) => h / 25), fractionBits: 12, sampleBits: 16 },
};

describe.each(["inprocess", "icarus"] as const)("on %s", (engine) => {
  test.each(Object.entries(filters))("%s answers as the model does", async (_name, parameters) => {
    const bench = await simulate(new Fir(parameters), { engine });
    const random = new Random(1);
    const least = -(2 ** (parameters.sampleBits - 1));
    const samples: number[] = [];
    const answers: number[] = [];
    bench.reset();
    for (let clock = 0; clock < 500; clock++) {
      // Stretches of full scale drive the filter into saturation.
      const sample = clock % 100 < 20 ? random.pick([least, -least - 1]) : random.integer(least, -least - 1);
      bench.in.x = sample;
      bench.in.valid = random.oneIn(4) ? 0 : 1;
      if (bench.in.valid === 1) samples.push(sample);
      bench.step();
      if (bench.out.yValid === 1) answers.push(bench.out.y);
    }
    bench.close();
    expect(answers).toEqual(firModel(samples, parameters));
  });
});

test("the answer to an impulse is the coefficients", async () => {
  const bench = await simulate(new Fir({ coefficients: [0.5, -0.25, 0.125, 1], fractionBits: 3, sampleBits: 8 }));
  bench.in.valid = 1;
  const answers = [64, 0, 0, 0, 0].map((sample) => {
    bench.in.x = sample;
    bench.step();
    return bench.out.y;
  });
  bench.close();
  expect(answers).toEqual([32, -16, 8, 64, 0]);
});

test("the Verilog is clean", () => {
  for (const parameters of Object.values(filters)) lint(emitVerilog(compile(new Fir(parameters))));
});

test("no coefficients are refused", () => {
  expect(() => compile(new Fir({ coefficients: [], fractionBits: 8, sampleBits: 8 }))).toThrow(
    "a filter needs at least one coefficient",
  );
});
