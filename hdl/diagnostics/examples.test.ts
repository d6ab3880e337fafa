import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { codes, diagnosticCodes } from "./index.ts";
import { exampleFile } from "./testing/run-example.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const work = join(root, "build", `example-types-${process.pid}`);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("every example is right by its types", () => {
  mkdirSync(work, { recursive: true });
  for (const code of diagnosticCodes) {
    for (const kind of ["bad", "good"] as const) {
      writeFileSync(join(work, `${code}-${kind}.mts`), exampleFile(codes[code][kind], "lodestone"));
    }
  }
  // An example declares what it shows, whether it is used or not.
  const settings = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.mts"] };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const run = spawnSync(process.execPath, [tsc, "--noEmit", "-p", work], { encoding: "utf8", timeout: 120_000 });
  expect(run.stdout).toBe("");
  expect(run.status).toBe(0);
});

test("records are complete and in the tone of the rest", () => {
  for (const code of diagnosticCodes) {
    const { title, meaning, why, suppress } = codes[code];
    expect(title, code).toMatch(/^[a-z].*[^.]$/);
    for (const text of [meaning, why, ...(suppress === undefined ? [] : [suppress])])
      expect(text, code).toMatch(/^([A-Z`.]|\w+\(\)).*\.$/s);
  }
});
