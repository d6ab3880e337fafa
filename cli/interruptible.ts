import { setImmediate } from "node:timers/promises";

/** Exit codes of a process that a signal ended, as shells report them. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs work such that Ctrl-C, which is obeyed where the work waits for something, cleans up before the process ends. What is
 * to be cleaned up is made inside of it: before, a signal ends the process at once.
 * @param cleanUp called when a signal arrives, and not otherwise
 */
export async function interruptible<R>(cleanUp: () => void, work: () => Promise<R>): Promise<R> {
  const stop = (signal: keyof typeof exitCodes): void => {
    cleanUp();
    process.exit(exitCodes[signal]);
  };
  const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Works through items one after the other, with room for a signal before each: they are delivered while nothing else runs. */
export async function mapInTurn<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const [i, item] of items.entries()) {
    await setImmediate();
    results.push(await work(item, i));
  }
  return results;
}
