import { describe, expect, test } from "vitest";
import { declaredName } from "./declared-name.ts";

/** The name found for what is made at the `@` in the text. */
function nameAt(text: string): string | undefined {
  const lines = text.split("\n");
  const line = lines.findIndex((candidate) => candidate.includes("@"));
  const column = lines[line]!.indexOf("@") + 1;
  return declaredName(
    lines.map((candidate) => candidate.replace("@", "")),
    line + 1,
    column,
  );
}

describe("declaredName", () => {
  const cases: readonly [string, string | undefined][] = [
    ["const total = @register(sint(8));", "total"],
    ["    const total: SInt = @register(sint(8));", "total"],
    ["  readonly sum = @output(bit);", "sum"],
    ["  readonly b_wide =\n    wide > 0 ? @input(bit) : undefined;", "b_wide"],
    ["  let x = a; const y = x.@add(1);", "y"],
    ["const total =\n  @register(sint(8));", "total"],
    ["const products = a.map((x, i) => x.@mul(b));", "products"],
    ["const at = (value: UInt) => @delay(value, 1);", undefined],
    ["const at = <T extends UInt | SInt>(value: T): T => @delay(value, 1);", undefined],
    ["total.next = total.@add(1);", "total_next"],
    ["this.sum.value = a.@add(b);", "sum_value"],
    ["lane.a.value = x.@add(1);", "a_value"],
    ["return x.@add(1);", undefined],
    ["for (let k = 0; k < 8; k++) sums.push(x.@add(k));", undefined],
    ["for (let k = 0; k < list.at(0); k++) total = total.@add(k);", "total"],
    ["for (let k = 0; k < 8; k++) {\n  x.@add(k);", undefined],
    ["for (let k = x.@width; k < 8; k++) {", undefined],
    ["wait.for(a); const y = x.@add(1);", "y"],
    ["foo();\n@register(bit);", undefined],
    ["const a = 1;\n  x.@add(1);", undefined],
    ["when(a.@eq(b), () => {", undefined],
    ["if (a === @b) {", undefined],
    ["  stage: @register(bit),", "stage"],
    ["const $x = @register(bit);", "$x"],
    ["const élan = @register(bit);", "élan"],
    ["const 値: UInt = @register(bit);", "値"],
    ["const mit = (größe: UInt) => @delay(größe, 1);", undefined],
    ["const mit = größe => @delay(größe, 1);", undefined],
    ["this.#kept = @register(bit);", "kept"],
    ["  readonly #kept = @register(bit);", "kept"],
    ["this.#kept.next = a.@not();", "kept_next"],
    ["this.größe.at(0).value = a.@not();", "größe_value"],
    ["this.y.value = {\n  sum: a.@add(b),", "sum"],
    ["return { low,\n  sum: a.@add(b),", "sum"],
    ["connect(this.y, {\n  sum: a.@add(b),", "sum"],
    ["mux(a, {\n  low: a,\n  sum: a.@add(b),", "sum"],
    ["match(this.s, {\n  idle: a.@add(b),", undefined],
    ['this.y.value = match(this.s, {\n  // (one\n  idle: text(")"),\n  run: a.@add(b),', undefined],
    ["match(this.s, {\n  idle: { sum: 0 },\n  run: {\n    sum: a.@add(b),", "sum"],
    ["const y = match(this.s, { idle: a.@add(b),", "y"],
    ["switchOn(s, {\n  idle: () => { result.next = x.@xor(3); },", "result_next"],
    ["switchOn(s, {\n  idle: () => { when(i.@eq(4), () => {", undefined],
    ["switchOn(s, {\n  idle: () => { const t = x.@xor(3);", "t"],
    ["stateMachine(S, { reset: 0 }, {\n  idle: (go) => when(i.@eq(4), () => go(1)),", undefined],
    ["helper({\n  op: (a, b) => a.@add(b),", undefined],
  ];
  test.each(cases)("%s", (text, expected) => {
    expect(nameAt(text)).toBe(expected);
  });
});
