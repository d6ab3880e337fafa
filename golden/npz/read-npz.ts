import { inflateRawSync } from "node:zlib";
import { openInputFile } from "../input-file.ts";
import { parseNpy } from "../npy/read-npy.ts";
import type { Tensor } from "../tensor.ts";
import { crc32 } from "./crc32.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** 2 GiB unpacked, as for a .npy file. */
const largestEntry = 2 ** 31 - 1;

/** A .npz file that is open for reading. Only its directory is in memory. */
export interface NpzFile {
  readonly path: string;
  /** The arrays' names as NumPy gives them, without `.npy`, in the order of the file. */
  readonly names: readonly string[];
  /**
   * Reads one array; its checksum is compared.
   * @throws InputError when it is damaged, or no float32 or float64 array in C order, or has more than 2 GiB
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
        const { data, shape } = parseNpy(unpack(readAt, entry, fail), `${path}, array ${JSON.stringify(name)}`);
        return { name, shape, data };
      },
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function unpack(
  readAt: (position: number, length: number) => Buffer,
  entry: ZipEntry,
  fail: (what: string) => never,
): Uint8Array {
  const { bytes, crc, headerAt, method, packedBytes } = entry;
  const shown = JSON.stringify(entry.name);
  if (bytes > largestEntry) fail(`${shown} has ${bytes} bytes; up to ${largestEntry} are read`);
  const header = readAt(headerAt, 30);
  if (header.readUInt32LE(0) !== 0x04034b50) fail(`the header of ${shown} is damaged`);
  const nameBytes = header.readUInt16LE(26);
  if (readAt(headerAt + 30, nameBytes).toString("utf8") !== entry.name)
    fail(`${shown} has another name in its own header`);
  const packed = readAt(headerAt + 30 + nameBytes + header.readUInt16LE(28), packedBytes);
  const content = method === 0 ? packed : inflate(packed, bytes, shown, fail);
  if (content.length !== bytes) fail(`${shown} has ${content.length} bytes, not the ${bytes} that it claims`);
  if (crc32(content) !== crc) fail(`${shown} is damaged: its checksum does not fit`);
  return content;
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
