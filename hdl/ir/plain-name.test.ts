import { expect, test } from "vitest";
import { plainName, plainText } from "./plain-name.ts";

test.each([
  ["total", "total"],
  ["_x$1", "x1"],
  ["$x", "x"],
  ["__0_9y", "y"],
  ["élan", "elan"],
  ["e\u0301lan", "elan"],
  ["größe", "grosse"],
  ["Łódź", "Lodz"],
  ["Δt", "Deltat"],
  ["µs", "mus"],
  ["ﬁrst", "first"],
  ["x²", "x2"],
  ["値", "u5024"],
  ["𝒳", "X"],
  ["\u{1f60}", "omega"],
  ["\u{20000}", "u20000"],
  ["a\u200db", "ab"],
])("%s is spelled %s", (name, spelled) => {
  expect(plainName(name)).toBe(spelled);
});

test.each(["", "$", "_", "$_9", "-"])("nothing remains of %j", (name) => {
  expect(plainName(name)).toBeUndefined();
});

test("what stands behind a name keeps its digits and underscores", () => {
  expect(plainText("_3_größe")).toBe("_3_grosse");
});
