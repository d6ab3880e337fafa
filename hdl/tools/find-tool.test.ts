import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compareVersions, findTool, hasTool, type ToolName } from "./find-tool.ts";
import { runTool, ToolError } from "./run-tool.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "find-tool-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const wrapper = join(import.meta.dirname, "../../bin/verilator.mjs");

let folders = 0;
/** A folder with one fake tool; `/bin` follows so that its shell finds `sleep` and `echo`. */
function folderWith(name: string, ...lines: string[]): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ exitCode: 2 });
    return (error as ToolError).message;
  }
  return expect.fail("it did not throw");
}

describe("versions as the tools print them", () => {
  const printed: [ToolName, string, string, string][] = [
    ["verilator", "Verilator 5.006 2023-01-22 rev (Debian 5.006-3)", "5.006", "Verilator 5.006"],
    ["verilator", "Verilator 5.000 2022-10-22 rev v5.000", "5.000", "Verilator 5.000"],
    ["iverilog", "Icarus Verilog version 11.0 (stable) ()", "11.0", "Icarus Verilog 11.0"],
    ["iverilog", "Icarus Verilog version 13.0 (devel) (s20221226-1)", "13.0", "Icarus Verilog 13.0"],
    ["vvp", "Icarus Verilog runtime version 10.3 (stable)", "10.3", "Icarus Verilog runtime 10.3"],
    ["yosys", "Yosys 0.23 (git sha1 7ce5011c24b)", "0.23", "Yosys 0.23"],
    ["yosys", "Yosys 0.55+12 (git sha1 0123456789a)", "0.55", "Yosys 0.55"],
    ["g++", "g++ (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0", "g++ 12.2.0"],
    ["g++", "g++ (GCC) 11.4.1 20230605 (Red Hat 11.4.1-2)", "11.4.1", "g++ 11.4.1"],
    ["g++", "Apple clang version 15.0.0 (clang-1500.1.0.2.5)", "15.0.0", "g++ 15.0.0"],
    ["make", "GNU Make 4.3", "4.3", "GNU Make 4.3"],
    ["ccache", "ccache version 4.7.5", "4.7.5", "ccache 4.7.5"],
  ];
  test.each(printed)("%s: %s", async (name, line, version, product) => {
    const folder = folderWith(name, `echo "${line}"`);
    expect(await findTool(name, { searchPath: folder })).toEqual({ path: join(folder, name), version, product });
  });
});

test("the first of the path is taken; folders that do not exist and files that cannot run are passed over", async () => {
  const first = folderWith("yosys", "echo 'Yosys 0.40 (x)'");
  const second = folderWith("yosys", "echo 'Yosys 0.50 (x)'");
  const dull = join(root, "dull");
  mkdirSync(join(dull, "yosys"), { recursive: true });
  const plain = join(root, "plain");
  mkdirSync(plain);
  writeFileSync(join(plain, "yosys"), "");
  const searchPath = [join(root, "nowhere"), dull, plain, first, second].join(delimiter);
  expect((await findTool("yosys", { searchPath })).version).toBe("0.40");
});

test("a missing tool: the message says how to install it", async () => {
  expect(await messageOf(findTool("verilator", { searchPath: root }))).toBe(
    "verilator is not on the PATH; install it, on Debian or Ubuntu: apt-get install verilator",
  );
  expect(await messageOf(findTool("vvp", { searchPath: "" }))).toContain("apt-get install iverilog");
  expect(await hasTool("verilator", { searchPath: root })).toBe(false);
});

test.each<[ToolName, string, string]>([
  ["verilator", "Verilator 4.228 2022-10-01", "is Verilator 4.228, but 5.000 or newer is needed"],
  ["iverilog", "Icarus Verilog version 0.9.7", "is Icarus Verilog 0.9, but 10.0 or newer is needed"],
  ["yosys", "Yosys 0.9 (git sha1 1979e0b1)", "is Yosys 0.9, but 0.20 or newer is needed"],
])("a tool that is too old: %s", async (name, line, expected) => {
  const folder = folderWith(name, `echo "${line}"`);
  const message = await messageOf(findTool(name, { searchPath: folder }));
  expect(message).toContain(expected);
  expect(message).toContain(`apt-get install ${name}`);
  expect(await hasTool(name, { searchPath: folder })).toBe(false);
});

