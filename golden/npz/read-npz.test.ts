import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../spec/index.ts";
import { formatNpy } from "../npy/write-npy.ts";
import { crc32 } from "./crc32.ts";
import { openNpz } from "./read-npz.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lodestone-npz-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What one file of an archive says of itself; each field may lie. */
interface Part {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly packed?: Uint8Array;
  readonly bytes?: number;
  readonly packedBytes?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly localName?: string;
  readonly headerAt?: number;
  /** Sizes and place in a zip64 field. */
  readonly wide?: boolean;
}

interface Lies {
  readonly count?: number;
  readonly start?: number;
  readonly directoryBytes?: number;
  readonly comment?: string;
  readonly wide?: boolean;
}

/** A zip archive put together by hand. */
function zip(parts: readonly Part[], lies: Lies = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { content, flags = 0, method = 0, name, localName = name, wide = false } = part;
    const packed = part.packed ?? (method === 8 ? deflateRawSync(content) : content);
    const sizes = {
      bytes: part.bytes ?? content.length,
      packed: part.packedBytes ?? packed.length,
      at: part.headerAt ?? at,
    };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(Buffer.byteLength(localName), 26);
    const extra = Buffer.alloc(wide ? 4 + 24 : 0);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(part.crc ?? zlibCrc32(content), 16);
    record.writeUInt32LE(wide ? 0xffffffff : sizes.packed, 20);
    record.writeUInt32LE(wide ? 0xffffffff : sizes.bytes, 24);
    record.writeUInt16LE(Buffer.byteLength(name), 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt32LE(wide ? 0xffffffff : sizes.at, 42);
    if (wide) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      for (const [i, value] of [sizes.bytes, sizes.packed, sizes.at].entries())
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
    }
    files.push(local, Buffer.from(localName), Buffer.from(packed));
    directory.push(record, Buffer.from(name), extra);
    at += 30 + Buffer.byteLength(localName) + packed.length;
  }
  const list = Buffer.concat(directory);
  const place = {
    count: lies.count ?? parts.length,
    bytes: lies.directoryBytes ?? list.length,
    start: lies.start ?? at,
  };
  const ends: Buffer[] = [];
  if (lies.wide) {
    const end64 = Buffer.alloc(56);
    end64.writeUInt32LE(0x06064b50);
    for (const [i, value] of [place.count, place.count, place.bytes, place.start].entries())
      end64.writeBigUInt64LE(BigInt(value), 24 + 8 * i);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50);
    locator.writeBigUInt64LE(BigInt(at + list.length), 8);
    ends.push(end64, locator);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(lies.wide ? 0xffff : place.count, 10);
  end.writeUInt32LE(lies.wide ? 0xffffffff : place.bytes, 12);
  end.writeUInt32LE(lies.wide ? 0xffffffff : place.start, 16);
  end.writeUInt16LE(lies.comment?.length ?? 0, 20);
  return Buffer.concat([...files, list, ...ends, end, Buffer.from(lies.comment ?? "")]);
}

function save(bytes: Uint8Array): string {
  const path = join(folder, "x.npz");
  writeFileSync(path, bytes);
  return path;
}

function readAll(path: string): Record<string, unknown> {
  const opened = openNpz(path);
  try {
    return Object.fromEntries(opened.names.map((name) => [name, opened.readTensor(name)]));
  } finally {
    opened.close();
  }
}

const array = formatNpy({ shape: [2], data: Float32Array.of(1, -2) });
const one: Part = { name: "w.npy", content: array };
const w = { name: "w", shape: [2], data: Float32Array.of(1, -2) };

describe("what NumPy 2.4 wrote", () => {
  const expected = {
    w: { name: "w", shape: [1, 3], data: Float32Array.of(1, -2, 3.5) },
    b: { name: "b", shape: [], data: Float64Array.of(0.25) },
  };
  it.each([
    [
      "savez",
      "UEsDBC0AAAAAAAAAIQAsnMkR//////////8FABQAdy5ucHkBABAAjAAAAAAAAACMAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCAzKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAAMAAAGBAUEsDBC0AAAAAAAAAIQCD2NS2//////////8FABQAYi5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAA0D9QSwECLQMtAAAAAAAAACEALJzJEYwAAACMAAAABQAAAAAAAAAAAAAAgAEAAAAAdy5ucHlQSwECLQMtAAAAAAAAACEAg9jUtogAAACIAAAABQAAAAAAAAAAAAAAgAHDAAAAYi5ucHlQSwUGAAAAAAIAAgBmAAAAggEAAAAA",
    ],
    [
      "savez_compressed",
      "UEsDBC0AAAAIAAAAIQAsnMkR//////////8FABQAdy5ucHkBABAAjAAAAAAAAABSAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLgaGBnsGBoYDDAwJDgBQSwMELQAAAAgAAAAhAIPY1Lb//////////wUAFABiLm5weQEAEACIAAAAAAAAAEcAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkamjoKtQoUAS4GMLhgDwBQSwECLQMtAAAACAAAACEALJzJEVIAAACMAAAABQAAAAAAAAAAAAAAgAEAAAAAdy5ucHlQSwECLQMtAAAACAAAACEAg9jUtkcAAACIAAAABQAAAAAAAAAAAAAAgAGJAAAAYi5ucHlQSwUGAAAAAAIAAgBmAAAABwEAAAAA",
    ],
  ])("%s", (_, base64) => {
    const path = save(Buffer.from(base64, "base64"));
    expect(readAll(path)).toEqual(expected);
    const opened = openNpz(path);
    expect(opened.names).toEqual(["w", "b"]);
    expect(() => opened.readTensor("v")).toThrow(/x\.npz: it holds no array "v"/);
    opened.close();
  });
});

