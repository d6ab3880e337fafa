import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmittedFile } from "../emit.ts";

const limit = 60_000;

/** What a program printed on both streams; throws with it when the program failed. */
function run(program: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", timeout: limit, stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${program}: ${stdout || ""}${stderr || ""}` || message);
  }
}

/** Runs `work` in a new folder that holds the files, and removes the folder. */
export function inFolder<T>(files: readonly EmittedFile[], work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "verilog-"));
  try {
    for (const file of files) writeFileSync(join(folder, file.fileName), file.text);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const namesOf = (files: readonly EmittedFile[]): string[] => files.map((file) => file.fileName).reverse();
const topOf = (files: readonly EmittedFile[]): string => files[files.length - 1]!.module;

/** Every way in which Verilator may read a design with properties; without them all are the same. */
const readings = [[], ["-DSYNTHESIS"], ["--assert", "-DFORMAL"]] as const;

/** `verilator --lint-only -Wall`, as it is, as for synthesis and as for proofs; any warning throws. */
export function lint(files: readonly EmittedFile[]): void {
  const guarded = files.some(({ text }) => text.includes("`ifndef SYNTHESIS"));
  inFolder(files, (folder) => {
    for (const flags of guarded ? readings : readings.slice(0, 1)) {
      run("verilator", ["--lint-only", "-Wall", ...flags, "--top-module", topOf(files), ...namesOf(files)], folder);
    }
  });
}

/** Reads the files with Yosys and checks the hierarchy, drivers and loops. */
export function checkWithYosys(files: readonly EmittedFile[]): void {
  const script = `read_verilog ${namesOf(files).join(" ")}; hierarchy -check -top ${topOf(files)}; proc; check -assert`;
  inFolder(files, (folder) => {
    const text = run("yosys", ["-p", script], folder);
    if (/^Warning:/m.test(text)) throw new Error(text);
  });
}

/** Compiles the files and a test bench with Icarus and returns what the bench printed, by lines. */
export function simulate(
  files: readonly EmittedFile[],
  bench: string,
  data: Readonly<Record<string, string>>,
): string[] {
  return inFolder(files, (folder) => {
    for (const [name, text] of Object.entries({ ...data, "bench.v": bench })) writeFileSync(join(folder, name), text);
    const warnings = run(
      "iverilog",
      ["-g2005", "-Wall", "-Wno-timescale", "-s", "bench", "-o", "bench.vvp", "bench.v", ...namesOf(files)],
      folder,
    );
    if (warnings !== "") throw new Error(warnings);
    return run("vvp", ["-n", "bench.vvp"], folder).trim().split("\n");
  });
}
