import type { ChildProcess } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The process groups this process has started and must not leave behind. Every group has a leader spawned with
 * `detached: true`, so that its own children (a compiler under make) die with it; the price is that Ctrl-C in the
 * terminal no longer reaches it, which the signal handlers here make good.
 */
class ChildGroups {
  readonly #leaders = new Set<number>();
  readonly #onExit = (): void => this.#killAll();
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#killAll();
    this.#stopListening();
    // With no other listener the signal keeps its usual meaning: this process ends by it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };

  add(child: ChildProcess): void {
    const pid = child.pid;
    if (pid === undefined) return;
    if (this.#leaders.size === 0) {
      process.on("exit", this.#onExit);
      for (const signal of signals) process.on(signal, this.#onSignal);
    }
    this.#leaders.add(pid);
    child.once("exit", () => this.#remove(pid));
  }

  #remove(pid: number): void {
    if (this.#leaders.delete(pid) && this.#leaders.size === 0) this.#stopListening();
  }

  #stopListening(): void {
    process.off("exit", this.#onExit);
    for (const signal of signals) process.off(signal, this.#onSignal);
  }

  #killAll(): void {
    for (const pid of this.#leaders) killGroup(pid);
    this.#leaders.clear();
  }
}

// One per process because signal handlers and children belong to the process too; nothing else can see it.
const groups = new ChildGroups();

/**
 * As `endWithThisProcess`, for a child that ends by itself when this process is gone, such as one that reads from it. No
 * signal handlers then: while this process works without a pause they would never run, and keep Ctrl-C from ending it.
 */
export function endOnExit(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const kill = (): void => killGroup(pid);
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
}

/** Makes sure that `child`, a group leader (`detached: true`), and its group are gone when this process ends. */
export function endWithThisProcess(child: ChildProcess): void {
  groups.add(child);
}

/** Ends the whole process group led by `pid`; a group that is gone already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
