import { expect, test } from "vitest";
import { input, Module, output, type SInt, type UInt } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { sint, uint, vec } from "../types/index.ts";
import { andTree, orTree, xorTree } from "./logic-trees.ts";

class Trees extends Module<{ size: number }> {
  readonly x = input(vec(this.params.size, uint(3)));
  readonly wide = input(uint(6));
  readonly s = input(vec(2, sint(3)));
  readonly any = output(uint(3));
  readonly all = output(uint(3));
  readonly odd = output(uint(3));
  readonly mixed = output(uint(6));
  readonly signs = output(sint(3));
  build() {
    this.any.value = orTree(this.x);
    this.all.value = andTree(this.x.elements);
    this.odd.value = xorTree(this.x);
    const mixed: UInt<6> = orTree([...this.x, this.wide]);
    this.mixed.value = mixed;
    const signs: SInt<3> = orTree(this.s);
    this.signs.value = signs;
  }
}

test.each([1, 2, 5])("the operators over %i values", async (size) => {
  const bench = await simulate(new Trees({ size }));
  for (let round = 0; round < 30; round++) {
    const x = Array.from({ length: size }, (_, i) => (round * 5 + i * 3 + ((round * i) >> 1)) % 8);
    bench.in.x = x;
    bench.in.wide = (round * 11) % 64;
    bench.in.s = [-1 - (round % 4), round % 4];
    expect([bench.out.any, bench.out.all, bench.out.odd]).toEqual([
      x.reduce((a, b) => a | b),
      x.reduce((a, b) => a & b),
      x.reduce((a, b) => a ^ b),
    ]);
    expect(bench.out.mixed).toBe(x.reduce((a, b) => a | b) | ((round * 11) % 64));
    expect(bench.out.signs).toBe((-1 - (round % 4)) | (round % 4));
  }
  bench.close();
});

test("of no values there is none", () => {
  expect(() => orTree([] as UInt[])).toThrow("at least one value");
});
