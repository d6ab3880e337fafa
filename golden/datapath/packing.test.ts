import fc from "fast-check";
import { expect, it } from "vitest";
import { packElements, unpackSigned, unpackUnsigned } from "./packing.ts";

it("puts element 0 in the least significant bits", () => {
  expect(packElements([1, -1, -8, 7], 4)).toBe(0x78f1n);
  expect(unpackSigned(0x78f1n, 4, 4)).toEqual([1, -1, -8, 7]);
  expect(unpackUnsigned(0x78f1n, 4, 4)).toEqual([1, 15, 8, 7]);
  expect(packElements([255, 0, 128], 8)).toBe(0x8000ffn);
});

it("gives back what was packed", () => {
  const packed = fc.integer({ min: 2, max: 16 }).chain((bits) =>
    fc.record({
      bits: fc.constant(bits),
      values: fc.array(fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }), {
        minLength: 1,
        maxLength: 70,
      }),
    }),
  );
  fc.assert(
    fc.property(packed, ({ bits, values }) => {
      expect(unpackSigned(packElements(values, bits), bits, values.length)).toEqual(values);
    }),
  );
});

it("refuses what does not fit", () => {
  expect(() => packElements([0, 16], 4)).toThrow("element 1 is 16; it does not fit 4 bits");
  expect(() => packElements([-9], 4)).toThrow("element 0 is -9");
  expect(() => packElements([0.5], 4)).toThrow("element 0 is 0.5");
});
