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

/** Works through items such that Ctrl-C is obeyed between two of them; `cleanUp` is that of `interruptible`. */
export function mapInterruptible<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R | Promise<R>,
  cleanUp: () => void,
): Promise<R[]> {
  return interruptible(cleanUp, async () => {
    const results: R[] = [];
    for (const [i, item] of items.entries()) {
      // Signals are delivered while nothing else runs.
      await setImmediate();
      results.push(await work(item, i));
    }
    return results;
  });
}
