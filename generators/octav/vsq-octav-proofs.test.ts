import { expect, test } from "vitest";
import { runProofTask } from "../../hdl/index.ts";
import { vsqOctavProofs } from "./vsq-octav-proofs.ts";

test.each(vsqOctavProofs().map((task) => [task.name, task] as const))(
  "%s shows what it claims",
  async (name, task) => {
    // That OCTAV's answers differ from those of the maximum at this size: the bypass is put to the test.
    const covers = name === "bypass-1";
    const { good, proof } = await runProofTask(task, { timeLimitMs: 100_000, covers });
    const statuses = new Set(proof?.properties.map(({ status }) => status));
    expect(statuses).toEqual(new Set(covers ? ["holds", "reached"] : ["holds"]));
    expect(good).toBe(true);
  },
  110_000,
);
