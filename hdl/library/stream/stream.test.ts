import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../diagnostics/index.ts";
import { inspect } from "../../elaborate.ts";
import { clockDomain, constant, input, Module, output, type SignalOf, type UInt } from "../../language/index.ts";
import { simulate } from "../../simulate.ts";
import { bit, bundle, type DataType, sint, uint, vec } from "../../types/index.ts";
import { stream } from "./handshake.ts";
import { Stream } from "./stream.ts";

/** Two streams in, two out; what lies between is the parameter. */
class Between extends Module<{
  build: (a: Stream<UInt<8>>, b: Stream<UInt<8>>) => readonly Stream<UInt>[];
}> {
  readonly a = input(stream(uint(8)));
  readonly b = input(stream(uint(8)));
  readonly x = output(stream(uint(8)));
  readonly y = output(stream(uint(8)));

  build(): void {
    const made = this.params.build(Stream.from(this.a, { check: "a" }), Stream.from(this.b, { check: "b" }));
    const [x, y] = made as [Stream<UInt<8>>, Stream<UInt<8>>];
    x.into(this.x, { check: "x" });
    y.into(this.y, { check: "y" });
  }
}

/** A sequence of bits that looks random, the same in every run. */
function* bits(seed: number, share: number): Generator<boolean> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32 < share;
  }
}

type Build = Between["params"]["build"];

/** Sends 0, 1, 2, … into both streams and returns what comes out of both, with the cycles it took. */
async function run(build: Build, count: number, shares: [number, number, number, number], engine?: "icarus") {
  const bench = await simulate(new Between({ build }), engine === undefined ? {} : { engine });
  bench.reset();
  const [aGap, bGap, xGap, yGap] = shares.map((share, i) => bits(17 + i, share));
  const received: { x: number[]; y: number[] } = { x: [], y: [] };
  const sent = { a: 0, b: 0 };
  const offered = { a: false, b: false };
  let cycles = 0;
  for (; cycles < 40 * count && (sent.a < count || sent.b < count); cycles++) {
    offered.a ||= aGap!.next().value && sent.a < count;
    offered.b ||= bGap!.next().value && sent.b < count;
    bench.in.a = { valid: offered.a, data: sent.a % 256 };
    bench.in.b = { valid: offered.b, data: (255 - sent.b) % 256 };
    const ready = { x: xGap!.next().value as boolean, y: yGap!.next().value as boolean };
    bench.in.x.ready = ready.x;
    bench.in.y.ready = ready.y;
    for (const port of ["x", "y"] as const) {
      if (ready[port] && bench.out[port].valid) received[port].push(bench.out[port].data);
    }
    for (const port of ["a", "b"] as const) {
      if (offered[port] && bench.out[port].ready) {
        sent[port]++;
        offered[port] = false;
      }
    }
    bench.step();
  }
  // What is still inside comes out.
  for (let rest = 0; rest < 40; rest++) {
    bench.in.a.valid = 0;
    bench.in.b.valid = 0;
    bench.in.x.ready = 1;
    bench.in.y.ready = 1;
    for (const port of ["x", "y"] as const) if (bench.out[port].valid) received[port].push(bench.out[port].data);
    bench.step();
  }
  bench.close();
  return { ...received, cycles, sent };
}

const count = 200;
const up = Array.from({ length: count }, (_, i) => i % 256);
const down = Array.from({ length: count }, (_, i) => (255 - i + 256 * 8) % 256);
const rhythms: readonly [number, number, number, number][] = [
  [1, 1, 1, 1],
  [0.5, 0.6, 0.5, 0.4],
  [1, 1, 0.2, 0.3],
  [0.2, 0.3, 1, 1],
];

