import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "./repository-files.ts";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Plain JavaScript without declarations: what is imported is described here. */
async function load<T>(script: string): Promise<T> {
  return (await import(pathToFileURL(join(repositoryRoot, "scripts", script)).href)) as T;
}

const { countReport, formatCounts } = await load<{
  countReport(report: unknown, code: number | null): { counts: Counts; complaint: string | undefined };
  formatCounts(counts: Counts): string;
}>("test-counts.mjs");
const { npmErrorLine, reasonToInstall } = await load<{
  npmErrorLine(output: string): string;
  reasonToInstall(root: string): string | undefined;
}>("ensure-packages.mjs");
const { ensureNode } = await load<{ ensureNode(version?: string): void }>("ensure-node.mjs");
const { runCommand } = await load<{
  runCommand(
    program: string,
    args: readonly string[],
    options: { seconds: number; env?: NodeJS.ProcessEnv },
  ): Promise<{ code: number | null; output: string; timedOut: boolean; startError: Error | undefined }>;
}>("run-command.mjs");

const scratch = mkdtempSync(join(tmpdir(), "lodestone-scripts-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function report(...files: { status: string; tests: string[] }[]): unknown {
  return {
    testResults: files.map(({ status, tests }, i) => ({
      name: `file-${i}.test.ts`,
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  };
}

describe("the count of a test run", () => {
  test("a good run", () => {
    const { counts, complaint } = countReport(report({ status: "passed", tests: ["passed", "passed"] }), 0);
    expect(formatCounts(counts)).toBe("2 passed, 0 failed");
    expect(complaint).toBeUndefined();
  });

  test("failures and skips are counted and the file is named", () => {
    const files = report({ status: "failed", tests: ["passed", "failed", "pending", "todo"] });
    const { counts, complaint } = countReport(files, 1);
    expect(formatCounts(counts)).toBe("1 passed, 1 failed, 2 skipped");
    expect(complaint).toContain("file-0.test.ts");
  });

  test("a file that could not be loaded is a failure", () => {
    const files = report({ status: "failed", tests: [] }, { status: "passed", tests: ["passed"] });
    expect(countReport(files, 1).counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test.each([
    ["no report", undefined, 0],
    ["a damaged report", { testResults: 7 }, 0],
    ["no test at all", report(), 0],
    ["all skipped", report({ status: "passed", tests: ["skipped"] }), 0],
    ["an error outside any test", report({ status: "passed", tests: ["passed"] }), 1],
    ["a crash", report({ status: "passed", tests: ["passed"] }), null],
  ])("%s is never green", (_, files, code) => {
    const { counts, complaint } = countReport(files, code);
    expect(counts.failed).toBe(1);
    expect(complaint).toBeTypeOf("string");
  });
});

describe("whether packages must be installed", () => {
  const good = { "": {}, "node_modules/a": { version: "1.0.0", integrity: "x" } };

  function makeTree(name: string, installed: object | undefined, wanted: object = good): string {
    const root = join(scratch, name);
    mkdirSync(join(root, "node_modules", "a"), { recursive: true });
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: wanted }));
    writeFileSync(join(root, "node_modules", "a", "package.json"), "{}");
    if (installed !== undefined) {
      writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
    }
    return root;
  }

  test("not when all are there", () => {
    expect(reasonToInstall(makeTree("good", good))).toBeUndefined();
    expect(reasonToInstall(repositoryRoot)).toBeUndefined();
  });

  test("not for an optional package of another platform", () => {
    const wanted = { ...good, "node_modules/b": { version: "1.0.0", optional: true } };
    expect(reasonToInstall(makeTree("optional", good, wanted))).toBeUndefined();
  });

  test("when there is no record, an older one, another content, or a folder is gone", () => {
    expect(reasonToInstall(makeTree("no-record", undefined))).toBe("packages are missing");
    const older = { "node_modules/a": { version: "0.9.0", integrity: "x" } };
    expect(reasonToInstall(makeTree("older", older))).toContain("package a");
    const other = { "node_modules/a": { version: "1.0.0", integrity: "y" } };
    expect(reasonToInstall(makeTree("other", other))).toContain("package a");
    const gone = makeTree("gone", good);
    rmSync(join(gone, "node_modules", "a"), { recursive: true });
    expect(reasonToInstall(gone)).toBe("package a is missing");
  });

  test("a lock file that cannot be read is an error in one line", () => {
    const root = makeTree("damaged", good);
    writeFileSync(join(root, "package-lock.json"), "{");
    expect(() => reasonToInstall(root)).toThrow(/package-lock\.json.*clone again/);
  });
});

describe("messages", () => {
  test("npm's complaint becomes one line", () => {
    const output = [
      "npm warn something",
      "npm error code ENOTFOUND",
      "npm error syscall getaddrinfo",
      "npm error network request failed",
      "npm error A complete log of this run can be found in: /x/y.log",
    ].join("\n");
    expect(npmErrorLine(output)).toBe("code ENOTFOUND; network request failed");
    expect(npmErrorLine("sh: npm: broken\n")).toBe("sh: npm: broken");
    expect(npmErrorLine("")).toBe("npm gave no reason");
  });

  test("an old Node is refused, a new one is not", () => {
    expect(() => ensureNode("18.20.4")).toThrow(/Node 18\.20\.4 is too old: install Node 20\.11/);
    expect(() => ensureNode("20.10.0")).toThrow();
    for (const version of ["20.11.0", "20.20.2", "22.0.0", "100.1.2"]) expect(() => ensureNode(version)).not.toThrow();
  });
});

describe("running a program", () => {
  test("its code and output", async () => {
    const script = "console.log('out'); console.error('err'); process.exit(3)";
    const result = await runCommand(process.execPath, ["-e", script], { seconds: 20 });
    expect(result).toMatchObject({ code: 3, timedOut: false });
    expect(result.output).toContain("out");
    expect(result.output).toContain("err");
  });

  test("one that hangs is ended with what it started", async () => {
    const child = "setInterval(() => {}, 1000)";
    const script = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" })`;
    // The grandchild holds the pipes open: this ends only when it is ended too.
    const result = await runCommand(process.execPath, ["-e", script], { seconds: 1 });
    expect(result).toMatchObject({ timedOut: true });
  });

  test("one that does not exist", async () => {
    const result = await runCommand(join(scratch, "no-such-program"), [], { seconds: 5 });
    expect(result.code).toBeNull();
    expect(result.startError?.message).toContain("ENOENT");
  });
});

describe("programs that the tests call", () => {
  function writeProgram(folder: string, name: string, text: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  /** Runs `ensureTools` on a Debian where nothing is on the path but what the folder holds. */
  function runIn(folder: string) {
    writeFileSync(join(folder, "os-release"), 'NAME="Some Linux"\nID=mine\nID_LIKE="ubuntu debian"\n');
    const script = JSON.stringify(pathToFileURL(join(repositoryRoot, "scripts", "ensure-tools.mjs")).href);
    const release = JSON.stringify(join(folder, "os-release"));
    const code = `import(${script}).then(({ ensureTools }) => ensureTools(${release}))
      .then(() => console.log("all there"), (error) => { console.log(error.message); process.exit(error.exitCode); })`;
    return runCommand(process.execPath, ["-e", code], { seconds: 30, env: { PATH: folder } });
  }

  test("without apt-get their packages are named", async () => {
    const folder = mkdtempSync(join(scratch, "bare-"));
    writeProgram(folder, "make", "true");
    const { code, output } = await runIn(folder);
    expect(output).toBe("the tests need these programs, please install them: verilator g++ iverilog yosys z3\n");
    expect(code).toBe(2);
  });

  test("with apt-get what is missing is installed, and its error is passed on in one line", async () => {
    const folder = mkdtempSync(join(scratch, "apt-"));
    for (const name of ["verilator", "g++", "make", "yosys", "z3", "true"]) writeProgram(folder, name, ":");
    writeProgram(folder, "env", 'while [ "$1" != apt-get ]; do shift; done; exec "$@"');
    writeProgram(folder, "sudo", 'shift; exec "$@"');
    writeProgram(folder, "apt-get", 'echo "E: Unable to locate package iverilog"; exit 100');
    const failed = await runIn(folder);
    expect(failed.output).toContain("apt-get install iverilog failed: Unable to locate package iverilog\n");
    expect(failed.code).toBe(2);

    const make = ["iverilog", "vvp"].map((name) => `/bin/cp ${folder}/make ${folder}/${name}`).join("; ");
    writeProgram(folder, "apt-get", `case "$*" in *"install -y --no-install-recommends iverilog") ${make};; esac`);
    const good = await runIn(folder);
    expect(good.output).toContain("all there");
    expect(good.code).toBe(0);
  });
});

describe("on a clone without packages", () => {
  const clone = join(scratch, "clone");
  cpSync(join(repositoryRoot, "scripts"), join(clone, "scripts"), { recursive: true });
  cpSync(join(repositoryRoot, "bin"), join(clone, "bin"), { recursive: true });
  writeFileSync(join(clone, "package.json"), JSON.stringify({ name: "clone", version: "1.0.0", type: "module" }));

  test("the command says what to do", async () => {
    const result = await runCommand(process.execPath, [join(clone, "bin", "lodestone.mjs"), "list"], { seconds: 20 });
    expect(result.code).toBe(2);
    expect(result.output.trim().split("\n")).toHaveLength(1);
    expect(result.output).toContain("run npm ci in");
  });

  test.each(["test.mjs", "start.mjs"])("%s reports in one line that npm failed", async (script) => {
    // A lock file that package.json contradicts: npm ci refuses it without asking the network.
    const lock = { name: "clone", lockfileVersion: 3, packages: { "": {}, "node_modules/a": { version: "1.0.0" } } };
    writeFileSync(join(clone, "package-lock.json"), JSON.stringify(lock));
    writeFileSync(
      join(clone, "package.json"),
      JSON.stringify({ name: "clone", version: "1.0.0", type: "module", dependencies: { b: "file:./missing" } }),
    );
    const result = await runCommand(process.execPath, [join(clone, "scripts", script)], { seconds: 60 });
    expect(result.code).toBe(2);
    const lines = result.output.trim().split("\n");
    expect(lines.at(-1)).toMatch(/^lodestone: npm ci failed: /);
    expect(lines).toHaveLength(2);
  });
});
