import { spawn } from "node:child_process";

/**
 * @typedef {object} CommandResult
 * @property {number | null} code exit code, null when ended by a signal or never started
 * @property {string} output standard output and standard error together; empty when shown
 * @property {boolean} timedOut the time limit was reached and the process group was ended
 * @property {Error | undefined} startError the program could not be started
 */

/**
 * Runs a program with an argument array, never through a shell. Does not throw: the result tells.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ seconds: number, cwd?: string, show?: boolean, env?: NodeJS.ProcessEnv }} options `show` hands the child our
 *   own standard output and error; otherwise its output is collected
 * @returns {Promise<CommandResult>}
 */
export function runCommand(program, args, { seconds, cwd, show = false, env = process.env }) {
  return new Promise((resolve) => {
    // A group of its own, so that the time limit also ends what the child has started.
    const ownGroup = process.platform !== "win32";
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      detached: ownGroup,
    });
    const chunks = [];
    let timedOut = false;
    const end = (signal) => {
      try {
        if (child.pid === undefined) return;
        process.kill(ownGroup ? -child.pid : child.pid, signal);
      } catch {
        // It has already ended.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end("SIGKILL");
    }, seconds * 1000);
    // The child is no longer in the terminal's foreground group: pass on Ctrl-C and a polite end.
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const passOn = (signal) => {
      end(signal);
      process.exit(130);
    };
    for (const signal of signals) process.once(signal, passOn);
    const finish = (code, startError) => {
      clearTimeout(timer);
      for (const signal of signals) process.removeListener(signal, passOn);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8"), timedOut, startError });
    };
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.once("error", (error) => finish(null, error));
    child.once("close", (code) => finish(code, undefined));
  });
}