const passing: Record<string, { build: Build; x?: readonly number[]; y?: readonly number[]; full?: boolean }> = {
  "a wire": { build: (a, b) => [a, b], full: true },
  "a forward slice": { build: (a, b) => [a.registered(), b.registered("forward")], full: true },
  "a backward slice": { build: (a, b) => [a.skid(), b.registered("backward")], full: true },
  "a full slice": { build: (a, b) => [a.registered("full"), b.registered("full").registered("full")], full: true },
  "a FIFO": { build: (a, b) => [a.fifo(4), b.fifo(5)], full: true },
  "a FIFO of one": { build: (a, b) => [a.fifo(1), b.fifo(2)] },
  map: {
    build: (a, b) => [a.map((x) => x.addWrap(3)), b.map((x) => x.not())],
    x: up.map((x) => (x + 3) % 256),
    y: down.map((x) => 255 - x),
    full: true,
  },
  filter: {
    build: (a, b) => [a.filter((x) => x.bit(0)), b.filter((x) => x.lt(100))],
    x: up.filter((x) => x % 2 === 1),
    y: down.filter((x) => x < 100),
    full: true,
  },
  "fork and join": {
    build: (a, b) => {
      const [left, right] = a.fork(2);
      const sum = Stream.join([left!.fifo(2), b], (x, y) => x.addWrap(y));
      return [sum, right!];
    },
    x: up.map((x, i) => (x + down[i]!) % 256),
    y: up,
  },
  "widen and narrow": { build: (a, b) => [a.widen(4).narrow(), b.widen(5).registered().narrow()] },
};

describe.each(Object.entries(passing))("%s", (_name, { build, x = up, y = down, full }) => {
  test.each(rhythms)("keeps every item and its order at rhythms %f, %f, %f, %f", async (...shares) => {
    const result = await run(build, count, shares);
    expect(result.sent).toEqual({ a: count, b: count });
    expect(result.x).toEqual(x);
    expect(result.y).toEqual(y);
    if (full && shares.every((share) => share === 1)) expect(result.cycles).toBeLessThanOrEqual(count + 3);
  });
});

test.each(["priority", "round-robin"] as const)(
  "an arbiter by %s loses nothing and keeps each sender's order",
  async (policy) => {
    for (const shares of rhythms) {
      const { x } = await run(
        (a, b) => {
          const low = a.map((item) => item.and(0x7f));
          const high = b.map((item) => item.or(0x80));
          return [Stream.arbitrate([low, high], policy), Stream.of(constant(bit, 0), a.data)];
        },
        100,
        shares,
      );
      expect(x.filter((item) => item < 128)).toEqual(Array.from({ length: 100 }, (_, i) => i));
      expect(x.filter((item) => item >= 128)).toEqual(Array.from({ length: 100 }, (_, i) => (255 - i) | 128));
      if (policy === "round-robin" && shares[0] === 1 && shares[2] === 1) {
        const switches = x.slice(1).filter((item, i) => item >= 128 !== x[i]! >= 128).length;
        expect(switches).toBe(199);
      }
    }
  },
);

test("items go where they ask to", async () => {
  const { x, y } = await run(
    (a, b) => {
      const [even, odd] = Stream.join([a, b], (item) => item).route(2, (item) => item.bit(0));
      return [even!, odd!];
    },
    count,
    [0.7, 0.8, 0.5, 0.6],
  );
  expect(x).toEqual(up.filter((item) => item % 2 === 0));
  expect(y).toEqual(up.filter((item) => item % 2 === 1));
});

test("in the emitted Verilog as in this process", async () => {
  for (const name of ["a full slice", "a FIFO", "fork and join", "widen and narrow"]) {
    const { build } = passing[name]!;
    const here = await run(build, 60, [0.6, 0.7, 0.5, 0.4]);
    const there = await run(build, 60, [0.6, 0.7, 0.5, 0.4], "icarus");
    expect(there, name).toEqual(here);
  }
});

