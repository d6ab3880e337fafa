import { Worker } from "node:worker_threads";
import { SCRIPT_NAME, timeoutLine, type YosysOptions, type YosysRun } from "./engine.ts";
import { YosysError, YosysTimeoutError } from "./yosys-error.ts";

type WorkerMessage =
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "end"; readonly status: number; readonly outputs: Record<string, string> };

/** Yosys in WebAssembly, in a worker thread: the caller's thread stays free, and the time limit can end it. */
export function runEmbedded(files: Readonly<Record<string, string>>, options: YosysOptions): Promise<YosysRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./embedded-worker.mjs", import.meta.url), {
      workerData: { args: [SCRIPT_NAME], files },
      execArgv: [],
    });
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
      void worker.terminate();
      finish();
    };
    const timer = setTimeout(() => {
      settle(() => reject(new YosysTimeoutError(timeoutLine(options.timeoutMs), log.join(""))));
    }, options.timeoutMs);

    worker.on("message", (message: WorkerMessage) => {
      if (settled) return;
      if (message.kind === "log") take(message.text);
      else settle(() => resolve({ status: message.status, log: log.join(""), outputs: message.outputs }));
    });
    worker.on("error", (error: Error) =>
      settle(() => reject(new YosysError(`the embedded Yosys failed: ${error.message.split("\n")[0]}`, log.join("")))),
    );
    worker.on("exit", () => settle(() => reject(new YosysError("the embedded Yosys ended early", log.join("")))));
  });
}
