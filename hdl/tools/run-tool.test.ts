import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runTool, ToolError, ToolTimeoutError } from "./run-tool.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "run-tool-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
  return path;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not throw"),
    (error: unknown) => error,
  );
}

test("status, both outputs, input, folder and environment", async () => {
  const path = script("all", "cat", "pwd", 'echo "$ONE,$HOME"', "echo problem >&2", "exit 3");
  const result = await runTool(path, [], {
    timeoutMs: 20_000,
    input: "from input\n",
    cwd: folder,
    env: { ONE: "1", HOME: undefined },
  });
  expect(result).toEqual({ status: 3, stdout: `from input\n${folder}\n1,\n`, stderr: "problem\n" });
});

test("arguments reach the tool as they are: nothing is a shell's", async () => {
  const args = ["a b", "$HOME", "; echo no", "*", "", "'\"", "back\\slash", "line\nbreak"];
  const path = script("arguments", 'for a in "$@"; do printf "<%s>" "$a"; done');
  const result = await runTool(path, args, { timeoutMs: 20_000 });
  expect(result.stdout).toBe(args.map((arg) => `<${arg}>`).join(""));
});

test("a tool ended by a signal has status 128 + its number", async () => {
  const result = await runTool(script("signal", "kill -TERM $$"), [], { timeoutMs: 20_000 });
  expect(result.status).toBe(143);
});

test("input that the tool does not read is no error", async () => {
  const result = await runTool(script("deaf", "exit 0"), [], { timeoutMs: 20_000, input: "x".repeat(1_000_000) });
  expect(result.status).toBe(0);
});

test("a missing program, a file that is no program and a missing folder are tool errors", async () => {
  const missing = await rejection(runTool(join(folder, "nothing"), [], { timeoutMs: 1000 }));
  expect(missing).toBeInstanceOf(ToolError);
  expect(missing).toMatchObject({ exitCode: 2, message: `${folder}/nothing cannot be started: no such file` });

  writeFileSync(join(folder, "text"), "just text");
  const text = await rejection(runTool(join(folder, "text"), [], { timeoutMs: 1000 }));
  expect(text).toMatchObject({ message: expect.stringContaining("permission denied") });

  const nowhere = await rejection(runTool(script("fine", "true"), [], { timeoutMs: 1000, cwd: join(folder, "no") }));
  expect(nowhere).toMatchObject({ message: expect.stringContaining(`no folder ${folder}/no`) });
});

test("over the time limit the tool and what it started are gone", async () => {
  const pidFile = join(folder, "pids");
  const path = script("hang", "sleep 600 &", `echo "$$ $!" > ${pidFile}`, "wait");
  const started = Date.now();
  const error = await rejection(runTool(path, [], { timeoutMs: 500 }));
  expect(error).toBeInstanceOf(ToolTimeoutError);
  expect(error).toMatchObject({
    exitCode: 2,
    message: "hang did not finish within 500 ms and was stopped; raise the time limit or give it less to do",
  });
  expect(Date.now() - started).toBeLessThan(10_000);
  const pids = readFileSync(pidFile, "utf8").trim().split(" ").map(Number);
  expect(pids).toHaveLength(2);
  await expect.poll(() => pids.filter(isAlive), { timeout: 5000 }).toEqual([]);
});

test("more output than the limit ends the tool", async () => {
  const error = await rejection(runTool(script("chatty", "yes"), [], { timeoutMs: 20_000, maxOutputBytes: 10_000 }));
  expect(error).toBeInstanceOf(ToolError);
  expect(error).toMatchObject({ message: expect.stringContaining("chatty wrote more than 10000 bytes") });
});

test("a tool dies with this process", async () => {
  const pidFile = join(folder, "orphan-pid");
  const path = script("orphan", `echo $$ > ${pidFile}`, "exec sleep 600");
  const program = join(folder, "parent.mts");
  writeFileSync(
    program,
    [
      `import { existsSync } from "node:fs";`,
      `import { runTool } from ${JSON.stringify(join(import.meta.dirname, "run-tool.ts"))};`,
      `void runTool(${JSON.stringify(path)}, [], { timeoutMs: 60_000 });`,
      `const wait = () => (existsSync(${JSON.stringify(pidFile)}) ? process.kill(process.pid, "SIGTERM") : setTimeout(wait, 5));`,
      "wait();",
    ].join("\n"),
  );
  const tsx = join(import.meta.dirname, "../../node_modules/tsx/dist/loader.mjs");
  const result = await runTool(process.execPath, ["--import", tsx, program], { timeoutMs: 30_000 });
  expect(result.status).toBe(143);
  const pid = Number(readFileSync(pidFile, "utf8"));
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});
