/** `embedded`: WebAssembly from this project's own packages. `system`: the `yosys` found on the path, about twice as fast. */
export type YosysEngine = "embedded" | "system";

/** How a script is run. */
export interface YosysOptions {
  readonly yosys: YosysEngine;
  /** Real time after which Yosys is stopped, in milliseconds. */
  readonly timeoutMs: number;
  /** Called with each line of the log: as it comes from the embedded Yosys, at the end from the system's. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** What a script that ran to its end left. */
export interface YosysResult {
  readonly log: string;
  /** Text of every file that the script wrote, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Product and version for reports, for instance `Yosys 0.23 (git sha1 7ce5011c24b), system`. */
  readonly version: string;
}

/** What both engines give back, before it is judged. */
export interface YosysRun {
  readonly status: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The script's file name; the other files lie beside it. */
export const SCRIPT_NAME = "script.ys";

/** What a run that was stopped says. */
export function timeoutLine(timeoutMs: number): string {
  return `Yosys did not finish within ${timeoutMs / 1000} s and was stopped; raise the time limit or give it less to do`;
}
