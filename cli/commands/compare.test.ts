import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatNpy } from "../../golden/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-compare-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const here = { cwd: scratch };

for (const name of ["a", "b"]) {
  const data = Float32Array.from({ length: 2 * 256 }, (_, i) => Math.sin(i * i) * (i % 50 === 0 ? 5 : 1));
  writeFileSync(join(scratch, `${name}.npy`), formatNpy({ shape: [2, 256], data }));
}

interface Report {
  tensors: { results: { format: string; clip: string; sqnr: number }[] }[];
  total: { label: string; sqnr: number }[];
}

test("the usual formats, each with the rules that apply to it, and all tensors together", async () => {
  const report = (await expectJson(["compare", "a.npy", "b.npy"], here)) as Report;
  const expected = ["int8", "int8 octav", "int4", "int4 octav", "int4-vsq", "int4-vsq octav", "mxfp4", "nvfp4"];
  expect(report.total.map(({ label }) => label)).toEqual(expected);
  expect(report.tensors).toHaveLength(2);
  // Both tensors are the same, so together they are as good as each.
  for (const [i, { sqnr }] of report.total.entries()) {
    expect(sqnr).toBeCloseTo(report.tensors[1]!.results[i]!.sqnr, 9);
  }
  const { stdout } = await callLodestone(["compare", "a.npy", "b.npy"], here);
  expect(stdout).toMatch(/^a {2}2 x 256\n {2}format +clip +bits +SQNR dB/);
  expect(stdout).toMatch(/^all 2 tensors together$/m);
});

test("options reach the formats that know them", async () => {
  const args = ["compare", "a.npy", "--formats", "int4-vsq,mxfp4,int4", "--clips", "octav+", "--vector", "16"];
  const report = (await expectJson([...args, "--scale-rule", "even"], here)) as Report;
  expect(report.tensors[0]!.results).toMatchObject([
    { format: "int4-vsq", clip: "octav+", options: { vector: 16 } },
    { format: "mxfp4", clip: "max", options: { vector: 32, scaleRule: "even" } },
    { format: "int4", clip: "octav+" },
  ]);
});

test("a page with plots, without scripts or addresses", async () => {
  await expectJson(["compare", "a.npy", "b.npy", "--formats", "int4-vsq,fp4-vsq,int8", "--html", "deep/c.html"], here);
  const page = readFileSync(join(scratch, "deep", "c.html"), "utf8");
  expect(page).not.toMatch(/<script|https?:|url\(|NaN|undefined|Infinity/);
  // One for all, three per tensor.
  expect(page.match(/<svg class="plot"/g)).toHaveLength(7);
  // Six sizes for each of two formats with two rules, per tensor.
  expect(page.match(/<polyline/g)).toHaveLength(8);
  expect(page.match(/<title>int4-vsq octav, 256: [\d.]+ dB<\/title>/g)).toHaveLength(2);
});

test("wrong use is refused", async () => {
  await expectRefusal(["compare", "a.npy", "--formats", "int4,int5"], /no format "int5"/, here);
  await expectRefusal(["compare", "a.npy", "--formats", "int4,int4"], /names int4 twice/, here);
  await expectRefusal(["compare", "a.npy", "--formats", ""], /no format ""/, here);
  await expectRefusal(["compare", "a.npy", "--clips", "max,best"], /no clipping rule "best"/, here);
  await expectRefusal(["compare", "a.npy", "--clips", "max,max"], /names max twice/, here);
  await expectRefusal(["compare", "a.npy", "--html", "x.pdf"], /end the name with \.html/, here);
  await expectRefusal(["compare", "c.npy"], /no such file/, here);
});
