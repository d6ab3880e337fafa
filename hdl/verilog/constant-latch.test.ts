import { expect, test } from "vitest";
import { bit, compile, constant, emitVerilog, input, latch, Module, output, simulate, uint } from "../index.ts";
import { lint } from "./testing/tools.ts";

/** Latches that a parameter has decided, beside readers of what they let through. */
class Decided extends Module<{ open: 0 | 1 }> {
  readonly a = input(uint(4));
  readonly b = input(uint(4));
  readonly held = output(uint(4));
  readonly sum = output(uint(4));
  readonly twice = output(uint(4));
  build() {
    const sum = this.a.addWrap(this.b);
    const first = latch(uint(4), { transparent: constant(bit, this.params.open) });
    first.value = sum;
    const second = latch(uint(4), { transparent: this.a.bit(0).or(1) });
    second.value = sum.xor(first);
    this.held.value = this.params.open === 1 ? first : second;
    this.sum.value = sum;
    this.twice.value = second;
  }
}

test.each([0, 1] as const)("a latch that is transparent or not for ever, here %i, is legal Verilog", (open) => {
  lint(emitVerilog(compile(new Decided({ open }))));
});

test.each(["inprocess", "icarus", "verilator"] as const)(
  "one that is for ever lets through all, %s",
  async (engine) => {
    const bench = await simulate(new Decided({ open: 1 }), { engine });
    for (const [a, b] of [
      [3, 4],
      [9, 9],
      [15, 2],
    ] as const) {
      bench.in.a = a;
      bench.in.b = b;
      const sum = (a + b) % 16;
      expect([bench.out.held, bench.out.sum, bench.out.twice]).toEqual([sum, sum, 0]);
    }
    bench.close();
  },
);
