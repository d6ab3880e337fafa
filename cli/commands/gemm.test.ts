import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy, readNpyMatrix } from "../../golden/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";
import { formatGemm } from "./gemm.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-gemm-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A .npy file of the scratch folder; returns its name there. */
function matrix(name: string, rows: number, columns: number, value: (i: number) => number): string {
  const data = Float32Array.from({ length: rows * columns }, (_, i) => value(i));
  writeFileSync(join(scratch, name), formatNpy({ data, shape: [rows, columns] }));
  return name;
}

const a = matrix("a.npy", 5, 20, (i) => Math.sin(i));
const b = matrix("b.npy", 3, 20, (i) => Math.cos(i * i));
const narrow = matrix("narrow.npy", 3, 19, () => 1);
const withNan = matrix("nan.npy", 3, 20, (i) => (i === 27 ? Number.NaN : 1));
const small = ["--set", "vectorSize=8", "--set", "lanes=2", "--set", "collectorDepth=2"];
const here = { cwd: scratch };

test("multiplies two matrices, compares every partial sum and writes the product", async () => {
  const args = ["gemm", "--a", a, "--b", b, "--out", join("deep", "c.npy"), ...small];
  const { code, stdout, stderr } = await callLodestone(args, here);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  // 3 tiles of 2 rows, 3 columns, 3 vectors of 8; the last tile has one row.
  expect(stdout).toMatch(/^cycles +27$/m);
  expect(stdout).toMatch(/^partial sums +45 compared, all equal the golden model$/m);
  const product = readNpyMatrix(join(scratch, "deep", "c.npy"));
  expect([product.rows, product.columns]).toEqual([5, 3]);
  const reference = (row: number, column: number): number => {
    let sum = 0;
    for (let k = 0; k < 20; k++) sum += Math.sin(row * 20 + k) * Math.cos((column * 20 + k) ** 2);
    return sum;
  };
  for (let i = 0; i < 15; i++) {
    // 4 bits per element: within a few percent of the largest possible sum.
    expect(Math.abs((product.data[i] ?? 0) - reference(Math.floor(i / 3), i % 3))).toBeLessThan(1.5);
  }
});

test.each(["int4-vsq", "int4", "int8"])("--json in format %s", async (format) => {
  const report = await expectJson(["gemm", "--a", a, "--b", b, "--format", format, ...small], here);
  expect(report).toMatchObject({ ok: true, format, shape: { m: 5, n: 3, k: 20 }, mismatched: 0, out: null });
  expect((report as { sqnr: number }).sqnr).toBeGreaterThan(format === "int8" ? 30 : 8);
});

test("a product without error is null in JSON, since JSON has no infinity", async () => {
  const zeros = matrix("zeros.npy", 2, 8, () => 0);
  expect(await expectJson(["gemm", "--a", zeros, "--b", zeros, ...small], here)).toMatchObject({
    ok: true,
    sqnr: null,
  });
});

test("NaN is refused with its place, and replaced when asked", async () => {
  const args = ["gemm", "--a", a, "--b", withNan, ...small];
  await expectRefusal(args, /nan\.npy\[1, 7\] is NaN/, here);
  await expectJson([...args, "--nonfinite", "saturate"], here);
});

test("a mismatch is counted and shown", () => {
  const text = formatGemm(
    {
      format: "int8",
      shape: { m: 1, n: 1, k: 8 },
      parameters: { lanes: 1 },
      engine: "inprocess",
      simulator: "test",
      cycles: 2,
      utilization: 0.5,
      compared: 2,
      mismatched: 1,
      mismatches: [{ cycle: 2, signal: "out_sum[0]", expected: 5, found: 6 }],
      saturations: 0,
      sqnr: 10,
      seconds: 0,
      product: new Float64Array(1),
    },
    undefined,
  );
  expect(text).toContain("2 compared, 1 differ from the golden model");
  expect(text).toMatch(/^ {6}2 {2}out_sum\[0\] +5 +6$/m);
});

test("wrong use and bad files are refused in one line, and nothing is written", async () => {
  writeFileSync(join(scratch, "text.npy"), "hello");
  await expectRefusal(["gemm", "--b", b], /required option '-a, --a <file\.npy>'/, here);
  await expectRefusal(["gemm", "--a", a, "--b", b, "--format", "fp4"], /Allowed choices are int4-vsq/, here);
  await expectRefusal(["gemm", "--a", a, "--b", "none.npy", "--out", "no.npy"], /none\.npy/, here);
  await expectRefusal(["gemm", "--a", a, "--b", "text.npy", "--out", "no.npy"], /text\.npy/, here);
  await expectRefusal(["gemm", "--a", a, "--b", narrow, "--out", "no.npy"], /5 x 20.*3 x 19/, here);
  await expectRefusal(["gemm", "--a", a, "--b", b, "--set", "lanes=0", "--out", "no.npy"], /lanes is 0/, here);
  await expectRefusal(["gemm", "--a", a, "--b", b, ...small, "--out", join(a, "c.npy")], /cannot write/, here);
  const withoutWide = ["--format", "int8", "--set", "wideBits=0", "--out", "no.npy"];
  await expectRefusal(["gemm", "--a", a, "--b", b, ...withoutWide], /int8 needs the wide path/, here);
  expect(existsSync(join(scratch, "no.npy"))).toBe(false);
});
