import { describe, expect, test } from "vitest";
import { inspect, simulate } from "../index.ts";
import { clockDomain, input, Module, output, register, type UInt, when, wire } from "../language/index.ts";
import { bit, uint } from "../types/index.ts";
import { counter } from "./counter.ts";
import { type DelayOptions, delay } from "./delay.ts";
import { anyEdge, fallingEdge, risingEdge } from "./edges.ts";
import { lfsr } from "./lfsr.ts";
import { Pipeline } from "./pipeline.ts";
import { Stream, stream } from "./stream/index.ts";
import { synchronise } from "./synchronise.ts";

type Helper = (x: UInt<4>, enable: UInt<1>) => UInt;

const helpers: Readonly<Record<string, Helper>> = {
  "delay(x, 3)": (x) => delay(x, 3),
  risingEdge: (x) => risingEdge(x.bit(0)),
  fallingEdge: (x) => fallingEdge(x.bit(0)),
  anyEdge: (x) => anyEdge(x.bit(0)),
  "a counter": () => counter({ modulus: 10 }).value,
  "a counter with an enable": (_x, enable) => counter({ modulus: 10, enable }).value,
  "a counter that is cleared": (x, enable) => counter({ modulus: 8, clear: x.eq(0).and(enable) }).value,
  lfsr: () => lfsr({ width: 4 }),
  "an lfsr with an enable": (_x, enable) => lfsr({ width: 4, enable }),
  synchronise: (x) => synchronise(x.bit(0), { reset: 0 }),
  "a pipeline": (x) => new Pipeline().start(x).pipe(2).signal,
  "a pipeline with an enable": (x, enable) => new Pipeline({ enable }).start(x, { reset: 0 }).pipe(2).signal,
};

/** A helper called where nothing holds it back, in a branch of a `when`, and in one inside another. */
class Placed extends Module<{ helper: Helper }> {
  readonly go = input(bit);
  readonly other = input(bit);
  readonly enable = input(bit);
  readonly x = input(uint(4));
  readonly outside = output(uint(4));
  readonly inner = output(uint(4));
  readonly deeper = output(uint(4));
  readonly same = output(uint(4));
  build() {
    const call = (): UInt<4> => this.params.helper(this.x, this.enable).resize(4) as UInt<4>;
    this.outside.value = call();
    const [inner, deeper] = [wire(uint(4)), wire(uint(4))];
    inner.value = 0;
    deeper.value = 0;
    when(this.go, () => {
      inner.value = call();
    }).elsewhen(this.other, () => {
      when(this.enable, () => {
        deeper.value = call();
      });
    });
    this.same.value = this.x;
    this.inner.value = inner;
    this.deeper.value = deeper;
  }
}

describe("the registers of a helper do not heed the when() it is called in", () => {
  test.each(Object.entries(helpers))("%s", async (_name, helper) => {
    const bench = await simulate(new Placed({ helper }));
    bench.reset();
    let state = 1;
    let seen = 0;
    for (let cycle = 0; cycle < 200; cycle++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const [go, other, enable, x] = [(state >>> 9) & 1, (state >>> 10) & 1, (state >>> 11) & 1, state >>> 28];
      Object.assign(bench.in, { go, other, enable, x });
      const { outside, inner, deeper } = bench.out;
      expect(inner).toBe(go ? outside : 0);
      expect(deeper).toBe(!go && other && enable ? outside : 0);
      if (inner !== 0 || deeper !== 0) seen++;
      bench.step();
    }
    expect(seen).toBeGreaterThan(10);
    bench.close();
  });
});

test("where every register must have a reset value, a delay takes one, or a reason", () => {
  class Strict extends Module<{ options: DelayOptions }> {
    readonly defaultDomain = clockDomain({ requireReset: true });
    readonly x = input(uint(4));
    readonly source = input(stream(uint(4)));
    readonly sink = output(stream(uint(4)));
    readonly y = output(uint(4));
    build() {
      this.y.value = delay(this.x, 2, this.params.options);
      Stream.from(this.source).registered("full").fifo(2).into(this.sink);
    }
  }
  const told = (options: DelayOptions) => inspect(new Strict({ options })).diagnostics.map(({ code }) => code);
  expect(told({})).toEqual(["LS0305"]);
  expect(told({ reset: 0 })).toEqual([]);
  expect(told({ noReset: "data, which a valid bit goes with" })).toEqual([]);
});

test("a register that a module declares itself is held back by the when() it is assigned in", async () => {
  class Own extends Module {
    readonly go = input(bit);
    readonly y = output(uint(4));
    readonly z = output(uint(4));
    build() {
      this.y.value = 0;
      this.z.value = 0;
      when(this.go, () => {
        const gated = register(uint(4), { reset: 0 });
        gated.next = gated.addWrap(1);
        this.y.value = gated;
        const free = register(uint(4), { reset: 0, gated: false });
        free.next = free.addWrap(1);
        this.z.value = free;
      });
    }
  }
  const bench = await simulate(new Own({}));
  bench.reset();
  bench.step(3);
  bench.in.go = 1;
  bench.step(2);
  expect([bench.out.y, bench.out.z]).toEqual([2, 5]);
  bench.close();
});

test("a stream that comes from outside cannot be taken on in a when(): its ready would be driven on some paths", () => {
  class Taken extends Module {
    readonly go = input(bit);
    readonly source = input(stream(uint(4)));
    readonly sink = output(stream(uint(4)));
    build() {
      when(this.go, () => Stream.from(this.source).registered().into(this.sink));
    }
  }
  const { diagnostics } = inspect(new Taken({}));
  expect(diagnostics.map(({ code, signal }) => `${code} ${signal}`)).toContain("LS0202 source.ready");
});
