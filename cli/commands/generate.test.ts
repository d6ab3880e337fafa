import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { DesignManifest } from "../../generators/index.ts";
import { callLodestone, expectJson, expectRefusal, runLodestone } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-generate-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const small = ["--set", "vectorSize=4", "--set", "lanes=2", "--set", "collectorDepth=2", "--vectors", "8"];

test("writes Verilog, file list, manifest and test bench; the manifest is true", async () => {
  const out = join(scratch, "deep", "array");
  const { code, stdout, stderr } = await runLodestone(["generate", "mac-array", "--out", out, ...small]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("lanes 2");
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as DesignManifest;
  expect(manifest).toMatchObject({ design: "mac-array", parameters: { vectorSize: 4, lanes: 2 } });
  expect(manifest.tool).toMatch(/^Lodestone \d+\.\d+\.\d+$/);
  for (const { path, sha256 } of manifest.files) {
    expect(
      createHash("sha256")
        .update(readFileSync(join(out, path)))
        .digest("hex"),
    ).toBe(sha256);
  }
  const list = readFileSync(join(out, "mac-array.f"), "utf8").trim().split("\n");
  expect(list).toEqual(manifest.files.map(({ path }) => path));
  expect(readdirSync(join(out, "tb")).sort()).toEqual(["MacArray_tb.v", "expected.hex", "stimulus.hex"]);
  expect(readdirSync(join(scratch, "deep"))).toEqual(["array"]);
});

test("--json holds the manifest and what was written; the same bytes as without", async () => {
  const [first, second] = [join(scratch, "first"), join(scratch, "second")];
  const result = (await expectJson(["generate", "vector-mac", "--out", first, "--vectors", "0"])) as {
    folder: string;
    files: string[];
    manifest: DesignManifest;
  };
  await callLodestone(["generate", "vector-mac", "--out", second, "--vectors", "0"]);
  expect(result.folder).toBe(first);
  expect(readdirSync(first).sort()).toEqual([...result.files].sort());
  expect(JSON.parse(readFileSync(join(first, "manifest.json"), "utf8"))).toEqual(result.manifest);
  for (const path of result.files) {
    expect(readFileSync(join(first, path)).equals(readFileSync(join(second, path)))).toBe(true);
  }
});

test("a configuration file sets parameters", async () => {
  const config = join(scratch, "lane.json");
  writeFileSync(config, '{ "vectorSize": 8, "pipelineStages": 1 }');
  const args = ["generate", "vector-mac", "--out", join(scratch, "configured"), "--config", config];
  const { manifest } = (await expectJson([...args, "--set", "vectorSize=16"])) as { manifest: DesignManifest };
  expect(manifest.parameters).toMatchObject({ vectorSize: 16, pipelineStages: 1 });
  expect(manifest.latency).toBe(1);
});

test("wrong use is refused in one line, and nothing is written", async () => {
  const out = join(scratch, "refused");
  const args = ["generate", "mac-array", "--out", out];
  await expectRefusal(["generate", "mac-array"], /required option '-o, --out <folder>'/);
  await expectRefusal(["generate", "--out", out], /generate takes the name of a design, or --file with/);
  await expectRefusal(["generate", "mac-aray", "--out", out], /"mac-aray".*mac-array/);
  await expectRefusal([...args, "--set", "lane=2"], /"lane" is no parameter; known: lanes/);
  await expectRefusal([...args, "--set", "lanes=999"], /lanes is 999; it must be an integer from 1 to 256/);
  await expectRefusal([...args, "--set", "lanes=two"], /lanes is "two"/);
  await expectRefusal([...args, "--set", "scaleProductBits=20"], /scaleProductBits 20 .* the most is 16/);
  await expectRefusal([...args, "--config", join(scratch, "none.json")], /none\.json: cannot be read/);
  await expectRefusal([...args, "--vectors", "-1"], /whole number from 0 to 100000/);
  expect(existsSync(out)).toBe(false);
});

test("a folder that cannot be written is refused in one line", async () => {
  const file = join(scratch, "file");
  writeFileSync(file, "mine");
  await expectRefusal(["generate", "vector-mac", "--out", file, "--vectors", "0"], /it is a file, not a folder/);
  await expectRefusal(["generate", "vector-mac", "--out", join(file, "x"), "--vectors", "0"], /not a folder/);
  expect(readFileSync(file, "utf8")).toBe("mine");
});
