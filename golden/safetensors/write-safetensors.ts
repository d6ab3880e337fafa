import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../spec/index.ts";
import { type SafetensorsType, safetensorsBits } from "./element-type.ts";
import { shorten } from "./header-scanner.ts";

/** A safetensors file in the making: tensors are appended one by one, so that one at a time is in memory. */
export interface SafetensorsWriter {
  /**
   * Appends a tensor.
   * @param bytes its elements, little-endian, last dimension fastest
   * @throws InputError for a name that was there before or when the disk refuses; RangeError when shape and bytes differ
   */
  add(name: string, type: SafetensorsType, shape: readonly number[], bytes: Uint8Array): void;
  /**
   * Appends a tensor part by part.
   * @param parts its elements in order, little-endian; a part may be overwritten once the next is asked for
   * @throws as `add`
   */
  addParts(name: string, type: SafetensorsType, shape: readonly number[], parts: Iterable<Uint8Array>): void;
  /** Writes the header and gives the file its name. @throws InputError when the disk refuses */
  finish(metadata?: Readonly<Record<string, string>>): void;
  /** Takes away what was written; does nothing after `finish`. */
  abandon(): void;
}

/**
 * Starts a safetensors file. It is written under a temporary name beside `path` and appears when it is finished.
 * @param headerRoom bytes kept for the header in front of the data. What the header leaves free is filled with spaces,
 *   as the format provides for; for a header that does not fit the data is moved at the end, which takes time.
 * @throws InputError when the file cannot be written there
 */
export function createSafetensors(path: string, headerRoom: number): SafetensorsWriter {
  const target = resolve(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  let room = Math.ceil(headerRoom / 8) * 8;
  const header = new Map<string, unknown>();
  let written = 0;
  let open = true;
  const file = attempt(path, () => {
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) throw new InputError("it is a folder");
    makeFolders(dirname(target));
    return openSync(temporary, "wx+");
  });

  const addParts: SafetensorsWriter["addParts"] = (name, type, shape, parts) => {
    if (header.has(name) || name === "__metadata__") {
      throw new InputError(`${path}: two tensors would be called ${shorten(name)}; rename one`);
    }
    const bits = shape.reduce((product, size) => product * size, safetensorsBits(type));
    let length = 0;
    for (const part of parts) {
      attempt(path, () => writeFully(file, part, 8 + room + written + length));
      length += part.length;
    }
    if (bits !== 8 * length) throw new RangeError(`${length} bytes are no ${type} of shape (${shape.join(", ")})`);
    header.set(name, { dtype: type, shape, data_offsets: [written, written + length] });
    written += length;
  };

  return {
    add: (name, type, shape, bytes) => addParts(name, type, shape, [bytes]),
    addParts,
    finish(metadata = {}) {
      // fromEntries defines properties; an assignment to `__proto__` would not.
      const text = JSON.stringify(Object.fromEntries([["__metadata__", metadata], ...header]));
      const needed = Math.ceil(Buffer.byteLength(text) / 8) * 8;
      if (needed > room) {
        attempt(path, () => moveUp(file, 8 + room, written, needed - room));
        room = needed;
      }
      const bytes = Buffer.alloc(8 + room, " ");
      bytes.writeBigUInt64LE(BigInt(room));
      bytes.write(text, 8, "utf8");
      attempt(path, () => {
        writeFully(file, bytes, 0);
        closeSync(file);
        open = false;
        renameSync(temporary, target);
      });
    },
    abandon() {
      if (open) closeSync(file);
      open = false;
      rmSync(temporary, { force: true });
    },
  };
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`cannot write ${path}: ${error.message}`);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const reasons: Readonly<Record<string, string>> = {
      ENOSPC: "no space is left on the disk",
      EACCES: "permission denied",
      ENOTDIR: "a part of the path is not a folder",
      EEXIST: "a part of the path is not a folder",
      EROFS: "the file system is read-only",
    };
    throw new InputError(`cannot write ${path}: ${reasons[code] ?? `the system says ${code}`}`);
  }
}

/** Node's own `recursive` never returns where a folder is found missing and yet cannot be made, as under /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  mkdirSync(folder);
}

/** Moves the last `length` bytes of a file, which begin at `from`, up by `distance`; from the end, as they may overlap. */
function moveUp(file: number, from: number, length: number, distance: number): void {
  const chunk = new Uint8Array(Math.min(length, 2 ** 24));
  for (let end = length; end > 0; ) {
    const part = chunk.subarray(0, Math.min(end, chunk.length));
    end -= part.length;
    for (let done = 0; done < part.length; ) {
      done += readSync(file, part, done, part.length - done, from + end + done);
    }
    writeFully(file, part, from + end + distance);
  }
}

function writeFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, Math.min(bytes.length - done, 2 ** 30), position + done);
  }
}
