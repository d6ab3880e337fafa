import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bit, compile, instance, Module, output } from "../hdl/index.ts";
import { moduleFiles } from "./module-files.ts";
import { BothEdges, Crossing, FreeRunning, NoClock, TwoClocks, Unset } from "./testing/odd-modules.ts";

const folder = mkdtempSync(join(tmpdir(), "lodestone-module-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesFor = (module: Module, vectors: number) =>
  moduleFiles({ name: "Mine", parameters: module.params as Record<string, unknown> }, compile(module), {
    tool: "test",
    vectors,
    seed: 4,
  });

/** Writes what is generated and compiles the bench with Icarus; `change` may spoil a file. */
async function run(
  module: Module,
  change: (path: string, text: string) => string = (_, text) => text,
): Promise<string> {
  const { files, manifest } = await filesFor(module, 120);
  const cwd = mkdtempSync(join(folder, `${manifest.top}-`));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), change(path, text));
  }
  const args = ["-g2005", "-Wall", "-c", "Mine.f", "-o", "tb/sim", `tb/${manifest.top}_tb.v`];
  const said = execFileSync("iverilog", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  expect(said).toBe("");
  const text = execFileSync("vvp", ["-n", "sim"], { cwd: join(cwd, "tb"), encoding: "utf8" });
  return text.trimEnd().split("\n").at(-1)!;
}

test.each([
  ["without inputs", () => new FreeRunning({}), /^PASS 240 outputs compared in 120 cycles, 0 unknown$/],
  ["without a clock, wide", () => new NoClock({}), /^PASS 240 .* 0 unknown$/],
  ["two clocks", () => new TwoClocks({}), /^PASS 240 .* 0 unknown$/],
  ["a state machine", () => new Crossing({ limit: 7 }), /^PASS 240 .* 0 unknown$/],
  ["unset state", () => new Unset({}), /^PASS (2[6-9]|3[0-5])\d outputs compared in 120 cycles, [1-9]\d* unknown$/],
])("the recorded bench passes in Icarus: %s", async (_name, make, line) => {
  expect(await run(make())).toMatch(line);
});

test("it fails on a fault in the Verilog", async () => {
  const spoil = (path: string, text: string) => (path === "TwoClocks.v" ? text.replace("+ 8'd1", "+ 8'd2") : text);
  expect(await run(new TwoClocks({}), spoil)).toMatch(/^FAIL [1-9]\d* of \d+ outputs differ$/);
});

test("manifest and diagrams", async () => {
  class Top extends Module {
    readonly red = output(bit);
    build() {
      const crossing = instance(new Crossing({ limit: 7 }));
      crossing.button.value = 1;
      crossing.shown.value = "red";
      this.red.value = crossing.light.is("red");
    }
  }
  const { benchless, files, manifest } = await filesFor(new Top({}), 0);
  expect(files.map(({ path }) => path)).toEqual(["Crossing.v", "Top.v", "Mine.f", "manifest.json", "Crossing.mmd"]);
  expect(files.at(-1)!.text).toMatch(/^stateDiagram-v2\n {2}red\n {2}green\n/);
  expect(files.at(-1)!.text).toContain("  red --> green : button\n");
  expect(benchless).toBeUndefined();
  expect(manifest).toMatchObject({ design: "Mine", top: "Top", latency: null, clock: "clock", reset: "reset" });
  expect((await filesFor(new NoClock({}), 0)).manifest).toMatchObject({ latency: 0, clock: null });
});

test("no bench can be recorded for both edges of a clock, and that is said", async () => {
  const { benchless, files } = await filesFor(new BothEdges({}), 20);
  expect(benchless).toBe("registers change at both edges of a clock");
  expect(files.some(({ path }) => path.startsWith("tb/"))).toBe(false);
});
