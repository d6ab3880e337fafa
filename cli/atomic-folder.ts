import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { makeFolders } from "../hdl/tools/make-folders.ts";
import { InputError } from "../spec/index.ts";
import { systemReason } from "./options.ts";

/** A file to be written: a path inside the folder with `/` between its parts, and its content. */
export interface FolderFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** An empty path, often an unset variable, would mean the folder one stands in. */
function refuseEmptyPath(path: string): void {
  if (path.trim() === "") throw new InputError("the output path is empty; name a folder or file");
}

/**
 * Writes files into a folder so that nothing half-written is ever seen under its final name: all are written into a
 * temporary folder first and then renamed into place. A folder that does not exist yet appears whole. Other files in
 * an existing folder are kept.
 * @throws InputError when a name leads out of the folder, or the folder cannot be written
 */
export function writeFolder(folder: string, files: readonly FolderFile[]): void {
  refuseEmptyPath(folder);
  checkNames(files);
  const target = resolve(folder);
  try {
    if (existsSync(target)) {
      mergeIntoFolder(realpathSync(target), files);
    } else {
      createFolder(target, files);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot write to ${folder}: ${systemReason(error)}`);
  }
}

/**
 * Writes one file under a temporary name beside it, then renames it.
 * @throws InputError when it cannot be written
 */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  writeWith(path, (file) => writeFileSync(file, content));
}

/**
 * The same for content that is made while it is written; a part may be overwritten once the next is asked for.
 * @throws InputError when it cannot be written
 */
export function writeFileInParts(path: string, parts: Iterable<Uint8Array>): void {
  writeWith(path, (file) => {
    const descriptor = openSync(file, "wx");
    try {
      for (const part of parts) {
        for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done);
      }
    } finally {
      closeSync(descriptor);
    }
  });
}

function writeWith(path: string, write: (file: string) => void): void {
  refuseEmptyPath(path);
  const target = resolve(path);
  try {
    if (existsSync(target) && statSync(target).isDirectory())
      throw new InputError(`cannot write ${path}: it is a folder`);
    makeFolders(dirname(target));
    const temporary = mkdtempSync(join(dirname(target), `.${basename(target)}.`));
    try {
      const file = join(temporary, basename(target));
      write(file);
      renameSync(file, target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot write ${path}: ${systemReason(error)}`);
  }
}

/** Beside the target and then renamed as a whole. */
function createFolder(target: string, files: readonly FolderFile[]): void {
  makeFolders(dirname(target));
  const temporary = mkdtempSync(join(dirname(target), `.${basename(target)}.`));
  try {
    const whole = join(temporary, basename(target));
    mkdirSync(whole);
    writeAll(whole, files);
    renameSync(whole, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Inside the target, which is the one place sure to be on its file system, then renamed file by file. */
function mergeIntoFolder(target: string, files: readonly FolderFile[]): void {
  if (!statSync(target).isDirectory()) throw new InputError(`cannot write to ${target}: it is a file, not a folder`);
  const temporary = mkdtempSync(join(target, ".lodestone."));
  try {
    writeAll(temporary, files);
    // Everything that can be known beforehand is, so that the renaming does not stop half-way.
    for (const { path } of files) refuseObstacle(target, path);
    for (const { path } of files) {
      makeFolders(dirname(join(target, path)));
      renameSync(join(temporary, path), join(target, path));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function writeAll(folder: string, files: readonly FolderFile[]): void {
  for (const { path, content } of files) {
    const file = join(folder, path);
    makeFolders(dirname(file));
    writeFileSync(file, content);
  }
}

function refuseObstacle(target: string, path: string): void {
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length++) {
    const place = join(target, ...parts.slice(0, length));
    const isFolder = length < parts.length;
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) return;
    // A symbolic link may lead out of the folder, or to something that is not ours to replace.
    if (found.isSymbolicLink()) throw new InputError(`cannot write ${place}: a symbolic link is in the way`);
    if (isFolder && !found.isDirectory()) throw new InputError(`cannot write to ${place}: a file is in the way`);
    if (!isFolder && found.isDirectory()) throw new InputError(`cannot write ${place}: a folder is in the way`);
  }
}

function checkNames(files: readonly FolderFile[]): void {
  const seen = new Map<string, string>();
  const folders = new Set<string>();
  for (const { path } of files) {
    const parts = path.split("/");
    if (!parts.every((part) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(part) && part.length <= 200)) {
      throw new InputError(`${JSON.stringify(path)} is refused as a file name: use letters, digits, _ . - only`);
    }
    // Some file systems do not tell upper from lower case.
    const key = path.toLowerCase();
    const twin = seen.get(key);
    if (twin !== undefined) throw new InputError(`two files would be written as ${JSON.stringify(twin)}`);
    seen.set(key, path);
    for (let length = 1; length < parts.length; length++) folders.add(parts.slice(0, length).join("/").toLowerCase());
  }
  for (const folder of folders) {
    const file = seen.get(folder);
    if (file !== undefined) throw new InputError(`${JSON.stringify(file)} would be both a file and a folder`);
  }
}
