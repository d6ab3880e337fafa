import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { YosysEngine } from "./engine.ts";
import { runYosys } from "./run-yosys.ts";
import { YosysError, YosysTimeoutError } from "./yosys-error.ts";

const files = { "a.v": "module a (input x, output y);\n  assign y = ~x;\nendmodule\n" };

/** The error of a run that must fail. */
async function failure(run: Promise<unknown>): Promise<YosysError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(YosysError);
  return error as YosysError;
}

// A temporary folder of this file's own: others may run Yosys at the same time.
const usual = process.env.TMPDIR;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lodestone-test-"));
  process.env.TMPDIR = folder;
});
afterAll(async () => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  await rm(folder, { recursive: true, force: true });
});

describe.each<YosysEngine>(["embedded", "system"])("%s Yosys", (yosys) => {
  it("returns the files that the script wrote, its log and its version", async () => {
    const lines: string[] = [];
    const result = await runYosys("read_verilog a.v\nhierarchy -check -top a\nwrite_verilog out.v\n", files, {
      yosys,
      timeoutMs: 60_000,
      onLine: (line) => lines.push(line),
    });
    expect(Object.keys(result.outputs)).toEqual(["out.v"]);
    expect(result.outputs["out.v"]).toContain("module a(");
    expect(result.version).toMatch(new RegExp(`^Yosys \\d+\\.\\d+.*, ${yosys}$`));
    expect(result.log).toContain("Executing HIERARCHY pass");
    expect(lines.some((line) => line.includes("Executing HIERARCHY pass"))).toBe(true);
  });

  it("turns an error into one line with the place in the source", async () => {
    const error = await failure(
      runYosys("read_verilog b.v\n", { "b.v": "module b (\n;\n" }, { yosys, timeoutMs: 60_000 }),
    );
    expect(error.message).toMatch(/^Yosys: b\.v:2: syntax error/);
    expect(error.message).not.toContain("\n");
    expect(error.exitCode).toBe(2);
    expect(error.version).toMatch(/^Yosys \d/);
  });

  it("is stopped when its time is over", async () => {
    // 96 by 96 bits in one adder tree: far more than a second's work.
    const big = "module a (input [95:0] x, z, output [191:0] y);\n  assign y = x * z;\nendmodule\n";
    const began = performance.now();
    const error = await failure(
      runYosys("read_verilog a.v\nsynth -top a\n", { "a.v": big }, { yosys, timeoutMs: 700 }),
    );
    expect(error).toBeInstanceOf(YosysTimeoutError);
    expect(error.message).toContain("did not finish within 0.7 s");
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("runYosys", () => {
  it.each(["../a.v", "a b.v", "script.ys", "-x.v", ""])("refuses %j as the name of a file", async (name) => {
    const error = await failure(runYosys("", { [name]: "" }, { yosys: "embedded", timeoutMs: 1000 }));
    expect(error.message).toContain(JSON.stringify(name));
  });
});
