import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  assert,
  assume,
  bit,
  clockDomain,
  cover,
  delay,
  inDomain,
  input,
  instance,
  Module,
  memory,
  output,
  past,
  prove,
  register,
  simulate,
  sint,
  sumTree,
  uint,
  vec,
  when,
} from "../index.ts";

const folder = mkdtempSync(join(tmpdir(), "prove-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const statuses = (report: { properties: readonly { message: string; status: string }[] }): Record<string, string> =>
  Object.fromEntries(report.properties.map(({ message, status }) => [message, status]));

/** Counts to a limit; with a mistake it forgets to start again when it is told to load. */
class Counter extends Module<{ limit: number; mistake: boolean }> {
  readonly enable = input(bit);
  readonly load = input(uint(4));
  readonly count = output(uint(4));
  readonly loaded = output(uint(4));
  build() {
    this.loaded.value = this.load;
    const value = register(uint(4), { reset: 0 });
    when(this.enable, () => {
      value.next = value.addWrap(1);
      when(value.ge(this.params.limit), () => {
        value.next = this.params.mistake ? this.load : 0;
      });
    });
    this.count.value = value;
    assert(value.le(this.params.limit), "at most the limit");
    when(past(this.enable).not(), () => assert(value.eq(past(value)), "it waits"));
    cover(value.eq(3), "three");
    cover(value.eq(15), "fifteen");
  }
}

describe.each([{ yosys: "system" }, { engine: "smt" }] as const)("with %o", (how) => {
  test("what holds is proven, and covers are reached or cannot be", async () => {
    const report = await prove(new Counter({ limit: 9, mistake: false }), how);
    expect(statuses(report)).toEqual({
      "at most the limit": "proven",
      "it waits": "proven",
      three: "reached",
      fifteen: "unreachable",
    });
    expect(report).toMatchObject({ proven: true, failed: false, design: "Counter" });
    // The run that reaches it is one: three enabled cycles at least.
    const { trace } = report.properties.find(({ message }) => message === "three")!;
    expect(trace!.cycles.filter(({ enable }) => enable![0] === 1n).length).toBeGreaterThanOrEqual(3);
  });

  test("what does not hold fails with a run that anyone can repeat", async () => {
    const wave = join(folder, `${Object.values(how).join()}.vcd`);
    const module = () => new Counter({ limit: 9, mistake: true });
    const report = await prove(module(), { ...how, depth: 15, induction: 3, wave, covers: false });
    expect(statuses(report)).toMatchObject({ "at most the limit": "fails", "it waits": "proven" });
    expect(report).toMatchObject({ proven: false, failed: true });
    const { trace, depth } = report.properties.find(({ status }) => status === "fails")!;
    expect(depth).toBe(11);
    expect(existsSync(wave)).toBe(true);
    const bench = await simulate(module(), { assertions: "collect" });
    trace!.cycles.forEach(({ enable, load }, cycle) => {
      bench.in.enable = enable![0]!;
      bench.in.load = load![0]!;
      if (cycle === 0) bench.reset();
      else bench.step();
    });
    expect(bench.failures.map(({ message, cycle }) => [message, cycle])).toEqual([
      ["at most the limit", trace!.failure!.cycle],
    ]);
    bench.close();
  });
});

test("the embedded Yosys finds the same", async () => {
  /** One question alone: every one starts Yosys anew. */
  class Full extends Module {
    readonly push = input(bit);
    readonly level = output(uint(2));
    build() {
      const level = register(uint(2), { reset: 0 });
      when(this.push, () => {
        level.next = level.addWrap(1);
      });
      this.level.value = level;
      assert(level.ne(3), "never full");
    }
  }
  const report = await prove(new Full({}), { yosys: "embedded" });
  expect(report.properties[0]).toMatchObject({ status: "fails", depth: 4 });
  expect(report.tools).toMatch(/^Yosys 0\.\d+.* embedded$/);
}, 60_000);

test("what induction cannot show holds to a depth", async () => {
  /** Two registers that are equal by their history alone: no short run tells. */
  class Twins extends Module {
    readonly y = output(bit);
    build() {
      const a = register(uint(5), { reset: 0 });
      const b = register(uint(5), { reset: 0 });
      a.next = a.addWrap(1);
      b.next = b.addWrap(1);
      this.y.value = a.eq(b);
      assert(a.eq(20).and(b.eq(3)).not(), "never twenty beside three");
    }
  }
  const report = await prove(new Twins({}), { induction: 3, depth: 7 });
  expect(report.properties[0]).toMatchObject({ status: "holds", depth: 7 });
  expect(report).toMatchObject({ proven: false, failed: false });
});

test("assumptions of the top restrict its inputs; those of a child about what it is given must be met", async () => {
  class Divider extends Module {
    readonly by = input(uint(4));
    readonly y = output(bit);
    build() {
      assume(this.by.ne(0), "never by zero");
      assert(this.by.gt(0), "positive");
      this.y.value = this.by.bit(0);
    }
  }
  class User extends Module<{ careful: boolean }> {
    readonly by = input(uint(4));
    readonly y = output(bit);
    build() {
      const divider = instance(new Divider({}));
      divider.by.value = this.params.careful ? this.by.or(1) : this.by.subWrap(1);
      this.y.value = divider.y;
    }
  }
  const alone = await prove(new Divider({}));
  expect(alone).toMatchObject({ proven: true, assumptions: ["never by zero"] });
  expect(alone.properties.map(({ kind }) => kind)).toEqual(["assert"]);
  expect(statuses(await prove(new User({ careful: true })))).toEqual({ "never by zero": "proven", positive: "proven" });
  const careless = await prove(new User({ careful: false }));
  expect(statuses(careless)).toEqual({ "never by zero": "fails", positive: "fails" });
  expect(careless.properties[0]!.trace!.failure).toMatchObject({ path: ["User", "divider"], kind: "assume" });
});

test("registers without reset and memories begin with any value, and the run says with which", async () => {
  class Store extends Module {
    readonly at = input(uint(2));
    readonly y = output(uint(3));
    build() {
      const words = memory(uint(3), 4);
      const kept = register(uint(3));
      kept.next = words.read(this.at);
      words.write(this.at, kept);
      this.y.value = kept;
      assert(kept.ne(5), "never five");
    }
  }
  const report = await prove(new Store({}));
  const { trace } = report.properties[0]!;
  expect(report.failed).toBe(true);
  expect(trace!.failure!.values).toEqual([{ name: "kept", value: 5n }]);
  expect(Object.values(trace!.initial)).toContain(5n);
});

test("sums: the balanced tree is the sum, for all inputs", async () => {
  class Sum extends Module<{ values: number; bits: number }> {
    readonly x = input(vec(this.params.values, sint(this.params.bits)));
    readonly y = output(sint(this.params.bits + 4));
    build() {
      const total = sumTree([...this.x]);
      this.y.value = total;
      let plain = this.x.at(0).resize(this.params.bits + 4);
      for (const x of this.x.elements.slice(1)) plain = plain.addWrap(x);
      assert(plain.eq(total), "the tree is the sum");
    }
  }
  for (const values of [2, 5, 7]) expect(await prove(new Sum({ values, bits: 4 }))).toMatchObject({ proven: true });
});

test("delays: delay(x, n) is what went in n cycles ago", async () => {
  class Late extends Module<{ cycles: number }> {
    readonly x = input(sint(6));
    readonly y = output(sint(6));
    build() {
      const late = delay(this.x, this.params.cycles);
      this.y.value = late;
      assert(late.eq(past(this.x, this.params.cycles)), "late by that");
      assert(late.eq(past(this.x, this.params.cycles + 1)), "and by one more");
    }
  }
  const report = await prove(new Late({ cycles: 3 }));
  expect(statuses(report)).toEqual({ "late by that": "proven", "and by one more": "fails" });
});

test("an asynchronous active-low reset is held in the first cycle", async () => {
  class Odd extends Module {
    readonly defaultDomain = clockDomain({ edge: "falling", reset: "asynchronous", resetActive: "low" });
    readonly x = input(bit);
    readonly y = output(uint(3));
    build() {
      const value = register(uint(3), { reset: 1 });
      when(this.x, () => {
        value.next = value.addWrap(2);
      });
      this.y.value = value;
      assert(value.bit(0), "it stays odd");
      assert(value.ne(7), "never seven");
    }
  }
  const report = await prove(new Odd({}));
  expect(statuses(report)).toEqual({ "it stays odd": "proven", "never seven": "fails" });
  expect(report.properties[1]!.depth).toBe(4);
});

test("what cannot be proven says so in one line", async () => {
  class Nothing extends Module {
    readonly y = output(bit);
    build() {
      this.y.value = 1;
    }
  }
  await expect(prove(new Nothing({}))).rejects.toThrow(/Nothing has nothing to prove/);
  class BothEdges extends Module {
    readonly late = clockDomain({ clockName: "clock", edge: "falling" });
    readonly y = output(bit);
    readonly z = output(bit);
    build() {
      const a = register(bit, { reset: 0 });
      a.next = a.not();
      this.y.value = a;
      inDomain(this.late, () => {
        const b = register(bit, { reset: 0 });
        b.next = b.not();
        this.z.value = b;
      });
      assert(a.or(a.not()), "either");
    }
  }
  await expect(prove(new BothEdges({}))).rejects.toThrow(/BothEdges uses both edges of clock: a proof takes one/);
});

test("a time limit ends in what is known by then", async () => {
  class Product extends Module {
    readonly a = input(uint(24));
    readonly b = input(uint(24));
    readonly y = output(uint(48));
    build() {
      const product = this.a.mul(this.b);
      this.y.value = product;
      assert(product.ne(0xfedcba987655n).or(this.a.le(this.b)), "something hard");
    }
  }
  const report = await prove(new Product({}), { timeLimitMs: 2_000 });
  expect(report.properties[0]).toMatchObject({ status: "undecided", reason: "the time is over" });
  expect(report.seconds).toBeLessThan(8);
});
