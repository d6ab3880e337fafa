import { describe, expect, test } from "vitest";
import { vsqQuantizerParameters } from "../../spec/index.ts";
import { quantizeVector } from "./quantize-vector.ts";
import { normalizedReciprocal, reciprocalCode } from "./quantize-vector-reciprocal.ts";

const chip = vsqQuantizerParameters.defaults;
const integers = vsqQuantizerParameters.parse({ scaleFraction: 0 });
const approximate = vsqQuantizerParameters.parse({ scaleFraction: 0, architecture: "reciprocal" });

describe("exact", () => {
  test("codes are the nearest of 7·v/m, the scale of m/7", () => {
    expect(quantizeVector([70, -70, 35, 10, -4, 0], integers)).toEqual({ codes: [7, -7, 4, 1, -0 + 0, 0], scale: 10 });
  });

  test("ties go away from zero, in codes and in the scale", () => {
    // m = 14: a code is |v|/2, so that every odd value is a tie.
    expect(quantizeVector([14, 1, -1, 3, -3, 13, -13], integers)).toEqual({
      codes: [7, 1, -1, 2, -2, 7, -7],
      scale: 2,
    });
    expect(quantizeVector([14], { ...integers, scaleFraction: 2 }).scale).toBe(1); // 14/4/7 = 1/2
    expect(quantizeVector([13], { ...integers, scaleFraction: 2 }).scale).toBe(0);
  });

  test("zeros give scale 0 and codes 0; a scale may round to 0 while codes do not", () => {
    expect(quantizeVector([0, 0], chip)).toEqual({ codes: [0, 0], scale: 0 });
    expect(quantizeVector([1, -3], integers)).toEqual({ codes: [2, -7], scale: 0 });
  });

  test("at its limit the scale stays and codes are taken for it, saturating", () => {
    // 255·7 = 1785 is the magnitude of scale 255; 1788.5 is the first that would round to 256.
    expect(quantizeVector([1788, 1785, 255], integers)).toEqual({ codes: [7, 7, 1], scale: 255 });
    expect(quantizeVector([1789, 1785, 127, 128], integers)).toEqual({ codes: [7, 7, 0, 1], scale: 255 });
    expect(quantizeVector([-32768, 5000, -1785, 892, 893], integers)).toEqual({ codes: [-7, 7, -7, 3, 4], scale: 255 });
  });

  test("a clip takes the maximum's place; beyond it codes saturate", () => {
    expect(quantizeVector([100, 70, 35, -80], integers, 70)).toEqual({ codes: [7, 7, 4, -7], scale: 10 });
    expect(quantizeVector([10, -3], integers, 140)).toEqual({ codes: [1, -0 + 0], scale: 20 });
    expect(quantizeVector([100, -70], integers, 0)).toEqual({ codes: [0, 0], scale: 0 });
  });

  test("eight bits with a scale", () => {
    const wide = vsqQuantizerParameters.parse({ elementBits: 8, scaleFraction: 0 });
    expect(quantizeVector([1270, -635, 5, -5, 4], wide)).toEqual({ codes: [127, -64, 1, -1, 0], scale: 10 });
  });
});

describe("reciprocal", () => {
  test("the scale is the exact one; zeros and clips of zero give zeros", () => {
    for (const values of [[70, -70, 35], [1], [-32768, 1], [1789, 4]]) {
      expect(quantizeVector(values, approximate).scale).toBe(quantizeVector(values, integers).scale);
    }
    expect(quantizeVector([0, 0], approximate)).toEqual({ codes: [0, 0], scale: 0 });
    expect(quantizeVector([9, 0], approximate, 0)).toEqual({ codes: [0, 0], scale: 0 });
  });

  test("a worked case: 100 by 9 bits", () => {
    // 100·2^9 = 51200 = 1.5625·2^15; 7/1.5625 = 4.48 = 286.72/64.
    expect(normalizedReciprocal(100n, chip)).toEqual({ shift: 9n, factor: 287n });
    // 50·2^9 keeps 9 bits: 200. (2·200 + 1)·287/2^16·... = 3.5: the cut counts as half a unit, so the tie goes up.
    expect(reciprocalCode(50n, { shift: 9n, factor: 287n }, chip)).toBe(4);
    expect(reciprocalCode(49n, { shift: 9n, factor: 287n }, chip)).toBe(3);
    expect(reciprocalCode(100n, { shift: 9n, factor: 287n }, chip)).toBe(7);
  });

  test("the maximum always has the largest code", () => {
    for (let m = 1; m <= 32768; m += 7) {
      expect(reciprocalCode(BigInt(m), normalizedReciprocal(BigInt(m), chip), chip)).toBe(7);
    }
  });
});

test("values and clips that do not fit the wires are refused", () => {
  expect(() => quantizeVector([32768], chip)).toThrow(/value 0 is 32768; a 16-bit input/);
  expect(() => quantizeVector([0, 0.5], chip)).toThrow(/value 1 is 0.5/);
  expect(() => quantizeVector([0], chip, 65536)).toThrow(/the clip is 65536/);
});
