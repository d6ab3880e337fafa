import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { InputError } from "../spec/index.ts";

/** A file that is read at places, not from its beginning to its end. */
export interface InputFile {
  readonly path: string;
  /** Bytes in the file when it was opened. */
  readonly size: number;
  /** Fills `target` from `position` on. @throws InputError when the file ends before */
  read(target: Uint8Array, position: number): void;
  /** Ends with an error that names the file. */
  fail(what: string): never;
  close(): void;
}

/** What one call to the system takes everywhere. */
const mostAtOnce = 2 ** 30;

/**
 * Opens a file for reading.
 * @param kind what is expected there, as in "a .npz file"
 * @throws InputError when the path is no readable file
 */
export function openInputFile(path: string, kind: string): InputFile {
  const fail = (what: string): never => {
    throw new InputError(`${path}: ${what}`);
  };
  const file = openSafely(path, kind, fail);
  return {
    path,
    size: fstatSync(file).size,
    read(target, position) {
      for (let done = 0; done < target.length; ) {
        const read = readSync(file, target, done, Math.min(target.length - done, mostAtOnce), position + done);
        if (read === 0) fail(`the file ended at byte ${position + done} while it was read`);
        done += read;
      }
    },
    fail,
    close: () => closeSync(file),
  };
}

function openSafely(path: string, kind: string, fail: (what: string) => never): number {
  try {
    // Before opening: a pipe would hold the process.
    if (!statSync(path).isFile()) fail(`this is no file; ${kind} is expected`);
    return openSync(path, "r");
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === "ENOENT") return fail("there is no such file");
    if (code === "EACCES") return fail("the file may not be read; check its permissions");
    return fail(`the file cannot be read (${code})`);
  }
}
