import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, vi } from "vitest";
import { main } from "../main.ts";

/** What a run of the command left behind. */
export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL("../../bin/lodestone.mjs", import.meta.url));

/**
 * Runs the `lodestone` command as a user would, in a process of its own.
 * @param options `cwd` the folder to stand in; `deaf` closes the reading end of its standard output before it writes
 */
export function runLodestone(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; deaf?: boolean } = {},
): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _force, NO_COLOR: _no, LODESTONE_DEBUG: _debug, ...environment } = process.env;
    const child = spawn(process.execPath, [program, ...args], {
      cwd: options.cwd,
      env: { ...environment, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    if (options.deaf === true) child.stdout.destroy();
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Runs the command inside this process: the same program without the cost of starting it.
 * @param options `cwd` the folder to stand in, `env` variables for the time of the run
 */
export async function callLodestone(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  let stdout = "";
  let stderr = "";
  const environment = { ...process.env };
  const folder = process.cwd();
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      stdout += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      stderr += String(text);
      return true;
    }),
  ];
  Object.assign(process.env, { NO_COLOR: "1", FORCE_COLOR: "" }, options.env);
  try {
    process.chdir(options.cwd ?? folder);
    return { code: await main(args), stdout, stderr };
  } finally {
    process.chdir(folder);
    process.env = environment;
    for (const spy of spies) spy.mockRestore();
  }
}

/** Expects wrong use or bad input: code 2, nothing on standard output, one line on standard error, no stack. */
export async function expectRefusal(
  args: readonly string[],
  message: RegExp,
  options: Parameters<typeof callLodestone>[1] = {},
): Promise<void> {
  const { code, stdout, stderr } = await callLodestone(args, options);
  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^lodestone: [^\n]+\n$/);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
}

/** Expects a good run with `--json`: one JSON document on standard output, nothing on standard error. */
export async function expectJson(
  args: readonly string[],
  options: Parameters<typeof callLodestone>[1] = {},
): Promise<unknown> {
  const { code, stdout, stderr } = await callLodestone([...args, "--json"], options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}
