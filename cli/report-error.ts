import { CommanderError } from "commander";
import { type DesignError, diagnosticsJson } from "../hdl/diagnostics/index.ts";
import { printJson, printNote } from "./output.ts";

/** Good. */
export const exitGood = 0;
/** A check failed: a mismatch, a lint finding, an error in a design. */
export const exitFailed = 1;
/** Wrong use or bad input. */
export const exitWrongUse = 2;

/**
 * Says on standard error what went wrong and returns the exit code. An error that carries an `exitCode` is meant for
 * the reader and its message is shown as it is. Any other is a mistake of ours: one line, the stack with
 * LODESTONE_DEBUG=1.
 * @param command the name of the subcommand, for the hint after wrong use
 * @param json whether the output is for a program: the complaints about a design then go there as data
 */
export function reportError(error: unknown, command: string | undefined, json = false): number {
  const debug = process.env.LODESTONE_DEBUG === "1";
  if (error instanceof CommanderError) {
    // Help and version are thrown as well, after they were printed.
    if (error.exitCode === 0) return exitGood;
    const help = command === undefined ? "lodestone --help" : `lodestone ${command} --help`;
    const message = error.message
      .replace(/^error: /, "")
      .replaceAll(/\s*\n\s*/g, " ")
      .replace(/\.$/, "");
    printNote(`lodestone: ${message}; try: ${help}`);
    return exitWrongUse;
  }
  if (json && isDesignError(error)) {
    printJson({ ok: false, ...diagnosticsJson(error) });
    return error.exitCode;
  }
  if (error instanceof Error && hasExitCode(error)) {
    printNote(`lodestone: ${error.message.trimEnd()}`);
    if (debug) printNote(error.stack ?? "");
    return error.exitCode;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint = debug ? "" : "; LODESTONE_DEBUG=1 shows where";
  printNote(`lodestone: internal error: ${message.replaceAll(/\s*\n\s*/g, " ")}${hint}`);
  if (debug && error instanceof Error) printNote(error.stack ?? "");
  return exitFailed;
}

function hasExitCode(error: Error): error is Error & { exitCode: number } {
  return "exitCode" in error && typeof error.exitCode === "number" && error.exitCode > 0;
}

/** Not by its class: that of a user's module belongs to the copy of Lodestone that the user's file imports. */
function isDesignError(error: unknown): error is DesignError {
  return error instanceof Error && error.name === "DesignError" && "diagnostics" in error;
}
