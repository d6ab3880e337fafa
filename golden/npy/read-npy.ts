import { readFileSync, statSync } from "node:fs";
import type { NpyArray } from "./npy-array.ts";
import { npyFailure, parseNpyHeader } from "./npy-header.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A header of three short entries is about 70 bytes; 32 dimensions make some 600. */
const longestHeader = 65535;

/** 2 GiB: what one read and one array buffer take everywhere. */
const largestFile = 2 ** 31 - 1;

/**
 * Reads a .npy file from memory: versions 1.0, 2.0 and 3.0, float32 or float64 of either byte order, C order.
 * Nothing is allocated before the data that the header promises is known to be there, to the byte.
 * @param name of the file, for messages.
 * @throws InputError with the name, what is wrong, and what to do.
 */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const fail = (what: string): never => {
    throw npyFailure(name, what);
  };
  if (bytes.length === 0) fail("the file is empty; a .npy file is expected");
  if (magic.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    fail("this is no .npy file (it does not begin with \\x93NUMPY); write it with numpy.save");
  }
  if (bytes.length < 10) fail(`the file is cut off after ${bytes.length} bytes, within the header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(6);
  const minor = view.getUint8(7);
  if (major < 1 || major > 3 || minor !== 0)
    fail(`it is of format version ${major}.${minor}; 1.0, 2.0 and 3.0 are read`);
  const headerStart = major === 1 ? 10 : 12;
  if (bytes.length < headerStart) fail(`the file is cut off after ${bytes.length} bytes, within the header`);
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > longestHeader)
    fail(`its header claims ${headerLength} bytes; no float array needs more than ${longestHeader}`);
  const dataStart = headerStart + headerLength;
  if (bytes.length < dataStart) {
    fail(`the file is cut off: the header ends at byte ${dataStart}, the file at ${bytes.length}`);
  }
  const header = parseNpyHeader(decodeHeader(bytes.subarray(headerStart, dataStart), major, fail), fail);
  const { count, elementBytes, littleEndian, shape } = header;
  const expected = count * elementBytes;
  const found = bytes.length - dataStart;
  if (found !== expected) {
    fail(
      `its shape (${shape.join(", ")}) needs ${expected} bytes of data, the file has ${found}; ` +
        `it is ${found < expected ? "cut off" : "longer than it says"}, save it again`,
    );
  }
  if (elementBytes === 4) {
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = view.getFloat32(dataStart + 4 * i, littleEndian);
    return { shape, data };
  }
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = view.getFloat64(dataStart + 8 * i, littleEndian);
  return { shape, data };
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
 * Reads a .npy file from disk; see `parseNpy`.
 * @throws InputError when the path is no readable file, or what it holds is refused.
 */
export function readNpy(path: string): NpyArray {
  let bytes: Uint8Array;
  try {
    const status = statSync(path);
    if (!status.isFile()) throw npyFailure(path, "this is no file; a .npy file is expected");
    if (status.size > largestFile)
      throw npyFailure(path, `the file has ${status.size} bytes; up to ${largestFile} are read`);
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === "ENOENT") throw npyFailure(path, "there is no such file");
    if (code === "EACCES") throw npyFailure(path, "the file may not be read; check its permissions");
    throw npyFailure(path, `the file cannot be read (${code})`);
  }
  return parseNpy(bytes, path);
}
