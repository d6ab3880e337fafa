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
    ["override build(): void { this.sum.value = a.@add(b); }", "sum_value"],
    ["when(we, () => { this.p.value = m.@readSync(a); });", "p_value"],
    ["when(we, () => { x.next = 1; y.next = a.@add(b); });", "y_next"],
    ["x.next = 1; y.next = a.@add(b);", "y_next"],
    ["this.x.value = pick({ a: 1 }, a.@add(b));", "x_value"],
    ["this.x.value = pick({ a: a.@add(b) });", "x_value"],
    ["when(we, () => { a.@add(b);", undefined],
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
    ["const a = f(x, { reset: 0 }), b = @f(x, { reset: 0 });", "b"],
    ["const a = @f(x, { reset: 0 }), b = f(x, { reset: 0 });", "a"],
    ["const a = f(x), b: UInt = f(x), c = g(x, @f(y));", "c"],
    ["const a = f(x),\n  b = f(x), c = @f(x);", "c"],
    ["const a = f(x),\n  [p, q] = [f(x), @f(x)];", "q"],
    ['const a = f("), b = ("), c = @f(x);', "c"],
    ["const a = f<A, B>(x, @g(y));", "a"],
    ["const a = f(x), at = (v: UInt) => @delay(v, 1);", undefined],
    ["const a = f(x); b.next = a.@add(1);", "b_next"],
    ["const a = f(x); return a.@add(1);", undefined],
    ["const [p, q] = [@f(x), f(x)];", "p"],
    ["const [p, q] = [f(x, 1), @f(x)];", "q"],
    ["const [p, , q = 1] = [f(x, 1), f(x), g(@f(x))];", "q"],
    ["const [p, q] = [\n  f(x),\n  @f(x),\n];", "q"],
    ["const [p, ...q] = [f(x), @f(x)];", undefined],
    ["const [p, q] = [...f(x), @f(x)];", undefined],
    ["const [{ p }, q] = [f(x), @f(x)];", undefined],
    ["const [p, q] = [1, 2].map(() => @f(x));", undefined],
    ["const [p, q] = [(v) => v, (v) => @f(v)];", undefined],
    ["const { p, field: q } = { p: f(x), field: @f(x) };", "q"],
    ["const { p, field: q } = { field: f(x), p: @f(x) };", "p"],
    ["const { p } = @f(x);", undefined],
    ["helper({\n  op: (a, b) => a.@add(b),", undefined],
  ];
  test.each(cases)("%s", (text, expected) => {
    expect(nameAt(text)).toBe(expected);
  });
});
