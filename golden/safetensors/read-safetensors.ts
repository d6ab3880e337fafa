import { type InputFile, openInputFile } from "../input-file.ts";
import type { Tensor } from "../tensor.ts";
import { decodeFloats } from "./decode-floats.ts";
import { isSafetensorsFloat, safetensorsBits } from "./element-type.ts";
import { parseSafetensorsHeader, type SafetensorsEntry, type SafetensorsHeader } from "./header.ts";
import { shorten } from "./header-scanner.ts";

/** The limit that the format's own library sets. */
const headerLimit = 100_000_000;

/** Read at a time, so that a converted tensor does not need its raw bytes beside it. */
const chunkBytes = 2 ** 22;

/** What one array buffer takes everywhere. */
const largestTensor = 2 ** 32 - 1;

/** Memory that tensors are read into one after the other, as large as the largest of them. */
export class ReadingRoom {
  #buffer = new ArrayBuffer(0);

  /** So many bytes, in place of what was handed out before. */
  take(bytes: number): ArrayBuffer {
    if (this.#buffer.byteLength < bytes) {
      // Let go of the old room before the new one is made.
      this.#buffer = new ArrayBuffer(0);
      this.#buffer = new ArrayBuffer(bytes);
    }
    return this.#buffer;
  }
}

/** A safetensors file that is open for reading. Only its header is in memory. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly path: string;
  /**
   * Reads a tensor of type F16, BF16, F32 (as float32) or F64 (as float64).
   * @param room memory to read it into, for those who are done with the tensor before
   * @throws InputError for another type, for a name that is not there, for a file that changed meanwhile
   */
  readTensor(name: string, room?: ReadingRoom): Tensor;
  /** Reads the bytes of a tensor of any type. @throws InputError like `readTensor` */
  readBytes(name: string): Uint8Array;
  /** Closes the file; nothing can be read from then on. */
  close(): void;
}

/**
 * Opens a safetensors file and checks its header against the file's size before anything is allocated on its word.
 * @throws InputError with the file, what is wrong, and what to do
 */
export function openSafetensors(path: string): SafetensorsFile {
  const file = openInputFile(path, "a .safetensors file");
  const { fail, size } = file;
  try {
    const dataStart = 8 + headerLength(file);
    const header = parseSafetensorsHeader(headerText(file, dataStart), size - dataStart, fail);
    const { byName } = header;
    const entryOf = (name: string): SafetensorsEntry => byName.get(name) ?? fail(`it holds no tensor ${shorten(name)}`);

    return {
      path,
      ...header,
      readTensor(name, room) {
        const { begin, end, shape, type } = entryOf(name);
        if (!isSafetensorsFloat(type)) {
          return fail(`tensor ${shorten(name)} is ${type}; F16, BF16, F32 and F64 are read as numbers`);
        }
        const count = ((end - begin) * 8) / safetensorsBits(type);
        if (count * (type === "F64" ? 8 : 4) > largestTensor) {
          fail(`tensor ${shorten(name)} has ${count} elements; more than 4 GiB in one tensor is not read`);
        }
        const wide = type === "F64";
        const buffer = room?.take(count * (wide ? 8 : 4)) ?? new ArrayBuffer(count * (wide ? 8 : 4));
        const data = wide ? new Float64Array(buffer, 0, count) : new Float32Array(buffer, 0, count);
        const chunk = new Uint8Array(Math.min(chunkBytes, end - begin));
        for (let at = begin; at < end; at += chunkBytes) {
          const part = chunk.subarray(0, Math.min(chunkBytes, end - at));
          file.read(part, dataStart + at);
          decodeFloats(type, part, data, ((at - begin) * 8) / safetensorsBits(type));
        }
        return { name, shape, data };
      },
      readBytes(name) {
        const { begin, end } = entryOf(name);
        if (end - begin > largestTensor) fail(`tensor ${shorten(name)} has ${end - begin} bytes; 4 GiB are read`);
        const bytes = new Uint8Array(end - begin);
        file.read(bytes, dataStart + begin);
        return bytes;
      },
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function headerLength({ fail, read, size }: InputFile): number {
  if (size < 10) fail(`the file has ${size} bytes; a .safetensors file has at least 10`);
  const start = Buffer.alloc(9);
  read(start, 0);
  const length = start.readBigUInt64LE(0);
  if (start[8] !== 0x7b) fail("this is no .safetensors file: its header does not begin with {");
  if (length >= BigInt(headerLimit)) fail(`its header claims ${length} bytes; the format allows ${headerLimit}`);
  if (8n + length > BigInt(size)) {
    fail(`the file is cut off: its header ends at byte ${8n + length}, the file at ${size}`);
  }
  return Number(length);
}

function headerText({ fail, read }: InputFile, dataStart: number): string {
  const bytes = new Uint8Array(dataStart - 8);
  read(bytes, 8);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("its header is no UTF-8 text");
  }
}
