import { openInputFile } from "../input-file.ts";
import { decodeFloats } from "../safetensors/decode-floats.ts";
import type { NpyArray } from "./npy-array.ts";
import { npyFailure, parseNpyHeader } from "./npy-header.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A header of three short entries is about 70 bytes; 32 dimensions make some 600. */
const longestHeader = 65535;

/** 4 GiB of data and a header: what one array buffer takes everywhere. */
const largestFile = 2 ** 32;

/** Read at a time, so that the numbers do not need their bytes beside them. A whole number of elements. */
const chunkBytes = 2 ** 22;

/** Bytes that are read at places: a file, or a part of one. */
export interface NpySource {
  /** Bytes in it. */
  readonly size: number;
  /** Fills `target` from `position` on. */
  read(target: Uint8Array, position: number): void;
}

/**
 * Reads a .npy file: versions 1.0, 2.0 and 3.0, float16 (as float32), float32 or float64 of either byte order, C order.
 * Nothing is allocated before the data that the header promises is known to be there, to the byte.
 * @param name of the file, for messages.
 * @throws InputError with the name, what is wrong, and what to do.
 */
export function readNpyFrom(source: NpySource, name: string): NpyArray {
  const fail = (what: string): never => {
    throw npyFailure(name, what);
  };
  const { size } = source;
  if (size === 0) fail("the file is empty; a .npy file is expected");
  const start = new Uint8Array(Math.min(size, 12));
  source.read(start, 0);
  if (magic.some((byte, i) => i < size && start[i] !== byte)) {
    fail("this is no .npy file (it does not begin with \\x93NUMPY); write it with numpy.save");
  }
  if (size < 10) fail(`the file is cut off after ${size} bytes, within the header`);
  const view = new DataView(start.buffer);
  const major = view.getUint8(6);
  const minor = view.getUint8(7);
  if (major < 1 || major > 3 || minor !== 0)
    fail(`it is of format version ${major}.${minor}; 1.0, 2.0 and 3.0 are read`);
  const headerStart = major === 1 ? 10 : 12;
  if (size < headerStart) fail(`the file is cut off after ${size} bytes, within the header`);
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > longestHeader)
    fail(`its header claims ${headerLength} bytes; no float array needs more than ${longestHeader}`);
  const dataStart = headerStart + headerLength;
  if (size < dataStart) fail(`the file is cut off: the header ends at byte ${dataStart}, the file at ${size}`);
  const text = new Uint8Array(headerLength);
  source.read(text, headerStart);
  const { count, elementBytes, littleEndian, shape } = parseNpyHeader(decodeHeader(text, major, fail), fail);
  const expected = count * elementBytes;
  const found = size - dataStart;
  if (found !== expected) {
    fail(
      `its shape (${shape.join(", ")}) needs ${expected} bytes of data, the file has ${found}; ` +
        `it is ${found < expected ? "cut off" : "longer than it says"}, save it again`,
    );
  }
  const data = elementBytes === 8 ? new Float64Array(count) : new Float32Array(count);
  const type = ({ 2: "F16", 4: "F32", 8: "F64" } as const)[elementBytes];
  const chunk = new Uint8Array(Math.min(chunkBytes, expected));
  for (let at = 0; at < expected; at += chunkBytes) {
    const part = chunk.subarray(0, Math.min(chunkBytes, expected - at));
    source.read(part, dataStart + at);
    if (!littleEndian) swapBytes(part, elementBytes);
    decodeFloats(type, part, data, at / elementBytes);
  }
  return { shape, data };
}

/** Reads a .npy file from memory; see `readNpyFrom`. */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const read = (target: Uint8Array, position: number): void => {
    target.set(bytes.subarray(position, position + target.length));
  };
  return readNpyFrom({ size: bytes.length, read }, name);
}

function swapBytes(bytes: Uint8Array, size: 2 | 4 | 8): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}

function decodeHeader(bytes: Uint8Array, major: number, fail: (what: string) => never): string {
  if (major < 3) return Buffer.from(bytes).toString("latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("its header is no UTF-8 text");
  }
}

/**
 * Reads a .npy file from disk; see `readNpyFrom`.
 * @throws InputError when the path is no readable file, or what it holds is refused.
 */
export function readNpy(path: string): NpyArray {
  const file = openInputFile(path, "a .npy file");
  try {
    if (file.size > largestFile) file.fail(`the file has ${file.size} bytes; up to ${largestFile} are read`);
    return readNpyFrom(file, path);
  } finally {
    file.close();
  }
}
