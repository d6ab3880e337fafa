import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endWithThisProcess, killGroup } from "../child-groups.ts";
import { SCRIPT_NAME, timeoutLine, type YosysOptions, type YosysRun } from "./engine.ts";
import { YosysError, YosysTimeoutError } from "./yosys-error.ts";

type ChildMessage =
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "end"; readonly status: number; readonly outputs: Record<string, string> }
  | { readonly kind: "failed"; readonly message: string };

/** Yosys in WebAssembly, in a process of its own: the caller's stays free, and the time limit can end it. */
export function runEmbedded(files: Readonly<Record<string, string>>, options: YosysOptions): Promise<YosysRun> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("./embedded-child.mjs", import.meta.url)), [], {
      execArgv: [],
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    endWithThisProcess(child);
    const log: string[] = [];
    let unfinished = "";
    const take = (text: string): void => {
      log.push(text);
      if (options.onLine === undefined) return;
      const lines = (unfinished + text).split("\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) options.onLine(line);
    };
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (child.pid !== undefined) killGroup(child.pid);
      finish();
    };
    const fail = (why: string): void =>
      settle(() => reject(new YosysError(`the embedded Yosys failed: ${why.split("\n")[0]}`, log.join(""))));
    const timer = setTimeout(() => {
      settle(() => reject(new YosysTimeoutError(timeoutLine(options.timeoutMs), log.join(""))));
    }, options.timeoutMs);

    child.on("message", (message: ChildMessage) => {
      if (settled) return;
      if (message.kind === "log") take(message.text);
      else if (message.kind === "failed") fail(message.message);
      else settle(() => resolve({ status: message.status, log: log.join(""), outputs: message.outputs }));
    });
    child.on("error", (error) => fail(error.message));
    child.on("exit", (code, signal) => fail(`its process ended early (${signal ?? `status ${code}`})`));
    child.send({ args: [SCRIPT_NAME], files }, (error) => {
      if (error !== null) fail(error.message);
    });
  });
}
