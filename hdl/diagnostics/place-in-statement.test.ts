import { describe, expect, test } from "vitest";
import { placeInStatement } from "./place-in-statement.ts";

/** The place of what is called at the `@` in the text: its kind, and the key. */
function placeAt(text: string): string {
  const lines = text.split("\n");
  const line = lines.findIndex((candidate) => candidate.includes("@"));
  const column = lines[line]!.indexOf("@") + 1;
  const plain = lines.map((candidate) => candidate.replace("@", ""));
  const { kind, key } = placeInStatement(plain, line + 1, column);
  return key === undefined ? kind : `${kind} ${key}`;
}

describe("placeInStatement", () => {
  const cases: readonly [string, string][] = [
    ["const total = a.@add(b);", "value"],
    ["const total = a.@add(b).addWrap(carry);", "part"],
    ["const total = a.add(b).@addWrap(carry);", "value"],
    ["const total = a\n  .@add(b) // first\n  .addWrap(carry);", "part"],
    ["const total = a.@add(b).wrap(8).asSint();", "value"],
    ["const total = a.add(b.@mul(c));", "part"],
    ["const y = mux(a.@eq(0), b, c);", "part"],
    ["const y = @mux(a.eq(0), b, c);", "value"],
    ["this.err.value = ones.@eq(7);", "value"],
    ["const y = cond ? a.@add(b) : c;", "value"],
    ["const wraps = a <= 3 ? x.@and(y) : z;", "value"],
    ["const seconds = @sixty(ena);", "value"],
    ["const products = a.map((x, i) => x.@mul(b.at(i)));", "returned"],
    ["const products = a.map((x, i) => {\n  return x.@mul(b.at(i));\n});", "returned"],
    ["const rows = a.map((x) => ({ low: x.@and(1), high: y }));", "returned low"],
    ["return { digits: cat(tens, ones), wraps: enable.@and(last) };", "returned wraps"],
    ["return { digits: @cat(tens, ones), wraps: enable.and(last) };", "returned digits"],
    ["return cat(x.@and(y), z);", "part"],
    ["const list = [a.@add(b), c];", "value"],
    ["const y = table[x.@index()];", "part"],
    ["when(cycles.@eq(49), () => {", "part"],
    ["  counting: (go) => {\n    when(cycles.@eq(49), () => {", "part"],
    ["  counting: (go) => {\n    @delay(cycles, 1);", "statement"],
    ['const y = mux(a, "(", b).@add(c);', "value"],
  ];
  test.each(cases)("%s", (text, expected) => {
    expect(placeAt(text)).toBe(expected);
  });
});
