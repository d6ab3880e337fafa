import { expect, it } from "vitest";
import { vectorMacParameters } from "./mac-parameters.ts";
import { formatShape, largestCode, numberFormats } from "./number-format.ts";

it("maps formats onto the chip's lane, in the order of their mode codes", () => {
  expect(numberFormats.map((format) => formatShape(format, vectorMacParameters.defaults))).toEqual([
    { mode: 0, elementBits: 8, vectorSize: 32, scaled: false },
    { mode: 1, elementBits: 4, vectorSize: 64, scaled: false },
    { mode: 2, elementBits: 4, vectorSize: 64, scaled: true },
  ]);
});

it("has no INT8 without the wide path", () => {
  expect(formatShape("int8", vectorMacParameters.parse({ wideBits: 0 }))).toBeUndefined();
});

it("leaves the most negative code out of those made", () => {
  expect([2, 4, 8, 16].map(largestCode)).toEqual([1, 7, 127, 32767]);
});
