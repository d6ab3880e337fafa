import { expect, test } from "vitest";
import { runProofTask } from "../../hdl/index.ts";
import { octavUnitProofs } from "./proofs.ts";

test.each(octavUnitProofs().map((task) => [task.name, task] as const))(
  "%s shows what it claims",
  async (_name, task) => {
    const report = await runProofTask(task, { timeLimitMs: 100_000 });
    expect(report.proof?.properties.filter(({ status }) => status !== "proven" && status !== "holds")).toEqual([]);
    expect(report.proof?.properties.length).toBeGreaterThan(1);
    expect(report.good).toBe(true);
  },
  110_000,
);
