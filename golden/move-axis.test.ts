import { expect, it } from "vitest";
import { axisBack, axisLast, splitAtAxis } from "./move-axis.ts";

it("moves an axis to the end and back", () => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const split = splitAtAxis([2, 3, 4], 1);
  expect(split).toEqual({ outer: 2, length: 3, inner: 4 });
  const moved = axisLast(data, split);
  expect([...moved.subarray(0, 6)]).toEqual([0, 4, 8, 1, 5, 9]);
  expect(axisBack(moved, split)).toEqual(data);
});

it("leaves alone what is in place", () => {
  const data = Int8Array.of(1, 2, 3, 4);
  for (const axis of [0, 1, 2]) expect(axisLast(data, splitAtAxis([1, 4, 1], axis))).toBe(data);
});
