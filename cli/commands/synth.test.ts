import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { SynthesisReport } from "../../synth/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-synth-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const small = [
  "--set",
  "vectorSize=2",
  "--set",
  "wideBits=0",
  "--set",
  "accumulatorBits=12",
  "--set",
  "pipelineStages=1",
];

test("--json holds the modules, the flip-flops and the recipe", async () => {
  const report = (await expectJson(["synth", "vector-mac", ...small])) as SynthesisReport & { design: string };
  expect(report).toMatchObject({ design: "vector-mac", parameters: { vectorSize: 2, pipelineStages: 1 } });
  expect(report.modules[0]?.name).toBe(report.top);
  expect(report.modules[0]?.total.flipFlops).toBeGreaterThan(0);
  expect(report.recipe.yosys).toMatch(/^Yosys .*embedded$/);
});

test("the text has one row per module of the hierarchy", async () => {
  const { code, stdout, stderr } = await callLodestone([
    ...["synth", "mac-array", ...small],
    ...["--set", "lanes=2", "--set", "collectorDepth=2"],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^MacArray +1 +[\d,]+ +[\d,]+/m);
  expect(stdout).toMatch(/^ {2}MacLane +2 +[\d,]+ +[\d,]+/m);
  expect(stdout).toMatch(/^Recipe: Yosys/m);
});

test("wrong use and a bad library are refused in one line", async () => {
  const bad = join(scratch, "bad.lib");
  writeFileSync(bad, "library (x) {");
  await expectRefusal(["synth"], /synth takes the name of a design, or --file with a module of your own/);
  await expectRefusal(["synth", "vector-mac", ...small, "--liberty", bad], /bad\.lib/);
  await expectRefusal(["synth", "vector-mac", ...small, "--liberty", join(scratch, "none.lib")], /none\.lib/);
  await expectRefusal(["synth", "vector-mac", "--set", "vectorSize=0"], /vectorSize is 0/);
  await expectRefusal(["synth", "vector-mac", ...small, "--yosys", "system"], /yosys is not on the PATH/, {
    env: { PATH: scratch },
  });
});
