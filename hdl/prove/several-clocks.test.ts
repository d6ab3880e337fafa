import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  assert,
  assume,
  bit,
  clockDomain,
  cover,
  inDomain,
  input,
  instance,
  Module,
  output,
  type ProofReport,
  type ProveOptions,
  past,
  prove,
  register,
  simulate,
  synchronise,
  uint,
  when,
} from "../index.ts";

const folder = mkdtempSync(join(tmpdir(), "clocks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const statuses = (report: ProofReport): Record<string, string> =>
  Object.fromEntries(report.properties.map(({ message, status }) => [message, status]));

/** A counter in each of two domains, the limit of one of which may be forgotten. */
class Two extends Module<{ fastLimit: number; reset?: "synchronous" | "asynchronous" | "none" }> {
  readonly fast = clockDomain({ edge: "falling", reset: this.params.reset });
  readonly go = input(bit);
  readonly slowCount = output(uint(4));
  readonly fastCount = output(uint(4));
  build() {
    const slow = register(uint(4), { reset: 0 });
    when(this.go.and(slow.lt(5)), () => {
      slow.next = slow.addWrap(1);
    });
    this.slowCount.value = slow;
    assert(slow.le(5), "the slow count stays");
    inDomain(this.fast, () => {
      const fast = register(uint(4), { reset: 0 });
      when(fast.lt(this.params.fastLimit), () => {
        fast.next = fast.addWrap(1);
      });
      this.fastCount.value = fast;
      assert(fast.le(3), "the fast count stays");
      cover(fast.eq(2), "two");
    });
  }
}

/** Repeats a run in a bench, clock by clock. */
async function repeat(module: Module, report: ProofReport, message: string) {
  const { trace } = report.properties.find((each) => each.message === message)!;
  const bench = await simulate(module, { assertions: "collect" });
  const { clocking } = bench.engine;
  trace!.cycles.forEach((values, cycle) => {
    for (const [port, [value]] of Object.entries(values)) Object.assign(bench.in, { [port]: value });
    const domain = clocking.domains
      .filter(({ clock }) => trace!.edges![cycle]!.includes(clocking.clocks[clock]!.name))
      .map(({ name }) => name);
    if (cycle === 0) bench.reset(1, { domain });
    else bench.step(1, { domain });
  });
  const failures = bench.failures.map((failure) => [failure.message, failure.cycle]);
  bench.close();
  return { trace: trace!, failures };
}

describe.each([{ engine: "sat" }, { engine: "smt" }] as const)("with %o", (how) => {
  test("what holds in each domain is proven for any order of edges", async () => {
    const report = await prove(new Two({ fastLimit: 3 }), how);
    expect(statuses(report)).toEqual({
      "the slow count stays": "proven",
      "the fast count stays": "proven",
      two: "reached",
    });
  });

  test("a counterexample has the edges of each clock, and anyone can repeat it", async () => {
    const wave = join(folder, `${how.engine}.vcd`);
    const report = await prove(new Two({ fastLimit: 4 }), { ...how, wave, covers: false });
    expect(statuses(report)).toEqual({ "the slow count stays": "proven", "the fast count stays": "fails" });
    const { trace, failures } = await repeat(new Two({ fastLimit: 4 }), report, "the fast count stays");
    expect(trace.edges![0]).toEqual(["clock", "fast_clock"]);
    expect(trace.edges!.slice(1).filter((edges) => edges.includes("fast_clock"))).toHaveLength(5);
    expect(trace.edges!.every((edges) => edges.length > 0)).toBe(true);
    expect(failures).toEqual([["the fast count stays", trace.failure!.cycle]]);
    expect(existsSync(wave)).toBe(true);
    expect(readFileSync(wave, "utf8")).toContain("fast_clock");
  });
});

/** Passes a pulse from one domain to the other as a level, which it must keep long enough. */
class Pulse extends Module<{ cycles: number }> {
  readonly receiver = clockDomain({ reset: "asynchronous" });
  readonly send = input(bit);
  readonly seen = output(bit, { domain: this.receiver });
  build() {
    const left = register(uint(3), { reset: 0 });
    const level = left.ne(0);
    when(this.send, () => {
      left.next = this.params.cycles;
    }).elsewhen(level, () => {
      left.next = left.subWrap(1);
    });
    const held = register(bit, { reset: 0 });
    held.next = level;
    // Whether the receiver has looked since the level came: for the property, and in its own domain.
    const seen = synchronise(held, { domain: this.receiver, reset: 0 });
    this.seen.value = seen;
    const everSent = register(bit, { reset: 0 });
    when(held, () => {
      everSent.next = 1;
    });
    const everSeen = inDomain(this.receiver, () => {
      const ever = register(bit, { reset: 0, crossing: "for a property" });
      when(held, () => {
        ever.next = 1;
      });
      return ever;
    });
    assert(everSent.and(held.not()).not().or(everSeen), "what was sent has been looked at");
  }
}

describe("ratios", () => {
  test.each([
    [1, 1, "holds"],
    [1, 2, "fails"],
    [2, 2, "holds"],
    [2, 3, "fails"],
    [3, 3, "holds"],
  ] as const)("a level of %i cycles and a receiver of period %i: %s", async (cycles, receiver, expected) => {
    const report = await prove(new Pulse({ cycles }), { periods: { receiver }, depth: 14, induction: 0 });
    expect(report.properties[0]!.status).toBe(expected);
  });

  test("without one, any receiver may be too slow", async () => {
    const report = await prove(new Pulse({ cycles: 7 }), { induction: 0 });
    expect(report.properties[0]!.status).toBe("fails");
    const { failures, trace } = await repeat(new Pulse({ cycles: 7 }), report, "what was sent has been looked at");
    expect(failures).toEqual([["what was sent has been looked at", trace.failure!.cycle]]);
  });

  test("edges come in their period", async () => {
    const report = await prove(new Two({ fastLimit: 4 }), { periods: { defaultDomain: 3, fast: 2 }, covers: false });
    const { edges, failure } = report.properties.find(({ status }) => status === "fails")!.trace!;
    const at = (clock: string) => edges!.flatMap((names, cycle) => (cycle > 0 && names.includes(clock) ? [cycle] : []));
    const gaps = (cycles: number[]) => new Set(cycles.slice(1).map((cycle, i) => cycle - cycles[i]!));
    expect(gaps(at("fast_clock"))).toEqual(new Set([2]));
    expect(gaps(at("clock"))).toEqual(new Set([3]));
    expect(failure!.cycle).toBe(at("fast_clock").at(-1));
  });

  test("names and numbers that make no sense are refused in one line", async () => {
    await expect(prove(new Two({ fastLimit: 3 }), { periods: { quick: 2 } })).rejects.toThrow(
      "Two has no clock domain quick; domains: defaultDomain, fast",
    );
    await expect(prove(new Two({ fastLimit: 3 }), { periods: { fast: 0 } })).rejects.toThrow(
      "the period of fast is 0: give a whole number of units from 1 to 255",
    );
  });
});

/** A child of two domains, of which its parent makes two of three. */
class Child extends Module {
  readonly other = clockDomain();
  readonly data = input(uint(2));
  readonly y = output(uint(2));
  readonly z = output(uint(2));
  build() {
    assume(this.data.ne(3), "no three");
    const kept = register(uint(2), { reset: 0 });
    kept.next = this.data;
    this.y.value = kept;
    assert(kept.ne(3), "kept no three");
    inDomain(this.other, () => {
      const count = register(uint(2), { reset: 0 });
      when(count.eq(0), () => {
        count.next = 1;
      }).otherwise(() => {
        count.next = 0;
      });
      this.z.value = count;
      assert(count.le(1), "a bit");
    });
  }
}

test("clocks and assumptions go through the hierarchy", async () => {
  class Parent extends Module<{ careful: boolean }> {
    readonly a = clockDomain();
    readonly b = clockDomain({ resetName: "b_rst", resetActive: "low" });
    readonly data = input(uint(2));
    readonly y = output(uint(2));
    readonly z = output(uint(2));
    readonly top = output(uint(3));
    build() {
      if (this.params.careful) assume(this.data.ne(0), "some");
      const child = instance(new Child({}), { domains: { other: this.b } });
      child.data.value = this.data.not();
      this.y.value = child.y;
      this.z.value = child.z;
      inDomain(this.a, () => {
        const count = register(uint(3), { reset: 0 });
        count.next = count.addWrap(1);
        this.top.value = count;
        assert(past(count).addWrap(1).eq(count), "counts");
      });
    }
  }
  expect(statuses(await prove(new Parent({ careful: true }), { covers: false, depth: 6 }))).toEqual({
    "no three": "proven",
    "kept no three": "proven",
    "a bit": "proven",
    counts: "proven",
  });
  const report = await prove(new Parent({ careful: false }), { covers: false, depth: 6 });
  expect(statuses(report)).toEqual({
    "no three": "fails",
    "kept no three": "fails",
    "a bit": "proven",
    counts: "proven",
  });
});

test("an assumption holds at the edges of its clock: another clock that reads the same inputs may see others", async () => {
  class Shared extends Module<{ both: boolean }> {
    readonly other = clockDomain();
    readonly data = input(uint(2));
    readonly y = output(uint(2));
    readonly z = output(uint(2));
    build() {
      assume(this.data.ne(3), "no three");
      const mine = register(uint(2), { reset: 0 });
      mine.next = this.data;
      this.y.value = mine;
      assert(mine.ne(3), "mine has no three");
      inDomain(this.other, () => {
        if (this.params.both) assume(this.data.ne(3), "nor here");
        const theirs = register(uint(2), { reset: 0 });
        theirs.next = this.data;
        this.z.value = theirs;
        assert(theirs.ne(3), "theirs has no three");
        assert(this.data.ne(3), "nor have the inputs");
      });
    }
  }
  const options: ProveOptions = { induction: 3, depth: 5 };
  expect(statuses(await prove(new Shared({ both: false }), options))).toMatchObject({
    "theirs has no three": "fails",
    "nor have the inputs": "fails",
  });
  const both = await prove(new Shared({ both: true }), options);
  expect(both.failed).toBe(false);
  expect(statuses(both)).toMatchObject({ "nor have the inputs": "proven" });
  expect(both.properties.every(({ status }) => status === "proven" || status === "holds")).toBe(true);
});

describe("resets at any time", () => {
  const anyTime: ProveOptions = { resets: "any", covers: false };

  /** A counter that stays where it is in the end, and a flag with a reset of its own that remembers that it got there. */
  class Rising extends Module<{ reset: "synchronous" | "asynchronous"; several: boolean }> {
    readonly defaultDomain = clockDomain({ reset: this.params.reset, resetActive: "low" });
    readonly cold = clockDomain({
      clockName: this.params.several ? "cold_clock" : "clock",
      reset: this.params.reset,
      resetName: "cold",
    });
    readonly y = output(uint(4));
    readonly z = output(bit);
    build() {
      const count = register(uint(4), { reset: 3 });
      when(count.lt(5), () => {
        count.next = count.addWrap(1);
      });
      this.y.value = count;
      const reached = register(bit, { reset: 0, domain: this.cold, crossing: "for a property" });
      when(count.eq(5), () => {
        reached.next = 1;
      });
      this.z.value = reached;
      assert(count.ge(3), "never below its start");
      assert(count.ge(3), "nor during reset", { duringReset: true });
      assert(past(count).le(count), "never down");
      assert(reached.not().or(count.eq(5)), "stays");
    }
  }

  test.each([
    ["synchronous", false],
    ["synchronous", true],
    ["asynchronous", false],
    ["asynchronous", true],
  ] as const)("%s, several clocks: %s", async (reset, several) => {
    const start = await prove(new Rising({ reset, several }), { covers: false, induction: 6, depth: 8 });
    const later = await prove(new Rising({ reset, several }), { ...anyTime, induction: 6, depth: 8 });
    const during = reset === "synchronous" ? "fails" : "proven";
    expect(statuses(start)).toMatchObject({ "nor during reset": during, "never down": "proven", stays: "proven" });
    expect(statuses(later)).toEqual({
      "never below its start": "proven",
      "nor during reset": during,
      "never down": "proven",
      stays: "fails",
    });
    const { trace } = later.properties[3]!;
    expect(trace!.resets![0]).toEqual(["reset_n", "cold"]);
    expect(trace!.resets!.slice(1).some((names) => names.includes("reset_n") && !names.includes("cold"))).toBe(true);
    expect(trace!.failure).toMatchObject({
      message: "stays",
      values: expect.arrayContaining([{ name: "reached", value: 1n }]),
    });
  });

  test("an asynchronous reset may come and go between two edges", async () => {
    class Between extends Module {
      readonly defaultDomain = clockDomain({ reset: "asynchronous" });
      readonly y = output(uint(2));
      build() {
        const count = register(uint(2), { reset: 0 });
        count.next = count.addWrap(1);
        this.y.value = count;
        const old = register(uint(2));
        old.next = count;
        assert(count.ne(0).or(old.eq(0)).or(old.eq(3)), "an edge under reset, or all the way round");
      }
    }
    expect((await prove(new Between({}))).proven).toBe(true);
    const { trace } = (await prove(new Between({}), anyTime)).properties[0]!;
    // The counterexample, replayed in this process, fails by the same assertion.
    expect(trace!.failure!.message).toContain("an edge under reset, or all the way round");
    const pulse = trace!.resets!.findIndex((names, cycle) => cycle > 0 && names.length > 0);
    expect(trace!.edges![pulse]).toEqual([]);
  });
});
