import { rmSync } from "node:fs";

/** What is removed when this process ends; one listener serves all, however many benches are started. */
const leftovers = new Set<string>();

/** Removes a file or folder when this process ends in an orderly way, if it is still there by then. */
export function removeAtExit(path: string): void {
  if (leftovers.size === 0) process.once("exit", removeAll);
  leftovers.add(path);
}

function removeAll(): void {
  for (const path of leftovers) rmSync(path, { recursive: true, force: true });
  leftovers.clear();
}
