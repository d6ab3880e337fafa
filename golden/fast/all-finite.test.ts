import fc from "fast-check";
import { expect, test } from "vitest";
import { cornerValues } from "../testing/samples.ts";
import { allFinite } from "./all-finite.ts";

test("finite values, whatever they are", () => {
  expect(allFinite(new Float32Array(0))).toBe(true);
  for (const length of [1, 7, 8, 9, 32768, 32769, 70001]) expect(allFinite(cornerValues(length))).toBe(true);
});

test("one value that is not, anywhere, among any others", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      fc.integer({ min: 1, max: 70_000 }),
      fc.nat(),
      (value, length, place) => {
        const values = cornerValues(length);
        values[place % length] = value;
        expect(allFinite(values)).toBe(false);
        // What was in the kernels' memory before does not matter.
        expect(allFinite(cornerValues(5))).toBe(true);
      },
    ),
  );
});

test("a NaN of any sign and payload", () => {
  const values = new Float32Array(64);
  const bits = new Uint32Array(values.buffer);
  for (const nan of [0x7f800001, 0x7fc00000, 0x7fffffff, 0xff800001, 0xffc12345, 0xffffffff]) {
    bits[40] = nan;
    expect(allFinite(values)).toBe(false);
  }
});
