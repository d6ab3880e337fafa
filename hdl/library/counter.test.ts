import { describe, expect, test } from "vitest";
import { input, Module, output } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { bit, bitsFor, uint } from "../types/index.ts";
import { counter } from "./counter.ts";
import { anyEdge, fallingEdge, risingEdge } from "./edges.ts";
import { fromGray, toGray } from "./gray.ts";

class Counter extends Module<{ modulus: number; direction: "up" | "down" }> {
  readonly enable = input(bit);
  readonly clear = input(bit);
  readonly count = output(uint(bitsFor(BigInt(this.params.modulus - 1), false)));
  readonly wraps = output(bit);
  build(): void {
    const { value, wraps } = counter({ ...this.params, enable: this.enable, clear: this.clear });
    this.count.value = value;
    this.wraps.value = wraps;
  }
}

describe.each(["up", "down"] as const)("a counter that counts %s", (direction) => {
  test.each([2, 3, 7, 8, 10])("modulo %i", async (modulus) => {
    const bench = await simulate(new Counter({ modulus, direction }));
    bench.reset();
    const start = direction === "up" ? 0 : modulus - 1;
    let expected = start;
    for (let cycle = 0; cycle < 6 * modulus; cycle++) {
      const enable = cycle % 5 !== 3;
      const clear = cycle % 17 === 11;
      bench.in.enable = enable;
      bench.in.clear = clear;
      const last = direction === "up" ? modulus - 1 : 0;
      expect([cycle, bench.out.count, bench.out.wraps]).toEqual([cycle, expected, Number(enable && expected === last)]);
      bench.step();
      const stepped = (expected + (direction === "up" ? 1 : modulus - 1)) % modulus;
      expected = clear ? start : enable ? stepped : expected;
    }
    bench.close();
  });

  test("needs a modulus of 2 or more", async () => {
    await expect(simulate(new Counter({ modulus: 1, direction }))).rejects.toThrow("a modulus of 2 or more, not 1");
  });
});

class Gray extends Module<{ bits: number }> {
  readonly x = input(uint(this.params.bits));
  readonly gray = output(uint(this.params.bits));
  readonly back = output(uint(this.params.bits));
  build(): void {
    const gray = toGray(this.x);
    this.gray.value = gray;
    this.back.value = fromGray(gray);
  }
}

test.each([1, 2, 5, 8])("the Gray code of %i bits changes one bit a step and comes back", async (bits) => {
  const bench = await simulate(new Gray({ bits }));
  let previous: number | undefined;
  for (let x = 0; x < 2 ** bits; x++) {
    bench.in.x = x;
    const code = bench.out.gray;
    expect(bench.out.back).toBe(x);
    if (previous !== undefined) expect((code ^ previous).toString(2).replaceAll("0", "")).toBe("1");
    previous = code;
  }
  bench.close();
});

class Edges extends Module {
  readonly signal = input(bit);
  readonly rising = output(bit);
  readonly falling = output(bit);
  readonly any = output(bit);
  build(): void {
    this.rising.value = risingEdge(this.signal);
    this.falling.value = fallingEdge(this.signal);
    this.any.value = anyEdge(this.signal);
  }
}

class WordEdges extends Module {
  readonly x = input(uint(4));
  readonly rising = output(uint(4));
  readonly falling = output(uint(4));
  readonly any = output(uint(4));
  readonly unreset = output(uint(4));
  build(): void {
    this.rising.value = risingEdge(this.x);
    this.falling.value = fallingEdge(this.x, { reset: 0b1100 });
    this.any.value = anyEdge(this.x, { reset: 15 });
    this.unreset.value = anyEdge(this.x, { reset: "none" });
  }
}

test("edges of words, bit by bit, from the value that reset gives", async () => {
  const bench = await simulate(new WordEdges({}));
  const edges = () => [bench.out.rising, bench.out.falling, bench.out.any];
  bench.in.x = 0b0110;
  bench.reset();
  expect(edges()).toEqual([0b0110, 0b1000, 0b1001]);
  bench.step();
  expect(edges()).toEqual([0, 0, 0]);
  bench.in.x = 0b1010;
  expect([...edges(), bench.out.unreset]).toEqual([0b1000, 0b0100, 0b1100, 0b1100]);
  bench.reset();
  expect(bench.out.unreset).toBe(0); // it has seen the value under reset
  bench.close();
});

test("edges", async () => {
  const bench = await simulate(new Edges({}));
  bench.reset();
  const seen = [1, 1, 0, 1, 0, 0].map((value) => {
    bench.in.signal = value;
    const found = `${bench.out.rising}${bench.out.falling}${bench.out.any}`;
    bench.step();
    return found;
  });
  expect(seen).toEqual(["101", "000", "011", "101", "011", "000"]);
  bench.close();
});
