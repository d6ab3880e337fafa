import { expect, it } from "vitest";
import { sqnr } from "./sqnr.ts";

it("counts decibels of power", () => {
  expect(sqnr([10, 0], [9, 0])).toBeCloseTo(20, 12);
  expect(sqnr([1, 1, 1, 1], [1.001, 0.999, 1.001, 0.999])).toBeCloseTo(60, 9);
  expect(sqnr([1, 2], [0, 0])).toBe(0);
});

it("has an answer where noise or signal is missing, and refuses different lengths", () => {
  expect(sqnr([1, -2], [1, -2])).toBe(Number.POSITIVE_INFINITY);
  expect(sqnr([0], [0])).toBe(Number.POSITIVE_INFINITY);
  expect(sqnr([0], [1])).toBe(Number.NEGATIVE_INFINITY);
  expect(() => sqnr([1], [1, 2])).toThrow(RangeError);
});
