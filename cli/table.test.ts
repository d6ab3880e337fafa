import { expect, test } from "vitest";
import { palette } from "./colour.ts";
import { formatNumber, formatTable } from "./table.ts";

test("columns line up and no line ends in spaces", () => {
  const columns = [{ title: "name" }, { title: "cells", align: "right" }, { title: "note" }] as const;
  const text = formatTable(columns, [
    ["vector_mac", "1,234", "µm²"],
    ["lane", "7", ""],
    ["x", "12"],
  ]);
  expect(text.split("\n")).toEqual([
    "name        cells  note",
    "vector_mac  1,234  µm²",
    "lane            7",
    "x              12",
  ]);
});

test("colour takes no room, and a table without titles has no title line", () => {
  const { bold } = palette({ isTTY: true }, {});
  const text = formatTable(
    [{ title: "" }, { title: "" }],
    [
      [bold("a"), "1"],
      ["bb", "2"],
    ],
  );
  expect(text).toBe(`${bold("a")}   1\nbb  2`);
  expect(formatTable([{ title: "empty" }], [])).toBe("empty");
});

test("numbers", () => {
  expect(formatNumber(1234567)).toBe("1,234,567");
  expect(formatNumber(-123456.789, 1)).toBe("-123,456.8");
  expect([0, 999, -999, 1000].map((value) => formatNumber(value))).toEqual(["0", "999", "-999", "1,000"]);
});
