import { expect, test } from "vitest";
import { palette, wantsColour } from "./colour.ts";

test.each([
  [true, {}, true],
  [false, {}, false],
  [undefined, {}, false],
  [true, { TERM: "dumb" }, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
])("terminal %s with %j: %s", (isTTY, environment, expected) => {
  expect(wantsColour({ isTTY }, environment)).toBe(expected);
});

test("without colour text stays as it is", () => {
  expect(palette({ isTTY: false }, {}).red("text")).toBe("text");
  expect(palette({ isTTY: true }, {}).red("text")).toBe("\u001b[31mtext\u001b[39m");
  expect(palette({ isTTY: true }, {}).red("")).toBe("");
});
