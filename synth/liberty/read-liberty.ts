import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Library, libraryOf } from "./library.ts";
import { LibertyError, parseLiberty } from "./parse-liberty.ts";
import { trimLiberty } from "./trim-liberty.ts";

/** A Liberty file, read and understood. */
export interface LibertyFile {
  readonly library: Library;
  /** The file's name without its folder. */
  readonly fileName: string;
  /** SHA-256 of the file's bytes as they are on the disk, compressed or not. */
  readonly sha256: string;
  /** What Yosys gets: the text without the groups that area and delay do not need. */
  readonly trimmed: string;
}

/**
 * Reads a Liberty file, plain or compressed with gzip (told by its first bytes, whatever its name).
 *
 * @throws LibertyError when the file is missing, damaged, no Liberty library, or lacks a NAND2 or a flip-flop
 */
export async function readLiberty(path: string): Promise<LibertyFile> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "no such file" : error.code === "EISDIR" ? "it is a folder" : error.message;
    throw new LibertyError(`the Liberty file ${path} cannot be read: ${why}`);
  });
  const text = await textOf(bytes, path);
  const root = parseLiberty(text, path);
  const library = libraryOf(root, path);
  return {
    library,
    fileName: basename(path),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    trimmed: trimLiberty(text, root, library),
  };
}

async function textOf(bytes: Buffer, path: string): Promise<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return (await promisify(gunzip)(bytes)).toString("utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LibertyError(`${path} is compressed with gzip but damaged or cut short (${why}); fetch it again`);
  }
}
