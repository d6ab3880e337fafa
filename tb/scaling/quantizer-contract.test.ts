import { describe, expect, test } from "vitest";
import { prove, simulate } from "../../hdl/index.ts";
import { vsqQuantizerParameters } from "../../spec/index.ts";
import { QuantizerContract, QuantizerTiming } from "./quantizer-contract.ts";

const small = { inputBits: 6, scaleBits: 3, scaleFraction: 0 };

describe("for every input", () => {
  test.each([
    ["4 elements of 6 bits, codes of 4", { ...small, vectorSize: 4 }],
    // With these the scale meets its limit.
    ["a clip, codes of 3, a scale at its limit", { ...small, vectorSize: 2, elementBits: 3, clip: true }],
    ["division, codes of 6", { ...small, vectorSize: 2, elementBits: 6, inputBits: 7, scaleFraction: 1 }],
  ])("exact is the formula: %s", async (_name, parameters) => {
    const module = new QuantizerContract(vsqQuantizerParameters.parse(parameters));
    const { properties, proven } = await prove(module, { depth: 5, induction: 4, timeLimitMs: 120_000 });
    expect(properties.filter(({ status }) => status !== "proven")).toEqual([]);
    expect(proven).toBe(true);
    expect(properties.length).toBe(2 + 3 * Number(parameters.vectorSize));
  });

  test("the same assertions find the approximation out, in simulation", async () => {
    const parameters = { vectorSize: 2, architecture: "reciprocal", reciprocalBits: 6 };
    const bench = await simulate(new QuantizerContract(vsqQuantizerParameters.parse(parameters)));
    bench.reset();
    bench.in.in_valid = 1;
    const search = (): void => {
      for (let value = 0; value < 20_000; value += 7) {
        bench.in.in_values = [20_000, value];
        bench.step();
      }
    };
    expect(search).toThrow(/code 1 is the nearest, or at its limit/);
    bench.close();
  });
});

describe("out_valid", () => {
  const shape = { vectorSize: 8, inputBits: 5, scaleFraction: 0 };

  test.each([0, 1, 2])("one beat, %d stages: proven for every sequence", async (pipelineStages) => {
    const module = new QuantizerTiming(vsqQuantizerParameters.parse({ ...shape, pipelineStages }));
    expect((await prove(module, { depth: 8, induction: 6 })).proven).toBe(true);
  });

  test.each([
    [2, 0],
    [4, 2],
    [8, 1],
  ])("%d beats, %d stages: for every sequence of 24 cycles", async (beats, pipelineStages) => {
    const module = new QuantizerTiming(vsqQuantizerParameters.parse({ ...shape, beats, pipelineStages }));
    const { properties } = await prove(module, { depth: 24, induction: 1 });
    expect(properties.map(({ status, depth }) => status === "proven" || (status === "holds" && depth >= 24))).toEqual([
      true,
    ]);
  });
});
