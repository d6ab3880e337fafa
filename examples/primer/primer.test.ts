import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compile, type EmittedFile, emitVerilog, formatDiagnostic, inspect } from "../../hdl/index.ts";
import { inFolder, lint } from "../../hdl/verilog/testing/tools.ts";
import { exercises } from "./exercises.ts";

const benches = fileURLToPath(new URL("bench/", import.meta.url));

/** What an exercise's bench says of a design in its last line, behind what Icarus says of the ports that it is joined to. */
function verdict(exercise: string, files: readonly EmittedFile[]): string {
  const bench = `${exercise}.v`;
  const text = readFileSync(join(benches, bench), "utf8");
  return inFolder([...files, { fileName: "bench.v", text, module: "tb" }], (folder) => {
    const run = (program: string, ...args: readonly string[]): string => {
      const { stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
      if (error) throw error;
      return stderr + stdout;
    };
    const names = files.map(({ fileName }) => fileName);
    const complaints = run("iverilog", "-g2005", "-Wportbind", "-s", "tb", "-o", "tb.vvp", "bench.v", ...names);
    return `${complaints}${run("vvp", "-n", "tb.vvp").trim().split("\n").at(-1)}`;
  });
}

test("every bench has a solution", () => {
  expect(Object.keys(exercises).map((name) => `${name}.v`)).toEqual(readdirSync(benches).sort());
});

test.each(Object.entries(exercises))(
  "%s: nothing is told of it, and its bench passes",
  (exercise, make) => {
    expect(inspect(make()).diagnostics.map(formatDiagnostic)).toEqual([]);
    const files = emitVerilog(compile(make()));
    lint(files);
    expect(verdict(exercise, files)).toBe(`PASS ${exercise.slice(0, 2)}`);
  },
  60_000,
);

test("a bench notices a mistake", () => {
  const [file] = emitVerilog(compile(exercises["21_pwm_gray"]!()));
  const wrong = { ...file!, text: file!.text.replace(/position < level/, "position <= level") };
  expect(wrong.text).not.toBe(file!.text);
  expect(verdict("21_pwm_gray", [wrong])).toMatch(/^FAIL 21 /);
});
