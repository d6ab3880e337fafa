import fc from "fast-check";
import { expect, it } from "vitest";
import { roundHalfEven } from "./rounding.ts";

it("takes ties to the even neighbour", () => {
  expect([-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5].map((x) => roundHalfEven(x) + 0)).toEqual([
    -4, -2, -2, 0, 0, 2, 2, 4,
  ]);
  expect([0.49999999999999994, 0.5000000000000001, 254.49999999999997].map(roundHalfEven)).toEqual([0, 1, 254]);
});

it("is never further than a half away, and keeps whole numbers", () => {
  fc.assert(
    fc.property(fc.double({ min: -(2 ** 40), max: 2 ** 40, noNaN: true }), (x) => {
      const rounded = roundHalfEven(x);
      expect(Number.isInteger(rounded)).toBe(true);
      expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
      expect(roundHalfEven(rounded)).toBe(rounded);
    }),
  );
});
