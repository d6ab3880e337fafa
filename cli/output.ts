/** Writes text and a line end to standard output. */
export function printText(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes one JSON document to standard output. A bigint becomes a decimal string: JSON readers lose its low digits. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_, item) => (typeof item === "bigint" ? String(item) : item), 2)}\n`);
}

/** Writes a remark to standard error, where it disturbs no reader of the output. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Sends what is written to standard output to standard error until the returned function is called: while code runs that
 * is not ours, and that may print.
 */
export function divertOutput(): () => void {
  const { write } = process.stdout;
  process.stdout.write = ((...args: Parameters<typeof write>) => process.stderr.write(...args)) as typeof write;
  return () => {
    process.stdout.write = write;
  };
}

/**
 * Lets a reader leave early (`lodestone list | head -1`): what is still written then goes nowhere, and the command ends
 * with its own exit code instead of an error about a broken pipe.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      // A full disk, for instance: there may be nowhere left to say it but standard error.
      if (stream === process.stdout) process.stderr.write(`lodestone: cannot write the output: ${error.message}\n`);
      process.exit(2);
    });
  }
}