describe("archives made by hand", () => {
  it.each<[string, Buffer]>([
    ["stored", zip([one])],
    ["deflated", zip([{ ...one, method: 8 }])],
    ["with a comment that looks like an end", zip([one], { comment: "PK\u0005\u0006 and some more text to look at" })],
    ["zip64", zip([{ ...one, wide: true }], { wide: true })],
  ])("%s", (_, bytes) => {
    expect(readAll(save(bytes))).toEqual({ w });
  });

  it("holds nothing, which is no error of the file", () => {
    expect(readAll(save(zip([])))).toEqual({});
  });

  it("an array of one value a million times over is no bomb", () => {
    const content = formatNpy({ shape: [1e6], data: new Float32Array(1e6) });
    const opened = openNpz(save(zip([{ name: "z.npy", content, method: 8 }])));
    expect(opened.readTensor("z").data).toHaveLength(1e6);
    opened.close();
  });

  it("the checksum is the one of zlib", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
  });
});

describe("malformed archives", () => {
  const damaged = Buffer.from(array);
  damaged[array.length - 1] = 0x41;
  it.each<[string, Uint8Array, RegExp]>([
    ["empty", new Uint8Array(0), /the file has 0 bytes/],
    ["an .npy file", array, /no \.npz file, or it is cut off/],
    ["cut at its end", zip([one]).subarray(0, -1), /no \.npz file, or it is cut off/],
    ["cut at its start", zip([one]).subarray(10), /damaged/],
    ["a wrong checksum", zip([{ ...one, crc: 1 }]), /"w\.npy" is damaged: its checksum does not fit/],
    ["changed data", zip([{ ...one, packed: damaged }]), /checksum does not fit/],
    ["the name twice", zip([one, one]), /holds "w\.npy" twice/],
    ["something else inside", zip([{ ...one, name: "w.txt" }]), /holds "w\.txt", which is no \.npy file/],
    ["encrypted", zip([{ ...one, flags: 1 }]), /"w\.npy" is encrypted/],
    ["another method", zip([{ ...one, method: 14 }]), /packed with method 14; store and deflate are read/],
    ["broken deflate", zip([{ ...one, method: 8, packed: Buffer.alloc(50, 255) }]), /cannot be unpacked/],
    ["more than it claims", zip([{ ...one, method: 8, bytes: 20 }]), /unpacks to more than the 20 bytes/],
    ["less than it claims", zip([{ ...one, method: 8, bytes: 200 }]), /has 136 bytes, not the 200/],
    ["a bomb's claim", zip([{ ...one, method: 8, bytes: 0xfffffffe }]), /claims 4294967294 bytes from \d+; no honest/],
    ["a claim of 2^60", zip([{ ...one, wide: true, bytes: 2 ** 60 }]), /claims a size of 1152921504606846976 bytes/],
    ["a stored size that changes", zip([{ ...one, bytes: 20 }]), /is stored and yet changes its size/],
    ["an entry outside", zip([{ ...one, headerAt: 1e9 }]), /"w\.npy" lies outside the file/],
    ["packed bytes outside", zip([{ ...one, bytes: 1e9, packedBytes: 1e9 }]), /"w\.npy" lies outside the file/],
    ["an entry on another", zip([one, { ...one, name: "v.npy", headerAt: 0 }]), /overlaps another entry/],
    ["a place without an entry", zip([{ ...one, headerAt: 1 }]), /header of "w\.npy" is damaged|lies outside/],
    ["another name inside", zip([{ ...one, localName: "v.npy" }]), /another name in its own header/],
    ["more entries than there are", zip([one], { count: 2 }), /claims 2 entries in a directory of 51 bytes/],
    [
      "fewer entries than there are",
      zip([one, { ...one, name: "v.npy" }], { count: 1 }),
      /goes on after the last entry/,
    ],
    ["100001 entries", zip([one], { wide: true, count: 100_001 }), /claims 100001 entries; up to 100000/],
    ["a huge directory", zip([one], { directoryBytes: 0x7fffffff }), /its directory ends at byte/],
    ["a directory elsewhere", zip([one], { start: 3 }), /is damaged|lies outside/],
  ])("%s", (_, bytes, message) => {
    const path = save(bytes);
    expect(() => readAll(path)).toThrow(message);
    expect(() => readAll(path)).toThrow(InputError);
  });

  it("an array that is no float array is named", () => {
    const integers = formatNpy({ shape: [1], data: Int32Array.of(1) });
    expect(() => readAll(save(zip([{ name: "i.npy", content: integers }])))).toThrow(/x\.npz, array "i": its elements/);
  });

  it("any byte changed, and any cut, is refused or read: never a crash", () => {
    const good = zip([one, { ...one, name: "v.npy", method: 8, wide: true }], { wide: true });
    const attempt = (bytes: Uint8Array): void => {
      try {
        readAll(save(bytes));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    };
    for (let length = 0; length < good.length; length++) attempt(good.subarray(0, length));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(good);
        changed[at] = byte;
        attempt(changed);
      }),
      { numRuns: 200 },
    );
  });
});
