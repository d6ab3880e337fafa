import { expect, it } from "vitest";
import { roundByRule } from "./round-by-rule.ts";

it.each([
  // value, half-even, half-away, half-up, toward-zero
  [0.5, 0, 1, 1, 0],
  [1.5, 2, 2, 2, 1],
  [2.5, 2, 3, 3, 2],
  [-0.5, -0, -1, -0, -0],
  [-1.5, -2, -2, -1, -1],
  [-2.5, -2, -3, -2, -2],
  [0.75, 1, 1, 1, 0],
  [-0.75, -1, -1, -1, -0],
  [0.49999999999999994, 0, 0, 0, 0],
  [2 ** 52 + 1, 2 ** 52 + 1, 2 ** 52 + 1, 2 ** 52 + 1, 2 ** 52 + 1],
  [0, 0, 0, 0, 0],
])("%d", (value, ...expected) => {
  const rules = ["half-even", "half-away", "half-up", "toward-zero"] as const;
  expect(rules.map((rule) => roundByRule(value, rule))).toEqual(expected);
});

it("parity can count from another zero", () => {
  expect([0.5, 1.5].map((value) => roundByRule(value, "half-even", 1))).toEqual([1, 1]);
});
