import fc from "fast-check";
import { expect, test } from "vitest";
import { matchGlob } from "./match-glob.ts";

test.each([
  ["*", "", true],
  ["*", "a.b/c", true],
  ["", "", true],
  ["", "a", false],
  ["encoder.*.weight", "encoder.layer.0.weight", true],
  ["encoder.*.weight", "encoder.layer.0.weight_scale", false],
  ["encoder.*.weight", "decoder.layer.0.weight", false],
  ["?", "a", true],
  ["?", "", false],
  ["a?c*", "abcdef", true],
  ["*a*a*", "ba", false],
  ["*ab", "aab", true],
  ["a.b", "axb", false],
])("%s on %s", (pattern, name, matches) => {
  expect(matchGlob(pattern, name)).toBe(matches);
});

test("agrees with a regular expression", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (pattern, name) => {
      const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      expect(matchGlob(pattern, name)).toBe(expression.test(name));
    }),
  );
});

test("many stars cost no time", () => {
  expect(matchGlob(`${"a*".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
});
