import fc from "fast-check";
import { expect, test } from "vitest";
import { coordinate, niceTicks, tickText } from "./html-scale.ts";

test.each([
  [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  [0, 0.047, 6, [0, 0.01, 0.02, 0.03, 0.04]],
  [-3, 21, 5, [0, 5, 10, 15, 20]],
  [0, 1e-30, 4, [0, 5e-31, 1e-30]],
  [2, 2, 5, [2]],
])("ticks of %d to %d, about %d", (from, to, count, ticks) => {
  expect(niceTicks(from, to, count)).toEqual(ticks);
});

test("ticks lie inside, ascend evenly, and are about as many as asked for", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), fc.integer({ min: 3, max: 10 }), (to, count) => {
      const ticks = niceTicks(0, to, count);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeLessThanOrEqual(to * (1 + 1e-8));
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(count + 2);
    }),
  );
});

test("texts of numbers on axes and in drawings", () => {
  expect([0, 0.05, 1200, 1e-7, 2.5e9, -3].map(tickText)).toEqual(["0", "0.05", "1200", "1e-7", "2.5e9", "-3"]);
  expect([1.005, 2, -0.001].map(coordinate)).toEqual(["1", "2", "0"]);
});
