import { describe, expect, test } from "vitest";
import { compile } from "../compile.ts";
import { input, Module, output, type UInt } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { bit, sint, uint, vec } from "../types/index.ts";
import { Pipeline } from "./pipeline.ts";

/** a · b + c, the product taking a stage; c arrives beside a and b. */
class MultiplyAdd extends Module<{ productStages: number }> {
  readonly valid = input(bit);
  readonly enable = input(bit);
  readonly a = input(sint(8));
  readonly b = input(sint(8));
  readonly c = input(sint(16));
  readonly y = output(sint(17));
  readonly done = output(bit);
  latency = 0;

  build(): void {
    const pipeline = new Pipeline({ enable: this.enable });
    const [a, b, c] = [pipeline.start(this.a), pipeline.start(this.b), pipeline.start(this.c)];
    const product = pipeline.join([a, b], (x, y) => x.mul(y)).pipe(this.params.productStages);
    const sum = pipeline.join([product, c], (p, addend) => p.add(addend)).pipe();
    this.y.value = sum.signal;
    this.done.value = pipeline.start(this.valid, { reset: 0 }).at(sum).signal;
    this.latency = sum.latency;
  }
}

test.each([0, 1, 3])("late joins are balanced: %i stages behind the multiplier", async (productStages) => {
  const module = new MultiplyAdd({ productStages });
  const bench = await simulate(module);
  expect(module.latency).toBe(productStages + 1);
  bench.reset();
  const sent: number[] = [];
  const received: number[] = [];
  for (let cycle = 0; cycle < 200; cycle++) {
    const [a, b, c] = [((cycle * 37) % 256) - 128, ((cycle * 91) % 256) - 128, ((cycle * 1009) % 65536) - 32768];
    const valid = cycle % 3 !== 1;
    const enable = cycle % 7 !== 4;
    Object.assign(bench.in, { a, b, c, valid, enable });
    if (enable && bench.out.done) received.push(bench.out.y);
    if (enable && valid) sent.push(a * b + c);
    bench.step();
  }
  expect(received.length).toBeGreaterThan(100);
  expect(received).toEqual(sent.slice(0, received.length));
  expect(sent.length - received.length).toBeLessThanOrEqual(productStages + 1);
  bench.close();
});

class Tree extends Module<{ size: number; every: number }> {
  readonly x = input(vec(this.params.size, uint(6)));
  readonly sum = output(uint(12));
  latency = 0;
  build(): void {
    const pipeline = new Pipeline();
    const values = this.x.map((x) => pipeline.start<UInt>(x));
    const total = pipeline.tree(values, (a, b) => a.add(b), this.params.every);
    this.sum.value = total.signal.truncate(Math.min(12, total.signal.width));
    this.latency = total.latency;
  }
}

describe("a tree with registers every so many levels", () => {
  test.each([
    [1, 1, 0],
    [2, 1, 1],
    [5, 1, 3],
    [16, 1, 4],
    [16, 2, 2],
    [16, 3, 1],
    [33, 2, 3],
    [7, 9, 0],
  ])("%i values, every %i levels: %i cycles", async (size, every, latency) => {
    const module = new Tree({ size, every });
    const bench = await simulate(module);
    expect(module.latency).toBe(latency);
    const sums: number[] = [];
    for (let cycle = 0; cycle < 12; cycle++) {
      const x = Array.from({ length: size }, (_, i) => (cycle * 29 + i * 13) % 64);
      bench.in.x = x;
      sums.push(x.reduce((a, b) => a + b, 0));
      if (cycle >= latency) expect(bench.out.sum).toBe(sums[cycle - latency]);
      bench.step();
    }
    bench.close();
  });
});

test("a value delayed for two readers is delayed once", () => {
  class Twice extends Module {
    readonly x = input(uint(8));
    readonly y = output(uint(8));
    readonly z = output(uint(8));
    build(): void {
      const pipeline = new Pipeline();
      const x = pipeline.start(this.x);
      this.y.value = x.pipe(2).signal;
      this.z.value = x.pipe().pipe(2).signal;
    }
  }
  expect(compile(new Twice({})).top.registers.length).toBe(3);
});

test("what cannot be aligned is refused in words", () => {
  class Wrong extends Module<{ fault: "late" | "foreign" }> {
    readonly x = input(uint(8));
    readonly y = output(uint(8));
    build(): void {
      const pipeline = new Pipeline();
      const late = pipeline.start(this.x).pipe(2);
      if (this.params.fault === "late") this.y.value = late.at(1).signal;
      else this.y.value = new Pipeline().join([late], (x) => x).signal;
    }
  }
  expect(() => compile(new Wrong({ fault: "late" }))).toThrow("a latency of 2 cycles cannot be had after 1");
  expect(() => compile(new Wrong({ fault: "foreign" }))).toThrow("values of two pipelines are joined");
});