test("a sender that takes an offer back is found by the port's assumption", async () => {
  const bench = await simulate(new Between({ build: (a, b) => [a, b] }));
  bench.reset();
  bench.in.a = { valid: 1, data: 5 };
  bench.step();
  bench.in.a.data = 6;
  expect(() => bench.step()).toThrow("a: data stays until the item is taken");
});

class Items extends Module {
  readonly source = input(stream(bundle({ kind: uint(3), samples: vec(2, sint(5)) })));
  readonly sink = output(stream(vec(2, sint(6))));
  build(): void {
    const items = Stream.from(this.source).fifo(3).registered("full");
    const named = items.filter((item) => item.kind.ne(0)).map((item) => item.samples);
    named.fifo(2).into(this.sink);
  }
}

test("items may be bundles and vectors", async () => {
  const bench = await simulate(new Items({}));
  bench.reset();
  bench.in.sink.ready = 1;
  const seen: number[][] = [];
  for (let i = 0; i < 20; i++) {
    bench.in.source = { valid: i < 8, data: { kind: i % 3, samples: [i % 16, -(i % 16)] } };
    if (bench.out.sink.valid) seen.push(bench.out.sink.data);
    bench.step();
  }
  expect(seen).toEqual([1, 2, 4, 5, 7].map((i) => [i, -i]));
  bench.close();
});

class Crossing extends Module<{ depth: number; type: DataType }> {
  readonly fast = clockDomain();
  readonly source = input(stream(uint(8)));
  readonly sink = output(stream(uint(8)), { domain: this.fast });
  build(): void {
    const queue = Stream.from(this.source).asyncFifo({ depth: this.params.depth, to: this.fast });
    queue.into(this.sink);
  }
}

test("every step behind a queue between clocks, or a port of another clock, is in that domain", () => {
  class Steps extends Module {
    readonly fast = clockDomain();
    readonly a = input(stream(uint(8)));
    readonly b = input(stream(uint(8)), { domain: this.fast });
    readonly c = output(stream(uint(8)), { domain: this.fast });
    readonly d = output(stream(uint(8)));
    build(): void {
      const across = Stream.from(this.a).fifo(2).asyncFifo({ depth: 2, to: this.fast });
      const [left, right] = across.registered("full").fork(2) as [Stream<UInt<8>>, Stream<UInt<8>>];
      const words = left.widen(2).fifo(3).narrow().skid();
      Stream.arbitrate([words, right, Stream.from(this.b).registered()]).into(this.c);
      Stream.of(constant(bit, 1), constant(uint(8), 3))
        .registered()
        .into(this.d);
    }
  }
  const { diagnostics, design } = inspect(new Steps({}));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { registers, properties, instances } = design!.top;
  const inFast = (name: RegExp): boolean[] =>
    registers.filter((register) => name.test(register.name)).map(({ domain }) => domain === 1);
  expect(inFast(/taken|locked|last|item/)).toEqual(Array(inFast(/taken|locked|last|item/).length).fill(true));
  expect(inFast(/taken|locked|last|item/).length).toBeGreaterThan(4);
  // Received at `a` and `b`, sent at `c` and `d`, two rules each, and the two of the arbiter between.
  expect(properties!.map(({ domain = 0 }) => domain)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 0, 0]);
  expect(instances.map(({ domains }) => [...domains!.values()])).toEqual([[0], [0, 1], [1]]);
});

