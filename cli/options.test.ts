import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseSetting, readParameters, wholeNumber } from "./options.ts";

const scratch = mkdtempSync(join(tmpdir(), "lodestone-options-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function config(text: string): string {
  const path = join(scratch, "config.json");
  writeFileSync(path, text);
  return path;
}

describe("--set", () => {
  test.each([
    ["lanes=8", "lanes", 8],
    ["lanes = 8 ", "lanes", 8],
    ["lanes=-8", "lanes", -8],
    ["lanes=1e3", "lanes", 1000],
    ["fast=true", "fast", true],
    ["mode=exact", "mode", "exact"],
    ['mode="8"', "mode", "8"],
    ["mode=a=b", "mode", "a=b"],
    // Not numbers in JSON; the parameter set will say what it wants instead.
    ["lanes=0x10", "lanes", "0x10"],
    ["lanes=NaN", "lanes", "NaN"],
    ["lanes=null", "lanes", "null"],
    ["taps=[0.1, -2]", "taps", [0.1, -2]],
    ['rule={"bits": [1]}', "rule", { bits: [1] }],
    ["taps=[1", "taps", "[1"],
    ["half_period=4", "half_period", 4],
  ])("%s", (setting, name, value) => {
    expect(parseSetting(setting)).toEqual([name, value]);
  });

  test.each(["lanes", "lanes=", "=8", "", "a b=1", "1a=1", "__proto__=1", "../x=1", "a.b=1"])(
    "%j is refused",
    (text) => {
      expect(() => parseSetting(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );

  test("the last one of a name wins", () => {
    expect(readParameters({ set: ["lanes=8", "lanes=4"] })).toEqual({ lanes: 4 });
  });
});

describe("--config", () => {
  test("is read, and --set wins over it", () => {
    const path = config('\uFEFF{ "lanes": 8, "vectorSize": 32 }');
    expect(readParameters({ config: path })).toEqual({ lanes: 8, vectorSize: 32 });
    expect(readParameters({ config: path, set: ["lanes=4"] })).toEqual({ lanes: 4, vectorSize: 32 });
  });

  test("a key like __proto__ stays an ordinary key, for the parameter set to refuse", () => {
    const parameters = readParameters({ config: config('{ "__proto__": { "lanes": 8 } }') });
    expect(Object.keys(parameters)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype);
  });

  test.each(["", "{", "[]", "7", "null", '"text"', "{ 'lanes': 8 }"])("%j is refused in one line", (text) => {
    const path = config(text);
    expect(() => readParameters({ config: path })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^--config [^\n]*config\.json: [^\n]*$/) }),
    );
  });

  test("a missing file and a folder are refused", () => {
    const missing = join(scratch, "missing.json");
    expect(() => readParameters({ config: missing })).toThrow("cannot be read (no such file or folder)");
    expect(() => readParameters({ config: scratch })).toThrow("cannot be read (it is a folder)");
  });
});

test("whole numbers keep to their range", () => {
  const parse = wholeNumber(1, 10);
  expect(["1", "10", "+7"].map(parse)).toEqual([1, 10, 7]);
  for (const text of ["0", "11", "1.5", "1e1", "", " 1", "x", "0x1", "99999999999999999999"]) {
    expect(() => parse(text), text).toThrow("from 1 to 10");
  }
  expect(() => wholeNumber(0)("-1")).toThrow("of at least 0");
});
