/** Where progress is shown; a terminal can take back the line it has written. */
export interface ProgressTarget {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** One line that says what is going on and is gone at the end. */
export interface Progress {
  /** Names the work that starts now. */
  stage(label: string): void;
  /** How much of the stage is done; call it as often as you like. */
  update(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

const redrawMs = 100;

/** Progress on standard error; silent unless that is a terminal. */
export function createProgress(
  target: ProgressTarget = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  if (target.isTTY !== true) return { stage() {}, update() {}, end() {} };
  let label = "";
  let drawnAt = 0;
  let drawn = false;
  const draw = (text: string): void => {
    // A terminal that does not know its width says 0.
    const room = Math.max(10, (target.columns || 80) - 1);
    target.write(`\r\u001b[2K${text.length > room ? `${text.slice(0, room - 3)}...` : text}`);
    drawn = true;
    drawnAt = now();
  };
  return {
    // Drawn at once: the work may hold this thread until it is done.
    stage(next) {
      label = next;
      draw(`${label} ...`);
    },
    update(done, total) {
      if (now() - drawnAt < redrawMs) return;
      draw(`${label} ... ${Math.floor((100 * done) / Math.max(1, total))} %`);
    },
    end() {
      if (drawn) target.write("\r\u001b[2K");
      drawn = false;
    },
  };
}

/** Shows `label` while `work` runs, and takes it away also when `work` fails. */
export async function withProgress<T>(
  label: string,
  work: (progress: Progress) => T | Promise<T>,
  progress: Progress = createProgress(),
): Promise<T> {
  progress.stage(label);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}
