import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy } from "../../golden/index.ts";
import type { RequantizeReport } from "../../tb/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";
import { formatRequantize } from "./requantize.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-requantize-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const here = { cwd: scratch };

/** A .npy file of the scratch folder; returns its name there. */
function matrix(name: string, rows: number, columns: number, value: (i: number) => number): string {
  const data = Float32Array.from({ length: rows * columns }, (_, i) => value(i));
  writeFileSync(join(scratch, name), formatNpy({ data, shape: [rows, columns] }));
  return name;
}

const waves = matrix("waves.npy", 9, 20, (i) => Math.sin(i * i) * Math.exp(Math.cos(i)));
const withNan = matrix("nan.npy", 2, 8, (i) => (i === 11 ? Number.NaN : i));
const small = ["--set", "vectorSize=8"];

test("every code equals the golden model; the error is that of the quantiser in real numbers", async () => {
  const { code, stdout, stderr } = await callLodestone(["requantize", "--in", waves, ...small], here);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^matrix +9 x 20, 27 vectors, clip max$/m);
  expect(stdout).toMatch(/^codes and scales +243 compared, all equal the golden model$/m);
  expect(stdout).toMatch(/^off the formula +0 codes/m);
});

test.each([
  ["exact", "max", []],
  ["reciprocal", "max", ["--set", "beats=2", "--set", "pipelineStages=1"]],
  ["exact", "octav", ["--set", "beats=4"]],
  ["reciprocal", "octav", ["--set", "pipelined=true", "--set", "iterations=4"]],
  ["exact", "octav+", ["--set", "beats=2"]],
  ["reciprocal", "octav+", []],
])("--json: %s, clip %s", async (architecture, clip, settings) => {
  const args = ["requantize", "--in", waves, "--architecture", architecture, "--clip", clip, ...small, ...settings];
  const report = (await expectJson(args, here)) as RequantizeReport & { ok: boolean };
  const perVector = clip === "octav+" ? 10 : 9; // codes, scale, and the clip that another unit makes
  expect(report).toMatchObject({ ok: true, clip, vectors: 27, compared: 27 * perVector, mismatched: 0 });
  expect(report.parameters.architecture).toBe(architecture);
  expect(report.sqnr).toBeGreaterThan(17);
  expect(Math.abs(report.sqnr - report.idealSqnr!)).toBeLessThan(0.5);
});

test("five-bit codes have no ideal quantiser among the formats; zeros have no error", async () => {
  const zeros = matrix("zeros.npy", 2, 8, () => 0);
  const five = await expectJson(["requantize", "--in", waves, ...small, "--set", "elementBits=5"], here);
  expect(five).toMatchObject({ ok: true, idealSqnr: null, sqnrAgainstIdeal: null });
  expect(await expectJson(["requantize", "--in", zeros, ...small], here)).toMatchObject({ ok: true, sqnr: null });
});

test.each(["max", "octav", "octav+"])("the reciprocal of 8-bit codes has the bits it needs, clip %s", async (clip) => {
  const args = ["requantize", "--in", waves, "--architecture", "reciprocal", "--clip", clip, ...small];
  const eight = [...args, "--set", "elementBits=8"];
  const report = (await expectJson(eight, here)) as RequantizeReport;
  expect(report.parameters).toMatchObject({ elementBits: 8, reciprocalBits: 13, scaleFraction: 0 });
  const told = (await expectJson([...eight, "--set", "reciprocalBits=11"], here)) as RequantizeReport;
  expect(told.parameters.reciprocalBits).toBe(11);
  await expectRefusal([...eight, "--set", "reciprocalBits=9"], /reciprocalBits 9 is too few/, here);
});

test("a mismatch names the vector", () => {
  const report: RequantizeReport = {
    design: "vsq-quantizer",
    parameters: { beats: 1 },
    engine: "inprocess",
    simulator: "test",
    clip: "max",
    shape: { rows: 1, columns: 8 },
    vectors: 1,
    cycles: 4,
    compared: 9,
    mismatched: 1,
    mismatches: [{ cycle: 0, signal: "out_codes[2]", expected: 3, found: 4 }],
    codesOffFormula: 1,
    sqnr: 10,
    idealSqnr: null,
    sqnrAgainstIdeal: null,
    seconds: 0,
  };
  const text = formatRequantize(report);
  expect(text).toContain("9 compared, 1 differ from the golden model");
  expect(text).toMatch(/^ +vector +signal +expected +found$/m);
});

test("wrong use and bad files are refused in one line", async () => {
  await expectRefusal(["requantize"], /required option '-i, --in <file\.npy>'/);
  await expectRefusal(["requantize", "--in", "none.npy"], /none\.npy/, here);
  await expectRefusal(["requantize", "--in", waves, "--architecture", "fast"], /exact, reciprocal/, here);
  await expectRefusal(["requantize", "--in", waves, "--set", "beats=3"], /beats is 3/, here);
  await expectRefusal(["requantize", "--in", waves, "--set", "clip=true"], /nothing drives in_clip/, here);
  await expectRefusal(["requantize", "--in", withNan], /nan\.npy\[1, 3\] is NaN/, here);
  await expectJson(["requantize", "--in", withNan, "--nonfinite", "saturate", ...small], here);
});
