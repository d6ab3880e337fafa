import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatorNamed } from "../generators/index.ts";
import { compile } from "../hdl/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import { designFiles } from "./design-files.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lodestone-bench-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a design as `generate` does and compiles its test bench with Icarus, in the way the file list suggests. */
function build(
  name: string,
  params: Readonly<Record<string, ParameterValue>>,
  vectors: number,
): { cwd: string; top: string } {
  const cwd = mkdtempSync(join(folder, `${name}-`));
  const configured = generatorNamed(name).configure(params);
  const { files, manifest } = designFiles(configured, compile(configured.create()), { tool: "test", vectors, seed: 5 });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const bench = `tb/${manifest.top}_tb.v`;
  const args = ["-g2005", "-Wall", "-c", `${name}.f`, "-o", "tb/sim", bench];
  const said = execFileSync("iverilog", args, {
    cwd,
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(said).toBe("");
  return { cwd, top: manifest.top };
}

const simulate = (cwd: string, ...args: string[]): string =>
  execFileSync("vvp", ["-n", "sim", ...args], { cwd, encoding: "utf8", timeout: 60_000 });

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1)!;

describe("the plain Verilog test bench in Icarus", () => {
  test.each([
    ["vector-mac", {}],
    ["vector-mac", { pipelineStages: 4 }],
    [
      "vector-mac",
      { vectorSize: 5, elementBits: 3, wideBits: 0, scaleBits: 3, scaleProductBits: 6, accumulatorBits: 33 },
    ],
    ["mac-array", {}],
    ["mac-array", { pipelineStages: 3, lanes: 3, vectorSize: 8, collectorDepth: 5 }],
    ["vsq-quantizer", { beats: 4 }],
    ["vsq-quantizer", { vectorSize: 8, architecture: "reciprocal", clip: true, pipelineStages: 2 }],
    ["post-process", { lanes: 4, vectorSize: 8, depth: 4, pipelineStages: 1 }],
  ])("%s %j passes", (name, params) => {
    const vectors = 160;
    const { cwd } = build(name, params, vectors);
    const latency = generatorNamed(name).configure(params).latency;
    const line = lastLine(simulate(join(cwd, "tb")));
    expect(line).toMatch(/^PASS \d+ outputs compared in \d+ cycles$/);
    const [, compared, cycles] = /PASS (\d+) outputs compared in (\d+)/.exec(line)!;
    expect(Number(cycles)).toBe(vectors + latency);
    expect(Number(compared)).toBeGreaterThanOrEqual(vectors);
  });

  test("finds its vectors from elsewhere with +vectors", () => {
    const { cwd } = build("vector-mac", { vectorSize: 4 }, 40);
    expect(lastLine(execFileSync("vvp", ["-n", "tb/sim", "+vectors=tb"], { cwd, encoding: "utf8" }))).toMatch(
      /^PASS 40 /,
    );
  });

  test("fails when an expected bit is turned over, and names cycle and port", () => {
    const { cwd } = build("vector-mac", { vectorSize: 4 }, 40);
    const path = join(cwd, "tb", "expected.hex");
    const lines = readFileSync(path, "utf8").split("\n");
    const last = lines[17]!.at(-1)!;
    lines[17] = lines[17]!.slice(0, -1) + (Number.parseInt(last, 16) ^ 1).toString(16);
    writeFileSync(path, lines.join("\n"));
    const said = simulate(join(cwd, "tb"));
    expect(said).toMatch(/MISMATCH cycle 17 sum_out: expected [0-9a-f]+, found [0-9a-f]+/);
    expect(lastLine(said)).toBe("FAIL 1 of 40 outputs differ");
  });

  test("fails when there are no vectors", () => {
    const { cwd } = build("vector-mac", { vectorSize: 4 }, 8);
    rmSync(join(cwd, "tb", "expected.hex"));
    expect(lastLine(simulate(join(cwd, "tb")))).toMatch(/^FAIL/);
  });

  test("fails on a fault in the Verilog", () => {
    const { cwd, top } = build("mac-array", { lanes: 2, vectorSize: 4, accumulatorBits: 18 }, 100);
    const path = join(cwd, "MacLane.v");
    const text = readFileSync(path, "utf8");
    const broken = text.replace("18'sh1ffff", "18'sh1fffe");
    expect(broken).not.toBe(text);
    writeFileSync(path, broken);
    execFileSync("iverilog", ["-g2005", "-c", "mac-array.f", "-o", "tb/sim", `tb/${top}_tb.v`], { cwd });
    expect(lastLine(simulate(join(cwd, "tb")))).toMatch(/^FAIL [1-9]/);
  });
});
