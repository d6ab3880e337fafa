import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { SimReport } from "../../tb/index.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";
import { formatSim } from "./sim.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-sim-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const small = ["--set", "vectorSize=4", "--vectors", "40"];

test.each(["inprocess", "icarus"])("vector-mac equals the golden model (%s)", async (engine) => {
  const args = ["sim", "vector-mac", ...small, "--engine", engine, "--seed", "5"];
  const report = await expectJson(args, { cwd: scratch });
  expect(report).toMatchObject({ ok: true, design: "vector-mac", engine, vectors: 40, seed: 5, mismatched: 0 });
  expect((report as SimReport).compared).toBeGreaterThanOrEqual(40);
});

test("the text says what was compared; --wave writes a wave", async () => {
  const args = ["sim", "mac-array", ...small, "--set", "lanes=2", "--wave", "array.vcd"];
  const { code, stdout, stderr } = await callLodestone(args, { cwd: scratch });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^equal {2}[\d,]+ outputs in 41 cycles are what the golden model says$/m);
  expect(stdout).toContain("wave: array.vcd");
  expect(readFileSync(join(scratch, "array.vcd"), "utf8")).toContain("$enddefinitions");
});

test("a mismatch names seed, cycle, signal, expected and found, and the wave", () => {
  const mismatches = [{ cycle: 17, signal: "out_sum[3]", expected: -8, found: 7 }];
  const text = formatSim({
    design: "mac-array",
    parameters: { lanes: 4 },
    engine: "verilator",
    simulator: "Verilator 5.006",
    vectors: 100,
    seed: 9,
    latency: 1,
    seconds: 0.5,
    cycles: 101,
    compared: 400,
    mismatched: 3,
    mismatches,
    wave: "mac-array-seed9.vcd",
  });
  expect(text.split("\n").slice(2)).toEqual([
    "MISMATCH  3 of 400 outputs in 101 cycles differ from the golden model",
    "  cycle  signal      expected  found",
    "     17  out_sum[3]        -8      7",
    "  and 2 more",
    "again with --seed 9 --vectors 100",
    "wave: mac-array-seed9.vcd",
  ]);
});

test("wrong use is refused in one line", async () => {
  await expectRefusal(["sim"], /sim takes the name of a design, or --file with a module of your own/);
  await expectRefusal(["sim", "vector-mac", "--engine", "vcs"], /Allowed choices are inprocess, verilator, icarus/);
  await expectRefusal(["sim", "vector-mac", "--vectors", "0"], /whole number from 1 to/);
  await expectRefusal(["sim", "vector-mac", "--seed", "x"], /whole number from 0 to/);
  await expectRefusal(["sim", "vector-mac", ...small, "--set", "nope=1"], /"nope" is no parameter/);
});

test("a wave that cannot be written is refused in one line", async () => {
  const file = join(scratch, "in-the-way");
  writeFileSync(file, "");
  const wave = join(file, "lane.vcd");
  await expectRefusal(["sim", "vector-mac", ...small, "--wave", wave], /cannot write the wave .*lane\.vcd/);
  await expectRefusal(["sim", "vector-mac", ...small, "--wave", scratch], /cannot write the wave .*: it is a folder/);
  expect(existsSync(join(scratch, "missing"))).toBe(false);
});

test("a simulator that is not installed is named with what to do", async () => {
  const empty = join(scratch, "empty");
  mkdirSync(empty);
  for (const engine of ["verilator", "icarus"]) {
    await expectRefusal(["sim", "vector-mac", ...small, "--engine", engine], /not on the PATH; install it/, {
      env: { PATH: empty },
    });
  }
});
