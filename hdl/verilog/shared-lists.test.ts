import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { bit, input, instance, Module, output, uint, vec } from "../index.ts";
import { emitVerilog } from "./index.ts";

class Any extends Module {
  readonly x = input(vec(3, bit));
  readonly y = output(bit);
  build() {
    this.y.value = this.x.at(0).or(this.x.at(1)).or(this.x.at(2));
  }
}

class Users extends Module<{ count: number }> {
  readonly a = input(vec(3, bit));
  readonly y = output(vec(this.params.count, bit));
  readonly enable = input(uint(1));
  build() {
    const gated = this.a.map((bit) => bit.and(this.enable));
    this.y.value = Array.from({ length: this.params.count }, () => {
      const any = instance(new Any({}));
      any.x.value = gated;
      return any.y;
    });
  }
}

const textOf = (count: number): string =>
  emitVerilog(compile(new Users({ count })), { sourceComments: false }).at(-1)!.text;

test("a vector that several children take is joined once, under the name of their port", () => {
  const text = textOf(3);
  expect(text.match(/\{gated_2, gated_1, gated_0\}/g)).toHaveLength(1);
  expect(text).toContain("wire [2:0] x = {gated_2, gated_1, gated_0};");
  expect(text.match(/\.x\(x\)/g)).toHaveLength(3);
});

test("a vector for one child is joined at its port", () => {
  const text = textOf(1);
  expect(text).not.toContain("wire [2:0] x");
  expect(text).toMatch(/\.x\(\{/);
});
