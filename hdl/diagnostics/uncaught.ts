import { writeSync } from "node:fs";

/** An error that says by its exit code that its message is meant for the reader. */
const isForReader = (error: unknown): error is Error =>
  error instanceof Error && error.name === "DesignError" && "exitCode" in error;

function showUncaught(error: unknown): void {
  if (!isForReader(error)) return;
  // A program that handles such errors itself decides what they look like.
  if (process.listenerCount("uncaughtException") > 0) return;
  writeSync(2, `${error.message}\n`);
  process.exit(1);
}

/**
 * Lets a program that does not catch a `DesignError` end with its message alone, and exit code 1. Node would show the
 * line of the library that threw it, and a stack.
 */
export function showWhenUncaught(): void {
  const event = "uncaughtExceptionMonitor";
  if (!process.listeners(event).includes(showUncaught)) process.on(event, showUncaught);
}
