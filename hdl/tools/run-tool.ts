import { spawn } from "node:child_process";
import { constants } from "node:os";
import { basename } from "node:path";
import { endWithThisProcess, killGroup } from "./child-groups.ts";
import { ToolError, ToolTimeoutError } from "./tool-error.ts";

export { ToolError, ToolTimeoutError } from "./tool-error.ts";

/** Limits and surroundings of one run of a tool. */
export interface RunToolOptions {
  /** Time limit in milliseconds of real time; the tool and everything it started is killed when it is over. */
  readonly timeoutMs: number;
  readonly cwd?: string | undefined;
  /** Text for standard input; without it standard input is empty. */
  readonly input?: string | undefined;
  /** Variables on top of this process's environment; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Limit for standard output and for standard error, each; 64 MiB unless told. */
  readonly maxOutputBytes?: number | undefined;
}

/** What a tool that came to its end left: its status and all that it wrote. */
export interface ToolResult {
  /** Exit status; 128 + signal number when a signal ended the tool. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end with an argument list, never through a shell. A status other than 0 is a result, not an
 * error.
 *
 * @throws ToolError when the program cannot be started, exceeds its time limit or writes more than the output limit.
 */
export function runTool(path: string, args: readonly string[], options: RunToolOptions): Promise<ToolResult> {
  const { timeoutMs, cwd, input } = options;
  const limit = options.maxOutputBytes ?? 64 * 1024 * 1024;
  const name = basename(path);
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd,
      env: { ...process.env, ...options.env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      detached: true,
    });
    endWithThisProcess(child);
    const stdout = new Collector(limit);
    const stderr = new Collector(limit);

    const giveUp = (error: ToolError): void => {
      clearTimeout(timer);
      if (child.pid !== undefined) killGroup(child.pid);
      // A grandchild that left the group may still hold the pipes; do not wait for it.
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      const what = `${name} did not finish within ${seconds(timeoutMs)} and was stopped`;
      giveUp(new ToolTimeoutError(`${what}; raise the time limit or give it less to do`));
    }, timeoutMs);
    const collect = (collector: Collector) => (chunk: Buffer) => {
      if (!collector.add(chunk)) {
        giveUp(new ToolError(`${name} wrote more than ${limit} bytes and was stopped; run it by hand to see them`));
      }
    };

    child.stdout?.on("data", collect(stdout));
    child.stderr?.on("data", collect(stderr));
    // The tool may end without reading its input; that is its own affair.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
    child.on("error", (error: NodeJS.ErrnoException) =>
      giveUp(new ToolError(`${path} cannot be started: ${reason(error, cwd)}`)),
    );
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ status, stdout: stdout.text(), stderr: stderr.text() });
    });
  });
}

/** `300 ms`, `20 s`: a time limit as messages name it. */
export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}

function reason(error: NodeJS.ErrnoException, cwd: string | undefined): string {
  if (error.code === "ENOENT") return `no such file${cwd === undefined ? "" : `, or no folder ${cwd}`}`;
  if (error.code === "EACCES") return "permission denied; is it executable?";
  return error.message;
}

class Collector {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when the chunk would exceed the limit. */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > this.#limit) return false;
    this.#chunks.push(chunk);
    return true;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
