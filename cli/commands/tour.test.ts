import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy } from "../../golden/index.ts";
import { expectRefusal } from "../testing/run-lodestone.ts";
import { runTour, type TourReport, tourIsGood } from "../tour.ts";
import { formatTour } from "../tour-page.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-tour-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const a = join(scratch, "a.npy");
writeFileSync(a, formatNpy({ data: Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)), shape: [3, 8] }));

test("every station, its files, and the page", async () => {
  const out = join(scratch, "out");
  const stages: string[] = [];
  const report = await runTour({
    a,
    b: a,
    parameters: { vectorSize: 4, lanes: 2, collectorDepth: 2, accumulatorBits: 20 },
    out,
    tool: "Lodestone",
    onStage: (label) => stages.push(label),
    onProgress: () => {},
  });
  expect(tourIsGood(report)).toBe(true);
  expect(stages.length).toBeGreaterThan(5);
  const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(written).toHaveLength(report.files.length);
  expect(report.files).toEqual(
    expect.arrayContaining(["MacArray.v", "manifest.json", "product.npy", "tb/stimulus.hex"]),
  );
  expect(report.products.map(({ compared, format, mismatched }) => ({ compared, format, mismatched }))).toEqual([
    { format: "int8", compared: 36, mismatched: 0 },
    { format: "int4", compared: 18, mismatched: 0 },
    { format: "int4-vsq", compared: 18, mismatched: 0 },
  ]);
  const page = formatTour(report, out, 1);
  expect(page).toMatch(/2 lanes of 4 elements, 8 multiply-accumulates per cycle/);
  expect(page).toMatch(/^ {2}INT4-VSQ +12 +75\.0 % +18 +0 +\d+\.\d dB$/m);
  expect(page).toContain(`  ${join(out, "reports")}  lint.json`);

  const first = report.products[0]!;
  const wrong: TourReport = { ...report, products: [{ ...first, mismatched: 1 }] };
  expect(tourIsGood(wrong)).toBe(false);
  const finding = { rule: "X", message: "y", file: null, line: null };
  const unclean: TourReport = {
    ...report,
    checks: [{ name: "Yosys", tool: null, skipped: null, findings: [finding] }],
  };
  expect(tourIsGood(unclean)).toBe(false);
});

test("wrong use is refused in one line", async () => {
  await expectRefusal(["tour", "--a", a, "--b", a], /required option '-o, --out <folder>'/);
  await expectRefusal(["tour", "--a", a, "--b", join(scratch, "none.npy"), "--out", scratch], /none\.npy/);
});
