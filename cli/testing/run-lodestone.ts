import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

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
