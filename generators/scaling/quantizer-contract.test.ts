import { expect, test } from "vitest";
import { runProofTask, simulate } from "../../hdl/index.ts";
import { vsqQuantizerParameters } from "../../spec/index.ts";
import { vsqQuantizerProofs } from "./proofs.ts";
import { QuantizerContract } from "./quantizer-contract.ts";

test.each(vsqQuantizerProofs().map((task) => [task.name, task] as const))(
  "%s shows what it claims",
  async (_name, task) => {
    const { good, proof } = await runProofTask(task, { timeLimitMs: 120_000 });
    expect(proof?.properties.filter(({ status }) => status === "fails" || status === "undecided")).toEqual([]);
    expect(good).toBe(true);
  },
  130_000,
);

test("the same assertions find an approximation out, in simulation", async () => {
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
