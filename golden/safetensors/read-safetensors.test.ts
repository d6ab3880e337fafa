import { execFileSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../spec/index.ts";
import { openSafetensors } from "./read-safetensors.ts";
import { createSafetensors } from "./write-safetensors.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lodestone-safetensors-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file put together by hand: header length, header, data. */
function file(header: string | Uint8Array, data: readonly number[] = [], length?: bigint): string {
  const text = Buffer.from(header);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(text.length));
  const path = join(folder, "x.safetensors");
  writeFileSync(path, Buffer.concat([size, text, Buffer.from(data)]));
  return path;
}

const entry = (dtype: string, shape: string, begin: number | string, end: number | string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

function readAll(path: string): Record<string, unknown> {
  const opened = openSafetensors(path);
  try {
    return Object.fromEntries(opened.entries.map(({ name }) => [name, opened.readTensor(name)]));
  } finally {
    opened.close();
  }
}

describe("files made by hand, byte by byte", () => {
  it.each<[string, string, number[], Float32Array | Float64Array]>([
    ["F32", entry("F32", "[2]", 0, 8), [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], Float32Array.of(1, -2)],
    ["F64", entry("F64", "[1]", 0, 8), [0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 9, 0x40], Float64Array.of(Math.PI)],
    ["BF16", entry("BF16", "[3]", 0, 6), [0x80, 0x3f, 0x49, 0xc0, 1, 0], Float32Array.of(1, -3.140625, 2 ** -133)],
    [
      "F16",
      entry("F16", "[6]", 0, 12),
      [0, 0x3c, 0xff, 0x7b, 1, 0, 0xff, 0x83, 0, 0xfc, 0, 0x80],
      Float32Array.of(1, 65504, 2 ** -24, -1023 * 2 ** -24, Number.NEGATIVE_INFINITY, -0),
    ],
  ])("%s", (_, header, bytes, data) => {
    expect(readAll(file(`{"t":${header}}`, bytes))).toEqual({ t: { name: "t", shape: [data.length], data } });
  });

  it("a number, an empty tensor, white space, escapes, metadata, tensors in another order than their bytes", () => {
    const header = `{ "b\\u00e4" : ${entry("F32", "[]", 4, 8)}, "__metadata__":{"k":"v"},\n"a":${entry("F32", "[1,1]", 0, 4)},"e":${entry("F32", "[3,0]", 8, 8)}}   `;
    const path = file(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
    expect(readAll(path)).toEqual({
      a: { name: "a", shape: [1, 1], data: Float32Array.of(1) },
      bä: { name: "bä", shape: [], data: Float32Array.of(2) },
      e: { name: "e", shape: [3, 0], data: new Float32Array(0) },
    });
    const opened = openSafetensors(path);
    expect([...opened.metadata]).toEqual([["k", "v"]]);
    expect(opened.entries.map(({ name }) => name)).toEqual(["a", "bä", "e"]);
    opened.close();
  });

  it("no tensor at all", () => {
    expect(readAll(file("{}"))).toEqual({});
  });

  it("every float16 against its definition", () => {
    const bytes = [...new Uint8Array(Uint16Array.from({ length: 65536 }, (_, code) => code).buffer)];
    const { t } = readAll(file(`{"t":${entry("F16", "[65536]", 0, 131072)}}`, bytes)) as { t: { data: Float32Array } };
    for (let code = 0; code < 65536; code++) {
      const [sign, exponent, fraction] = [code >> 15 ? -1 : 1, (code >> 10) & 31, code & 1023];
      let value = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
      if (exponent === 31) value = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
      if (!Object.is(t.data[code], sign * value)) expect([code, t.data[code]]).toEqual([code, sign * value]);
    }
  });

  it("other types as bytes, not as numbers", () => {
    const opened = openSafetensors(file(`{"t":${entry("I8", "[3]", 0, 3)}}`, [1, 2, 255]));
    expect([...opened.readBytes("t")]).toEqual([1, 2, 255]);
    expect(() => opened.readTensor("t")).toThrow(/tensor "t" is I8; F16, BF16, F32 and F64 are read/);
    expect(() => opened.readTensor("u")).toThrow(/holds no tensor "u"/);
    opened.close();
  });
});

describe("malformed files", () => {
  const f32 = entry("F32", "[1]", 0, 4);
  const four = [0, 0, 0, 0];
  it.each<[string, string | Uint8Array, number[], RegExp]>([
    ["cut within the data", `{"t":${f32}}`, [0, 0, 0], /tensor "t" ends at byte 4 of the data, the file has 3/],
    ["longer than it says", `{"t":${f32}}`, [...four, 0], /end at byte 4 of the data, the file goes on to 5/],
    ["data and no tensor", "{}", four, /end at byte 0 of the data, the file goes on to 4/],
    ["offsets far outside", `{"t":${entry("F32", "[1000000000]", 0, 4e9)}}`, four, /ends at byte 4000000000/],
    ["offsets beyond 2^53", `{"t":${entry("U8", "[1]", 0, "9007199254740993")}}`, four, /a whole number expected/],
    ["offsets beyond any number", `{"t":${entry("U8", "[1]", 0, "1e400")}}`, four, /a whole number expected at "1e400/],
    ["negative offsets", `{"t":${entry("U8", "[1]", -1, 0)}}`, four, /a whole number expected at "-1/],
    ["a fraction", `{"t":${entry("U8", "[1.0]", 0, 1)}}`, four, /a whole number expected/],
    ["offsets the wrong way", `{"t":${entry("U8", "[0]", 4, 0)}}`, four, /no begin and end/],
    ["three offsets", '{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,2,4]}}', four, /no begin and end/],
    [
      "a shape that needs more",
      `{"t":${entry("F32", "[2]", 0, 4)}}`,
      four,
      /needs 8 bytes; its data_offsets give it 4/,
    ],
    [
      "a shape that overflows",
      `{"t":${entry("F32", "[9007199254740991,9007199254740991]", 0, 4)}}`,
      four,
      /needs \d+ bytes/,
    ],
    ["overlap", `{"a":${entry("U8", "[3]", 0, 3)},"b":${entry("U8", "[2]", 2, 4)}}`, four, /"a" and "b" overlap/],
    ["the same bytes twice", `{"a":${f32},"b":${f32}}`, four, /"a" and "b" overlap/],
    ["a hole", `{"a":${entry("U8", "[1]", 0, 1)},"b":${entry("U8", "[2]", 2, 4)}}`, four, /from 1 to 2 .* no tensor/],
    ["a hole at the start", `{"a":${entry("U8", "[3]", 1, 4)}}`, four, /from 0 to 1 .* no tensor/],
    ["the name twice", `{"t":${f32},"t":${f32}}`, four, /has the name "t" twice/],
    ["the name twice, once escaped", `{"t":${f32},"\\u0074":${f32}}`, four, /has the name "t" twice/],
    [
      "a key twice",
      '{"t":{"dtype":"U8","dtype":"I8","shape":[4],"data_offsets":[0,4]}}',
      four,
      /the key "dtype" twice/,
    ],
    ["metadata twice", '{"__metadata__":{"a":"1","a":"2"}}', [], /the metadata "a" twice/],
    ["metadata that is no text", '{"__metadata__":{"a":1}}', [], /a string expected at "1/],
    ["an unknown key", '{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}', four, /has the key "x"/],
    ["a missing key", '{"t":{"dtype":"U8","shape":[4]}}', four, /lacks dtype, shape or data_offsets/],
    ["an unknown type", `{"t":${entry("Q4", "[4]", 0, 4)}}`, four, /of the unknown type "Q4"/],
    ["a name of a JavaScript property as type", `{"t":${entry("toString", "[4]", 0, 4)}}`, four, /unknown type/],
    ["half a byte", `{"t":${entry("F4", "[3]", 0, 1)}}`, [0], /needs 2 bytes/],
    ["65 dimensions", `{"t":${entry("U8", `[${Array(65).fill(1)}]`, 0, 1)}}`, [0], /has 65 dimensions/],
    ["a list", `["t"]   `, [], /does not begin with \{/],
    ["an open object", `{"t":${f32}`, four, /"}" expected at/],
    ["an open string", '{"t', four, /a broken string/],
    ["a string cut in an escape", '{"t\\', four, /a broken string/],
    ["a control character in a string", '{"t\n":1}', four, /a broken string/],
    ["text after the object", `{"t":${f32}} x`, four, /goes on after its end, at "x"/],
    ["a trailing comma", `{"t":${f32},}`, four, /a string expected at "}"/],
    ["no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), four, /no UTF-8 text/],
    ["something else", "PK\u0003\u0004 some zip file", [], /does not begin with \{/],
    ["a header of nothing", "", [0x7b, 0x7d], /is not valid|does not begin/],
  ])("%s", (_, header, data, message) => {
    const path = file(header, data);
    expect(() => openSafetensors(path)).toThrow(message);
    expect(() => openSafetensors(path)).toThrow(InputError);
    expect(() => openSafetensors(path)).toThrow(/x\.safetensors: /);
  });

  it.each([
    [0xffffffffffffffffn, /claims 18446744073709551615 bytes/],
    [100_000_000n, /claims 100000000 bytes; the format allows/],
    [99_999_999n, /is cut off: its header ends at byte 100000007, the file at 18/],
    [11n, /is cut off: its header ends at byte 19, the file at 18/],
  ])("a header length of %i is refused before anything is allocated for it", (length, message) => {
    const path = file('{"t":0}   ', [], length);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => openSafetensors(path)).toThrow(message);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });

  it("a header that really has 100 MB", () => {
    const path = join(folder, "long.safetensors");
    const descriptor = openSync(path, "w");
    const start = Buffer.from("\0\0\0\0\0\0\0\0{}");
    start.writeBigUInt64LE(100_000_000n);
    writeSync(descriptor, start);
    ftruncateSync(descriptor, 100_000_008);
    closeSync(descriptor);
    expect(() => openSafetensors(path)).toThrow(/its header claims 100000000 bytes/);
  });

  it("every cut of a good file, and any byte changed, is refused or read: never a crash", () => {
    const path = join(folder, "good.safetensors");
    const writer = createSafetensors(path, 200);
    writer.add("a", "F32", [2], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    writer.finish({ k: "v" });
    const good = execFileSync("cat", [path], { timeout: 5000 });
    for (let length = 0; length < good.length; length++) {
      writeFileSync(path, good.subarray(0, length));
      expect(() => readAll(path)).toThrow(InputError);
    }
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(good);
        changed[at] = byte;
        writeFileSync(path, changed);
        try {
          readAll(path);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
    );
  });

  it("says why a path is no file to read, and does not wait on a pipe", () => {
    expect(() => openSafetensors(join(folder, "none"))).toThrow(/none: there is no such file/);
    expect(() => openSafetensors(folder)).toThrow(/this is no file; a \.safetensors file is expected/);
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe], { timeout: 5000 });
    expect(() => openSafetensors(pipe)).toThrow(/this is no file/);
    expect(() => openSafetensors(file("", [], 0n).replace("x.s", "x.s"))).toThrow(/has 8 bytes/);
  });
});

describe("writing", () => {
  it("round trips names, shapes and values; the data begins at a multiple of 8", () => {
    const path = join(folder, "round.safetensors");
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ name: fc.string({ unit: "grapheme" }), values: fc.array(fc.float()) }), {
          selector: ({ name }) => name,
          maxLength: 5,
        }),
        // Less than the header needs, or more.
        fc.nat(1500),
        (tensors, room) => {
          const writer = createSafetensors(path, room);
          for (const { name, values } of tensors) {
            writer.add(name, "F32", [values.length], new Uint8Array(Float32Array.from(values).buffer));
          }
          writer.finish();
          const read = openSafetensors(path);
          expect(read.entries.map(({ name }) => name).toSorted()).toEqual(tensors.map(({ name }) => name).toSorted());
          for (const { name, values } of tensors) {
            expect(read.readTensor(name)).toEqual({ name, shape: [values.length], data: Float32Array.from(values) });
          }
          read.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  it("leaves nothing behind when it is abandoned or cannot write", () => {
    const path = join(folder, "deep", "er", "no.safetensors");
    const writer = createSafetensors(path, 100);
    writer.add("a", "U8", [1], Uint8Array.of(1));
    expect(() => writer.add("a", "U8", [1], Uint8Array.of(1))).toThrow(/two tensors would be called "a"; rename one/);
    expect(() => writer.add("b", "U8", [2], Uint8Array.of(1))).toThrow("1 bytes are no U8 of shape (2)");
    writer.abandon();
    writer.abandon();
    expect(readdirSync(join(folder, "deep", "er"))).toEqual([]);
    expect(() => createSafetensors(folder, 100)).toThrow(/cannot write .*: it is a folder/);
    expect(() => createSafetensors(join(file("{}"), "y"), 100)).toThrow(/cannot write .*not a folder/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