test("a tool that hangs, crashes or is something else", async () => {
  const hanging = folderWith("yosys", "exec /bin/sleep 600");
  const started = Date.now();
  expect(await messageOf(findTool("yosys", { searchPath: hanging, timeoutMs: 300 }))).toBe(
    `${hanging}/yosys -V gave no answer within 300 ms; repair it or install it, on Debian or Ubuntu: apt-get install yosys`,
  );
  expect(Date.now() - started).toBeLessThan(10_000);
  const other = folderWith("yosys", "echo 'A game of chess'", "exit 1");
  expect(await messageOf(findTool("yosys", { searchPath: other }))).toContain("did not print a version of Yosys");
});

test("the installed tools are found", async () => {
  for (const name of ["verilator", "iverilog", "vvp", "yosys", "g++", "make"] as const) {
    expect(await hasTool(name), name).toBe(true);
  }
});

test("versions compare by their parts as numbers", () => {
  expect(compareVersions("0.9", "0.20")).toBeLessThan(0);
  expect(compareVersions("5.006", "5.6")).toBe(0);
  expect(compareVersions("12", "12.0.0")).toBe(0);
  const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(version, version, (a, b) => {
      const forward = compareVersions(a.join("."), b.join("."));
      expect(Math.sign(compareVersions(b.join("."), a.join(".")))).toBe(-Math.sign(forward) || 0);
      const width = Math.max(a.length, b.length);
      const padded = (parts: number[]): string =>
        Array.from({ length: width }, (_, i) => String(parts[i] ?? 0).padStart(2, "0")).join();
      expect(Math.sign(forward)).toBe(padded(a) < padded(b) ? -1 : padded(a) > padded(b) ? 1 : 0);
    }),
  );
});

describe("the verilator command of this package", () => {
  const run = (args: string[], env: Record<string, string | undefined> = {}) =>
    runTool(process.execPath, [wrapper, ...args], { timeoutMs: 60_000, env });

  test("is not found by the search, as a file or through the link that npm makes", async () => {
    const bin = join(root, "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(wrapper, join(bin, "verilator"));
    expect(await hasTool("verilator", { searchPath: bin })).toBe(false);
    const real = folderWith("verilator", "echo Verilator 5.010");
    expect((await findTool("verilator", { searchPath: [bin, real].join(delimiter) })).path).toBe(`${real}/verilator`);
  });

  test("passes arguments, both outputs and the status through", async () => {
    const fake = folderWith(
      "verilator",
      '[ "$1" = --version ] && [ $# = 1 ] && echo Verilator 5.010 && exit 0',
      'for a in "$@"; do printf "<%s>" "$a"; done',
      "/bin/cat",
      "echo trouble >&2",
      "exit 7",
    );
    const result = await runTool(process.execPath, [wrapper, "--lint-only", "a b.v", "$X"], {
      timeoutMs: 60_000,
      input: "typed",
      env: { PATH: fake },
    });
    expect(result).toEqual({ status: 7, stdout: "<--lint-only><a b.v><$X>typed", stderr: "trouble\n" });
  });

  test("runs the installed Verilator", async () => {
    const result = await run(["--version"]);
    expect(result).toMatchObject({ status: 0, stderr: "" });
    expect(result.stdout).toMatch(/^Verilator 5\./);
  });

  test("says in one line how to install it when it is missing or too old", async () => {
    expect(await run(["--version"], { PATH: root })).toEqual({
      status: 2,
      stdout: "",
      stderr: "verilator: verilator is not on the PATH; install it, on Debian or Ubuntu: apt-get install verilator\n",
    });
    const old = folderWith("verilator", "echo Verilator 4.038 2020-07-11");
    const result = await run(["--lint-only", "x.v"], { PATH: old });
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/^verilator: .* is Verilator 4\.038, but 5\.000 or newer is needed; [^\n]*\n$/);
  });
});
