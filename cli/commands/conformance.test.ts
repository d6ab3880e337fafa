import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { conformanceFiles } from "../../golden/conformance/index.ts";
import { callLodestone, expectRefusal } from "../testing/run-lodestone.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-conformance-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const here = { cwd: scratch };

test("writes the set", async () => {
  const { code, stdout, stderr } = await callLodestone(["conformance", "--out", "set"], here);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+ files, [\d,]+ bytes, written to set; start with set\/README\.md\n$/);
  for (const { content, path } of conformanceFiles()) {
    expect(readFileSync(join(scratch, "set", path), "utf8") === content, path).toBe(true);
  }
});

test("needs a folder that can be written", async () => {
  await expectRefusal(["conformance"], /required option '-o, --out <folder>'/, here);
  writeFileSync(join(scratch, "file"), "");
  await expectRefusal(["conformance", "--out", "file"], /it is a file, not a folder/, here);
});
