import { expect, it } from "vitest";
import { nearestNames } from "./nearest-names.ts";

it("sorts names by likeness", () => {
  expect(nearestNames("vectorsize", ["lanes", "elementBits", "vectorSize"])[0]).toBe("vectorSize");
  expect(nearestNames("", ["bb", "a"])).toEqual(["a", "bb"]);
});
