import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { list, section, signed, text, unsigned } from "./encode.ts";

/** Reads LEB128 back. */
function decode(bytes: readonly number[], isSigned: boolean): number {
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
  }
  if (isSigned && (bytes.at(-1) ?? 0) & 64) value -= 1n << shift;
  return Number(value);
}

describe("LEB128", () => {
  test("known encodings", () => {
    expect(unsigned(0)).toEqual([0]);
    expect(unsigned(127)).toEqual([127]);
    expect(unsigned(128)).toEqual([128, 1]);
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(2 ** 32 - 1)).toEqual([255, 255, 255, 255, 15]);
    expect(signed(-1)).toEqual([0x7f]);
    expect(signed(63)).toEqual([63]);
    expect(signed(64)).toEqual([0xc0, 0]);
    expect(signed(-64)).toEqual([0x40]);
    expect(signed(-65)).toEqual([0xbf, 0x7f]);
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
  });

  test("comes back, in the fewest bytes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        const bytes = signed(value);
        expect(decode(bytes, true)).toBe(value);
        expect(bytes.slice(0, -1).every((byte) => byte >= 128)).toBe(true);
        expect(bytes.length).toBeLessThanOrEqual(5);
        const natural = unsigned(value >>> 0);
        expect(decode(natural, false)).toBe(value >>> 0);
        expect(natural.length).toBe(Math.max(1, Math.ceil(Math.log2((value >>> 0) + 1) / 7)));
      }),
    );
  });
});

test("strings, lists and sections carry their lengths", () => {
  expect(text("ab")).toEqual([2, 97, 98]);
  expect(text("é")).toEqual([2, 0xc3, 0xa9]);
  expect(list([[1, 2], [3]])).toEqual([2, 1, 2, 3]);
  expect(section(7, new Array(200).fill(5))).toEqual([7, 200, 1, ...new Array(200).fill(5)]);
});
