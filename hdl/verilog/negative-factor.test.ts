import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { input, Module, output, simulate, sint, vec } from "../index.ts";
import { emitVerilog } from "./index.ts";

const factors = [-1, -2, -3, -5, -6, -7, -8, -100, 7, 100];

class Factors extends Module {
  readonly x = input(sint(10));
  readonly y = output(vec(factors.length, sint(20)));
  build() {
    this.y.value = factors.map((factor) => this.x.mul(factor));
  }
}

test("products with negative constants are right, and clean under -Wall", async () => {
  const [file] = emitVerilog(compile(new Factors({})));
  const folder = mkdtempSync(join(tmpdir(), "lodestone-factor-"));
  try {
    writeFileSync(join(folder, file!.fileName), file!.text);
    const args = ["--lint-only", "-Wall", file!.fileName];
    expect(execFileSync("verilator", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })).toBe(
      "",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(file!.text).toContain("4'sh9");
  for (const engine of ["inprocess", "icarus"] as const) {
    const bench = await simulate(new Factors({}), { engine });
    for (const x of [-512, -1, 0, 1, 511]) {
      bench.in.x = x;
      expect(bench.out.y).toEqual(factors.map((factor) => factor * x + 0));
    }
    bench.close();
  }
});
