import { setImmediate } from "node:timers/promises";

/** Exit codes of a process that a signal ended, as shells report them. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Works through items such that Ctrl-C is obeyed between two of them, and then cleans up before the process ends.
 * @param cleanUp called when a signal arrives, and not otherwise
 */
export async function mapInterruptible<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R | Promise<R>,
  cleanUp: () => void,
): Promise<R[]> {
  const stop = (signal: keyof typeof exitCodes): void => {
    cleanUp();
    process.exit(exitCodes[signal]);
  };
  const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  for (const signal of signals) process.on(signal, stop);
  try {
    const results: R[] = [];
    for (const [i, item] of items.entries()) {
      // Signals are delivered while nothing else runs.
      await setImmediate();
      results.push(await work(item, i));
    }
    return results;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
