import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../spec/index.ts";
import { readNpyMatrix } from "./npy-matrix.ts";
import { parseNpy, readNpy } from "./read-npy.ts";
import { formatNpy, writeNpy } from "./write-npy.ts";

/** A .npy file put together by hand: magic, version, header length, header, data. */
function file(
  header: string | Uint8Array,
  data: readonly number[] | Uint8Array = [],
  { length, version = [1, 0] }: { version?: readonly [number, number]; length?: number } = {},
): Uint8Array {
  const text = typeof header === "string" ? Buffer.from(header, "latin1") : Buffer.from(header);
  const size = Buffer.alloc(version[0] === 1 ? 2 : 4);
  if (version[0] === 1) size.writeUInt16LE(length ?? text.length);
  else size.writeUInt32LE(length ?? text.length);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from("NUMPY"),
    Buffer.from(version),
    size,
    text,
    Uint8Array.from(data),
  ]);
}

const dict = (shape: string, descr = "<f4", order = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

const one = [0, 0, 0x80, 0x3f];
const minusTwo = [0, 0, 0, 0xc0];

describe("files made by hand, byte by byte", () => {
  it.each([
    ["version 1.0", file(dict("(2,)"), [...one, ...minusTwo])],
    ["version 2.0", file(dict("(2,)"), [...one, ...minusTwo], { version: [2, 0] })],
    ["version 3.0", file(dict("(2,)"), [...one, ...minusTwo], { version: [3, 0] })],
    ["big-endian", file(dict("(2,)", ">f4"), [...one.toReversed(), ...minusTwo.toReversed()])],
    ["keys in another order", file("{'shape':(2,),'fortran_order':False,'descr':'<f4'}", [...one, ...minusTwo])],
    [
      "double quotes and Python 2 sizes",
      file('{"descr": "<f4", "fortran_order": False, "shape": (2L,)}  \n', [...one, ...minusTwo]),
    ],
    ["padding", file(dict("(2,)").replace("\n", `${" ".repeat(50)}\n`), [...one, ...minusTwo])],
    [
      "newlines inside the dict",
      file("{\n'descr':\n'<f4',\n'fortran_order': False,'shape': ( 2 , ) }", [...one, ...minusTwo]),
    ],
  ])("%s", (_, bytes) => {
    const { data, shape } = parseNpy(bytes, "x.npy");
    expect(shape).toEqual([2]);
    expect(data).toEqual(Float32Array.of(1, -2));
  });

  it("float64 of both byte orders", () => {
    const pi = [0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 0x09, 0x40];
    expect(parseNpy(file(dict("(1, 1)", "<f8"), pi), "x").data).toEqual(Float64Array.of(Math.PI));
    expect(parseNpy(file(dict("(1, 1)", ">f8"), pi.toReversed()), "x").data).toEqual(Float64Array.of(Math.PI));
  });

  it("float16 of both byte orders, as float32: subnormals, the largest, infinity, NaN, -0", () => {
    const half = [0, 0x3c, 0xff, 0x7b, 1, 0, 0xff, 0x83, 0, 0xfc, 0, 0x7e, 0, 0x80];
    const swapped = half.map((_, i) => half[i ^ 1] ?? 0);
    const numbers = [1, 65504, 2 ** -24, -1023 * 2 ** -24, Number.NEGATIVE_INFINITY, Number.NaN, -0];
    expect(parseNpy(file(dict("(7,)", "<f2"), half), "x").data).toEqual(Float32Array.from(numbers));
    expect(parseNpy(file(dict("(7,)", ">f2"), swapped), "x").data).toEqual(Float32Array.from(numbers));
  });

  it("no dimension, several, and empty ones", () => {
    expect(parseNpy(file(dict("()"), one), "x")).toEqual({ shape: [], data: Float32Array.of(1) });
    expect(parseNpy(file(dict("(1, 2, 1)"), [...one, ...one]), "x").shape).toEqual([1, 2, 1]);
    expect(parseNpy(file(dict("(0, 9007199254740991)")), "x").data).toHaveLength(0);
  });

  it("NaN and infinities are read as they are; what to do with them is the quantiser's decision", () => {
    const { data } = parseNpy(file(dict("(2,)"), [0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0xff]), "x");
    expect([...data]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });

  it("bytes in the middle of a larger buffer", () => {
    const bytes = file(dict("(1,)"), one);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect([...parseNpy(larger.subarray(3, 3 + bytes.length), "x").data]).toEqual([1]);
  });
});

describe("malformed files", () => {
  const good = file(dict("(2, 3)"), new Uint8Array(24));

  it.each<[string, Uint8Array, RegExp]>([
    ["empty", new Uint8Array(0), /the file is empty/],
    ["something else", Buffer.from("PK\u0003\u0004 a zip file"), /no \.npy file/],
    ["short and something else", Buffer.from("hi"), /no \.npy file/],
    ["only the magic", good.subarray(0, 6), /cut off after 6 bytes, within the header/],
    ["cut before the header length's end", file("", [], { version: [2, 0] }).subarray(0, 11), /cut off after 11 bytes/],
    ["cut within the header", good.subarray(0, 40), /the header ends at byte \d+, the file at 40/],
    [
      "cut within the data",
      good.subarray(0, good.length - 1),
      /shape \(2, 3\) needs 24 bytes of data, the file has 23; it is cut off/,
    ],
    ["no data", good.subarray(0, good.length - 24), /the file has 0; it is cut off/],
    [
      "extra bytes",
      Buffer.concat([good, Buffer.from([0])]),
      /needs 24 bytes of data, the file has 25; it is longer than it says/,
    ],
    ["version 0", file(dict("()"), one, { version: [0, 1] }), /format version 0\.1/],
    ["version 1.1", file(dict("()"), one, { version: [1, 1] }), /format version 1\.1; 1\.0, 2\.0 and 3\.0 are read/],
    ["version 4", file(dict("()"), one, { version: [4, 0] }), /format version 4\.0/],
    ["a huge header length", file(dict("()"), one, { version: [2, 0], length: 0xffffffff }), /claims 4294967295 bytes/],
    ["a lying header length", file(dict("()"), one, { length: 60000 }), /the header ends at byte 60010/],
    ["a lying shape", file(dict("(1000000, 1000000)"), one), /needs 4000000000000 bytes of data, the file has 4/],
    ["a shape beyond any file", file(dict("(9007199254740991, 9007199254740991)"), one), /larger than any file/],
    ["a size of 17 digits", file(dict("(99999999999999999,)"), one), /something that is no size/],
    ["a negative size", file(dict("(-1,)"), one), /something that is no size, at "-1/],
    ["a fractional size", file(dict("(1.0,)"), one), /lacks a comma/],
    ["a leading zero", file(dict("(01,)"), one), /something that is no size/],
    ["no tuple", file(dict("1"), one), /the shape is no tuple/],
    ["a number in parentheses", file(dict("(1)"), one), /not a tuple/],
    ["a list", file(dict("[1]"), one), /the shape is no tuple/],
    ["two commas", file(dict("(1,,)"), one), /something that is no size/],
    ["an open tuple", file("{'shape': (1,", one), /something that is no size, at its end/],
    ["33 dimensions", file(dict(`(${"1, ".repeat(33)})`), one), /has 33 dimensions/],
    [
      "Fortran order",
      file(dict("(1, 1)", "<f4", "True"), one),
      /Fortran order; save numpy\.ascontiguousarray\(array\)/,
    ],
    ["order neither true nor false", file(dict("(1,)", "<f4", "0"), one), /neither True nor False/],
    ["objects", file(dict("(1,)", "|O"), one), /Python objects, which are never loaded/],
    ["complex numbers", file(dict("(1,)", "<c8"), one), /elements are "<c8".*astype\("float32"\)/],
    ["half precision cut off", file(dict("(3,)", "<f2"), one), /needs 6 bytes of data, the file has 4/],
    ["integers", file(dict("(1,)", "<i4"), one), /elements are "<i4"/],
    ["native byte order", file(dict("(1,)", "=f4"), one), /elements are "=f4"/],
    ["a name of a JavaScript property", file(dict("(1,)", "constructor"), one), /elements are "constructor"/],
    ["records", file("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", one), /records with fields/],
    ["a missing key", file("{'descr': '<f4', 'shape': (1,)}", one), /lacks descr, fortran_order or shape/],
    ["an empty dict", file("{}", one), /lacks descr/],
    ["a key twice", file("{'descr': '<f4', 'descr': '<f4'}", one), /key "descr" twice or out of place/],
    ["an unknown key", file("{'order': 'C'}", one), /key "order"/],
    ["no dict", file("['<f4']", one), /no Python dict: "\{" expected at "\['<f4'\]"/],
    ["an empty header", file("", one), /no Python dict: "\{" expected at its end/],
    ["no comma between entries", file("{'descr': '<f4' 'shape': (1,)}", one), /"," expected at/],
    ["no colon", file("{'descr' '<f4'}", one), /":" expected at/],
    ["an unquoted string", file("{descr: '<f4'}", one), /no string where one is expected/],
    ["an escape", file("{'desc\\x72': '<f4'}", one), /no string where one is expected/],
    ["text after the dict", file(`${dict("(1,)")}import os`, one), /goes on after its dict, at "import os"/],
    ["a header of zeros", file(new Uint8Array(50), one), /no Python dict/],
    ["invalid UTF-8", file(Uint8Array.of(0x7b, 0xff, 0xfe), one, { version: [3, 0] }), /no UTF-8 text/],
  ])("%s", (_, bytes, message) => {
    let caught: unknown;
    try {
      parseNpy(bytes, "dir/x.npy");
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(InputError);
    expect((caught as InputError).message).toMatch(message);
    expect((caught as InputError).message).toMatch(/^dir\/x\.npy: [^\n]*$/);
  });

  it("any cut of a good file, and any damaged byte, is refused or read, never a crash", () => {
    const whole = formatNpy({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    for (let end = 0; end < whole.length; end++) {
      expect(() => parseNpy(whole.subarray(0, end), "x")).toThrow(InputError);
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, value) => {
        const damaged = whole.slice();
        damaged[place] = value;
        try {
          expect(parseNpy(damaged, "x").data.length).toBeLessThanOrEqual(6);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("on disk", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "npy-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("writes what it reads, in the layout numpy.save uses", () => {
    const path = join(folder, "a.npy");
    writeNpy(path, { shape: [2, 3], data: Float32Array.of(0, 1, -2, 3.5, Number.NaN, Number.POSITIVE_INFINITY) });
    expect(readNpy(path)).toEqual({
      shape: [2, 3],
      data: Float32Array.of(0, 1, -2, 3.5, Number.NaN, Number.POSITIVE_INFINITY),
    });
    const bytes = formatNpy({ shape: [2, 3], data: new Float32Array(6) });
    expect(bytes).toHaveLength(128 + 24);
    expect(Buffer.from(bytes.subarray(0, 10)).toString("hex")).toBe("934e554d50590100" + "7600");
    expect(Buffer.from(bytes.subarray(10, 128)).toString("latin1")).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} +\n$/,
    );
  });

  it("round trips any shape, and aligns the data to 64 bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }),
        fc.infiniteStream(fc.double()),
        (shape, values) => {
          const count = shape.reduce((a, b) => a * b, 1);
          const data = Float64Array.from({ length: count }, () => values.next().value);
          const bytes = formatNpy({ shape, data });
          expect((bytes.length - 8 * count) % 64).toBe(0);
          expect(parseNpy(bytes, "x")).toEqual({ shape, data });
        },
      ),
    );
  });

  it("writes integers, which it does not read back", () => {
    const bytes = formatNpy({ shape: [2], data: Int32Array.of(-1, 258) });
    expect([...bytes.subarray(-8)]).toEqual([255, 255, 255, 255, 2, 1, 0, 0]);
    expect(() => parseNpy(bytes, "x")).toThrow('elements are "<i4"');
  });

  it("leaves nothing behind when it cannot write", () => {
    const array = { shape: [1], data: Float32Array.of(1) };
    expect(() => writeNpy(join(folder, "missing", "a.npy"), array)).toThrow(
      /cannot be written: its folder does not exist/,
    );
    mkdirSync(join(folder, "taken"));
    expect(() => writeNpy(join(folder, "taken"), array)).toThrow(/cannot be written: it is a folder/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(() => writeNpy(join(folder, "b.npy"), { ...array, shape: [2] })).toThrow(
      "a shape of (2) does not fit 1 elements",
    );
  });

  it("says why a path is no file to read", () => {
    expect(() => readNpy(join(folder, "none.npy"))).toThrow(/none\.npy: there is no such file/);
    expect(() => readNpy(folder)).toThrow(/this is no file/);
    const locked = join(folder, "locked.npy");
    writeFileSync(locked, "x");
    chmodSync(locked, 0);
    // Root may read it all the same, and then finds no .npy file in it.
    expect(() => readNpy(locked)).toThrow(/may not be read|no \.npy file/);
  });

  it("does not wait on a pipe", () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe], { timeout: 5000 });
    expect(() => readNpy(pipe)).toThrow(/this is no file/);
  });

  it("takes matrices of two dimensions", () => {
    const path = join(folder, "m.npy");
    writeNpy(path, { shape: [2, 1], data: Float32Array.of(1, 2) });
    expect(readNpyMatrix(path)).toEqual({ name: path, rows: 2, columns: 1, data: Float32Array.of(1, 2) });
    writeNpy(path, { shape: [2], data: Float32Array.of(1, 2) });
    expect(() => readNpyMatrix(path)).toThrow(/the shape is \(2\); a matrix of two dimensions is expected/);
    writeNpy(path, { shape: [0, 4], data: new Float32Array(0) });
    expect(() => readNpyMatrix(path)).toThrow(/the matrix is empty, 0 x 4/);
  });
});