test.each([2, 8])("a FIFO of %i between clocks of any ratio loses nothing", async (depth) => {
  for (const [slow, fast] of [
    [1, 1],
    [1, 5],
    [5, 1],
    [3, 4],
  ] as const) {
    const bench = await simulate(new Crossing({ depth, type: uint(8) }));
    bench.reset();
    const gaps = bits(5, 0.8);
    const seen: number[] = [];
    let sent = 0;
    for (let tick = 0; tick < 4000 && seen.length < 150; tick++) {
      const writes = tick % fast === 0;
      const reads = tick % slow === 0;
      if (writes) bench.in.source = { valid: sent < 150, data: sent % 256 };
      if (reads) bench.in.sink.ready = gaps.next().value;
      const moved = writes && sent < 150 && bench.out.source.ready === 1;
      if (reads && bench.out.sink.valid && bench.in.sink.ready) seen.push(bench.out.sink.data);
      const domains = [...(writes ? ["defaultDomain"] : []), ...(reads ? ["fast"] : [])] as (
        | "defaultDomain"
        | "fast"
      )[];
      if (domains.length > 0) bench.step(1, { domain: domains });
      if (moved) sent++;
    }
    expect(seen).toEqual(Array.from({ length: 150 }, (_, i) => i % 256));
    bench.close();
  }
});

test("a stream that nobody takes, or that two take, is told as a stream, with the user's line", () => {
  const lost = inspect(
    new Between({
      build: (a, b) => {
        const both = b.fork(2);
        return [a, both[0]!];
      },
    }),
  );
  expect(lost.diagnostics.map(told)).toEqual([
    "LS0201 stream `both` is never taken; send its items somewhere, as by `.into(this.sink)`, or let them go: `.ready.value = 1`",
  ]);
  const twice = inspect(
    new Between({
      build: (a, b) => {
        const words = a.fifo(2);
        return [words, Stream.join([words, b], (x, _y) => x)];
      },
    }),
  );
  expect(twice.diagnostics.map(told)).toEqual([
    "LS0203 stream `words` is taken twice: an item can go one way only; make a stream for each: `const [first, second] = words.fork(2)`",
  ]);
  expect(twice.diagnostics[0]!.places.map(({ note }) => note)).toEqual(["taken again here", "first taken here"]);
});

const told = ({ code, message, hint }: Diagnostic): string => `${code} ${message}; ${hint}`;

test("a record of signals is a bundle, an array of them a vector", async () => {
  const item = bundle({ tag: uint(4), pair: vec(2, uint(5)) });
  class Records extends Module {
    readonly go = input(bit);
    readonly tag = input(uint(4));
    readonly pair = input(vec(2, uint(4)));
    readonly sink = output(stream(item));
    readonly list = output(stream(vec(2, uint(5))));
    build() {
      const { go, tag, pair } = this;
      const [made, other] = Stream.of(go, { tag, pair: pair.map((x) => x.add(1)) })
        .fifo(2)
        .map((x) => ({ ...x, tag: x.tag.addWrap(1) }))
        .fork(2) as [Stream<SignalOf<typeof item>>, Stream<SignalOf<typeof item>>];
      made.into(this.sink, { check: "record" });
      other.map((x) => x.pair.map((y) => y.not())).into(this.list, { check: "list" });
    }
  }
  const bench = await simulate(new Records({}));
  bench.reset();
  bench.in.go = 1;
  bench.in.tag = 6;
  bench.in.pair = [3, 15];
  bench.in.sink.ready = 1;
  bench.in.list.ready = 1;
  bench.step();
  expect(bench.out.sink).toEqual({ valid: 1, data: { tag: 7, pair: [4, 16] } });
  expect(bench.out.list).toEqual({ valid: 1, data: [27, 15] });
  bench.close();
});

test("what a step keeps and nobody uses is told by the step's name", () => {
  class Wasteful extends Module {
    readonly source = input(stream(uint(8)));
    readonly sink = output(stream(uint(4)));
    build() {
      Stream.from(this.source)
        .widen(4)
        .map((items) => items.at(0).slice(3, 0))
        .into(this.sink);
    }
  }
  const hints = inspect(new Wasteful({})).diagnostics.filter(({ code }) => code === "LS0205");
  expect(new Set(hints.map(({ hint }) => hint))).toContain(
    "they belong to `widen`: use them, or give `widen` only what is used behind it",
  );
  expect(hints.some(({ hint }) => hint?.includes("JavaScript"))).toBe(false);
});
