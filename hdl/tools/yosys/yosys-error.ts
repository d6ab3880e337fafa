/** Yosys refused its input, or failed. One line; `log` holds all that it said. */
export class YosysError extends Error {
  override readonly name = "YosysError";
  readonly exitCode = 2;
  readonly log: string;
  /** Product and version, as far as known. */
  readonly version: string;

  constructor(message: string, log: string, version = "Yosys") {
    super(message);
    this.log = log;
    this.version = version;
  }
}

/** Yosys did not finish within its time limit and was stopped. */
export class YosysTimeoutError extends YosysError {}

/**
 * One line out of the log of a run that failed: the line after `ERROR:` with the place in the source that Yosys puts
 * before it, without the backslashes and dollar signs of its internal names where they would only puzzle.
 */
export function errorLine(log: string): string {
  const lines = log.split("\n");
  const at = lines.findIndex((line) => line.includes("ERROR:"));
  if (at >= 0) {
    // A message may go on over indented lines; the first two say enough.
    const rest = lines.slice(at + 1, at + 3).filter((line) => /^\s+\S/.test(line));
    const text = [lines[at] ?? "", ...rest].map((line) => line.trim()).join(" ");
    return plainNames(text.replace("ERROR: ", ""));
  }
  const last = lines.filter((line) => line.trim() !== "").at(-1);
  return last === undefined ? "it said nothing" : `its last line was: ${plainNames(last.trim())}`;
}

/** Yosys writes `\name' and \name for a name of the source; a person expects name. */
export function plainNames(text: string): string {
  return text.replace(/`([^`']*)'/g, "$1").replace(/(^|[\s.(:,])\\(?=\S)/g, "$1");
}
