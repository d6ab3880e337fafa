import { expect, test } from "vitest";
import { runProofTask } from "../../hdl/index.ts";
import { generators } from "../index.ts";

const tasks = generators.flatMap(({ name, proofs }) =>
  (proofs?.() ?? []).map((task) => [name, task.name, task] as const),
);

test("there are some, under names of their own", () => {
  expect(tasks.length).toBeGreaterThanOrEqual(4);
  const names = tasks.map(([design, name]) => `${design} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(tasks.filter(([design]) => /^(vector-mac|mac-array)$/.test(design)))(
  "%s %s shows what it claims",
  async (_design, _name, task) => {
    const report = await runProofTask(task, { timeLimitMs: 60_000 });
    expect(report.proof?.properties.map(({ message, status }) => `${message}: ${status}`)).toEqual(
      report.proof?.properties.map(({ message }) => `${message}: proven`),
    );
    expect(report.good).toBe(true);
  },
  70_000,
);
