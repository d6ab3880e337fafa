/** A file inside a zip archive, as the archive's central directory lists it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packedBytes: number;
  /** Bytes when unpacked, as declared. */
  readonly bytes: number;
  /** Where the entry's own header begins in the archive. */
  readonly headerAt: number;
}

/** Reads bytes of the archive; the caller has checked that they are there. */
export type ReadAt = (position: number, length: number) => Buffer;

const endMark = 0x06054b50;
const end64LocatorMark = 0x07064b50;
const end64Mark = 0x06064b50;
const entryMark = 0x02014b50;
const endBytes = 22;
const longestComment = 0xffff;

/** Arrays in one file; NumPy users have tens, and a directory of 100 bytes an entry stays small. */
const mostEntries = 100_000;

/** Deflate makes at most 1032 bytes from one. */
const mostInflation = 1032;

/**
 * Reads the central directory of a zip archive, zip64 included. Everything it says is checked against the file's size
 * and against the other entries: no entry lies outside, none overlaps another, none claims more than deflate can hold.
 * @param size bytes of the archive
 * @param fail ends with an error that names the file
 */
export function readZipDirectory(readAt: ReadAt, size: number, fail: (what: string) => never): ZipEntry[] {
  const { count, bytes, start } = findDirectory(readAt, size, fail);
  if (start + bytes > size) fail(`it is cut off or damaged: its directory ends at byte ${start + bytes} of ${size}`);
  if (count > mostEntries) fail(`it claims ${count} entries; up to ${mostEntries} are read`);
  if (count * 46 > bytes) fail(`it claims ${count} entries in a directory of ${bytes} bytes`);
  if (bytes > count * (46 + 3 * 0xffff)) fail(`its directory of ${bytes} bytes is too long for ${count} entries`);
  const directory = readAt(start, bytes);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes || directory.readUInt32LE(at) !== entryMark) fail(`entry ${i} of its directory is damaged`);
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const next = at + 46 + nameBytes + extraBytes + directory.readUInt16LE(at + 32);
    if (next > bytes) fail(`entry ${i} of its directory is damaged`);
    const entry = parseEntry(directory.subarray(at, next), nameBytes, extraBytes, start, fail);
    if (names.has(entry.name)) fail(`it holds ${JSON.stringify(entry.name)} twice`);
    names.add(entry.name);
    entries.push(entry);
    at = next;
  }
  if (at !== bytes) fail("its directory goes on after the last entry");
  checkPlaces(entries, start, fail);
  return entries;
}

interface DirectoryPlace {
  readonly count: number;
  readonly bytes: number;
  readonly start: number;
}

function findDirectory(readAt: ReadAt, size: number, fail: (what: string) => never): DirectoryPlace {
  if (size < endBytes) fail(`the file has ${size} bytes; the smallest .npz file has ${endBytes}`);
  const tailBytes = Math.min(size, endBytes + longestComment);
  const tail = readAt(size - tailBytes, tailBytes);
  // The mark must stand so that the comment it announces ends with the file.
  let at = tail.length - endBytes;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === endMark && tail.readUInt16LE(at + 20) === tail.length - at - endBytes)
  ) {
    at--;
  }
  if (at < 0)
    fail("this is no .npz file, or it is cut off: the end of a zip archive is missing; write it with numpy.savez");
  const endAt = size - tailBytes + at;
  if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0) fail("it is one part of a split archive");
  const place = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    start: tail.readUInt32LE(at + 16),
  };
  const is64 = place.count === 0xffff || place.bytes === 0xffffffff || place.start === 0xffffffff;
  const locator = endAt >= 20 ? readAt(endAt - 20, 20) : undefined;
  if (!is64 || locator?.readUInt32LE(0) !== end64LocatorMark) return place;
  const end64At = safeNumber(locator, 8, fail);
  if (end64At + 56 > size) fail("it is damaged: the end of its zip64 directory lies outside the file");
  const end64 = readAt(end64At, 56);
  if (end64.readUInt32LE(0) !== end64Mark) fail("it is damaged: the end of its zip64 directory is missing");
  return {
    count: safeNumber(end64, 32, fail),
    bytes: safeNumber(end64, 40, fail),
    start: safeNumber(end64, 48, fail),
  };
}

function parseEntry(
  record: Buffer,
  nameBytes: number,
  extraBytes: number,
  directoryStart: number,
  fail: (what: string) => never,
): ZipEntry {
  const name = record.toString("utf8", 46, 46 + nameBytes);
  const shown = JSON.stringify(name.slice(0, 80));
  const flags = record.readUInt16LE(8);
  const method = record.readUInt16LE(10);
  if (flags & 1) fail(`${shown} is encrypted`);
  if (method !== 0 && method !== 8) return fail(`${shown} is packed with method ${method}; store and deflate are read`);
  const crc = record.readUInt32LE(16);
  const wide = zip64Fields(record.subarray(46 + nameBytes, 46 + nameBytes + extraBytes), fail);
  const take = (offset: number): number => {
    const value = record.readUInt32LE(offset);
    return value === 0xffffffff ? (wide.shift() ?? fail(`${shown} lacks its zip64 sizes`)) : value;
  };
  // The order in which the zip64 field holds them.
  const bytes = take(24);
  const packedBytes = take(20);
  const headerAt = take(42);
  if (headerAt + 30 + packedBytes > directoryStart) fail(`${shown} lies outside the file; it is cut off or damaged`);
  if (method === 0 && bytes !== packedBytes) fail(`${shown} is stored and yet changes its size`);
  if (bytes > packedBytes * mostInflation) {
    fail(`${shown} claims ${bytes} bytes from ${packedBytes}; no honest archive packs that much`);
  }
  return { name, method, crc, packedBytes, bytes, headerAt };
}

function zip64Fields(extra: Buffer, fail: (what: string) => never): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    const next = at + 4 + length;
    if (extra.readUInt16LE(at) === 1 && next <= extra.length) {
      return Array.from({ length: Math.min(3, Math.floor(length / 8)) }, (_, i) =>
        safeNumber(extra, at + 4 + 8 * i, fail),
      );
    }
    at = next;
  }
  return [];
}

function safeNumber(buffer: Buffer, at: number, fail: (what: string) => never): number {
  const value = buffer.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) fail(`it claims a size of ${value} bytes`);
  return Number(value);
}

/** Entries that share bytes are how small archives unpack to huge ones. */
function checkPlaces(entries: readonly ZipEntry[], end: number, fail: (what: string) => never): void {
  const inOrder = entries.toSorted((a, b) => a.headerAt - b.headerAt);
  for (const [i, entry] of inOrder.entries()) {
    const limit = inOrder[i + 1]?.headerAt ?? end;
    // At least the fixed part of the entry's own header; its name and extra fields are checked when it is read.
    if (entry.headerAt + 30 + entry.packedBytes > limit) fail(`${JSON.stringify(entry.name)} overlaps another entry`);
  }
}
