import { inflateRawSync } from "node:zlib";
import { type InputFile, openInputFile } from "../input-file.ts";
import { type NpySource, readNpyFrom } from "../npy/read-npy.ts";
import type { Tensor } from "../tensor.ts";
import { crc32 } from "./crc32.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** 2 GiB unpacked: what is packed is unpacked at once. */
const largestEntry = 2 ** 31 - 1;

/** Bytes whose checksum is taken at a time. */
const checkedAtOnce = 2 ** 20;

/** A .npz file that is open for reading. Only its directory is in memory. */
export interface NpzFile {
  readonly path: string;
  /** The arrays' names as NumPy gives them, without `.npy`, in the order of the file. */
  readonly names: readonly string[];
  /**
   * Reads one array; its checksum is compared.
   * @throws InputError when it is damaged, or no float16, float32 or float64 array in C order, or has more than 2 GiB
   */
  readTensor(name: string): Tensor;
  /** Closes the file; nothing can be read from then on. */
  close(): void;
}

/**
 * Opens what `numpy.savez` or `numpy.savez_compressed` wrote: a zip archive of .npy files.
 * @throws InputError with the file, what is wrong, and what to do
 */
export function openNpz(path: string): NpzFile {
  const file = openInputFile(path, "a .npz file");
  const { fail, size } = file;
  const readAt = (position: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    file.read(bytes, position);
    return bytes;
  };
  try {
    const entries = readZipDirectory(readAt, size, fail);
    const byName = new Map<string, ZipEntry>();
    for (const entry of entries) {
      const name = entry.name.endsWith(".npy") ? entry.name.slice(0, -4) : undefined;
      if (name === undefined) fail(`it holds ${JSON.stringify(entry.name.slice(0, 80))}, which is no .npy file`);
      byName.set(name ?? "", entry);
    }
    return {
      path,
      names: [...byName.keys()],
      readTensor(name) {
        const entry = byName.get(name) ?? fail(`it holds no array ${JSON.stringify(name)}`);
        const what = `${path}, array ${JSON.stringify(name)}`;
        const { data, shape } = readNpyFrom(contentOf(file, readAt, entry), what);
        return { name, shape, data };
      },
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The content of an entry, its checksum compared: a stored one as the part of the file that it is, read piece by piece. */
function contentOf(file: InputFile, readAt: (position: number, length: number) => Buffer, entry: ZipEntry): NpySource {
  const { fail } = file;
  const { bytes, crc, headerAt, method, packedBytes } = entry;
  const shown = JSON.stringify(entry.name);
  if (bytes > largestEntry) fail(`${shown} has ${bytes} bytes; up to ${largestEntry} are read`);
  const header = readAt(headerAt, 30);
  if (header.readUInt32LE(0) !== 0x04034b50) fail(`the header of ${shown} is damaged`);
  const nameBytes = header.readUInt16LE(26);
  if (readAt(headerAt + 30, nameBytes).toString("utf8") !== entry.name)
    fail(`${shown} has another name in its own header`);
  const start = headerAt + 30 + nameBytes + header.readUInt16LE(28);
  const content =
    method === 0 ? storedPart(file, start, packedBytes) : inflated(readAt(start, packedBytes), bytes, shown, fail);
  if (content.size !== bytes) fail(`${shown} has ${content.size} bytes, not the ${bytes} that it claims`);
  const chunk = new Uint8Array(Math.min(checkedAtOnce, bytes));
  let found = 0;
  for (let at = 0; at < bytes; at += checkedAtOnce) {
    const part = chunk.subarray(0, Math.min(checkedAtOnce, bytes - at));
    content.read(part, at);
    found = crc32(part, found);
  }
  if (found !== crc) fail(`${shown} is damaged: its checksum does not fit`);
  return content;
}

function storedPart(file: InputFile, start: number, size: number): NpySource {
  return { size, read: (target, position) => file.read(target, start + position) };
}

function inflated(packed: Uint8Array, bytes: number, shown: string, fail: (what: string) => never): NpySource {
  const content = inflate(packed, bytes, shown, fail);
  const read = (target: Uint8Array, position: number): void => {
    target.set(content.subarray(position, position + target.length));
  };
  return { size: content.length, read };
}

function inflate(packed: Uint8Array, bytes: number, shown: string, fail: (what: string) => never): Uint8Array {
  try {
    // One byte more than declared: what unpacks to more is stopped there.
    return inflateRawSync(packed, {
      maxOutputLength: bytes + 1,
      chunkSize: Math.max(64, Math.min(bytes + 1, 2 ** 24)),
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE") return fail(`${shown} unpacks to more than the ${bytes} bytes that it claims`);
    return fail(`${shown} is damaged: it cannot be unpacked (${code})`);
  }
}
