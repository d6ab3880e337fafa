import { expect, test } from "vitest";
import { runProofTask, simulate } from "../../hdl/index.ts";
import { type HardwareRounding, postProcessParameters } from "../../spec/index.ts";
import { PostProcessContract } from "./post-process-contract.ts";
import { postProcessProofs } from "./proofs.ts";

test.each(postProcessProofs().map((task) => [task.name, task] as const))(
  "%s shows what it claims",
  async (_name, task) => {
    const { good, proof } = await runProofTask(task, { timeLimitMs: 120_000 });
    expect(proof?.properties.filter(({ status }) => status !== "proven" && status !== "holds")).toEqual([]);
    expect(proof?.properties.length).toBeGreaterThan(1);
    expect(good).toBe(true);
  },
  130_000,
);

test.each<[HardwareRounding, HardwareRounding]>([
  ["half-up", "half-even"],
  ["half-even", "half-away"],
  ["half-away", "half-up"],
  ["down", "half-up"],
])("the assertions tell %s from %s, by every sum", async (rounding, claimed) => {
  const sizes = { lanes: 1, vectorSize: 1, sumBits: 5, matrixScaleBits: 1, biasBits: 0, shift: 2, outputBits: 4 };
  const parameters = postProcessParameters.parse({ ...sizes, depth: 2, rounding });
  const sums = async (claim: HardwareRounding): Promise<void> => {
    const bench = await simulate(new PostProcessContract({ ...parameters, claimed: claim }));
    bench.reset();
    bench.in.in_valid = 1;
    bench.in.in_scale = 1;
    for (let sum = -16; sum < 16; sum++) {
      bench.in.in_sums = [sum];
      bench.step();
    }
    bench.step();
    bench.close();
  };
  await expect(sums(claimed)).rejects.toThrow(/value 0 is the rounded one/);
  await expect(sums(rounding)).resolves.toBeUndefined();
});
