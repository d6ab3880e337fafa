import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  AssertionFailure,
  assert,
  assume,
  type Bench,
  bit,
  bundle,
  cover,
  fell,
  initially,
  input,
  instance,
  Module,
  output,
  past,
  register,
  rose,
  simulate,
  sint,
  stable,
  uint,
  vec,
  when,
} from "../index.ts";

/** A module whose properties are given by a function of its two inputs. */
class Checked extends Module<{ check: (a: Checked["a"], x: Checked["x"]) => void }> {
  readonly a = input(bit);
  readonly x = input(sint(5));
  readonly y = output(sint(5));
  readonly same = output(bit);
  build() {
    this.same.value = this.a;
    const kept = register(sint(5), { reset: 0 });
    kept.next = this.x;
    this.y.value = kept;
    this.params.check(this.a, this.x);
  }
}

type Check = (a: Checked["a"], x: Checked["x"]) => void;

/** The cycles in which something fails when `a` and `x` go through these values; cycle 0 is a reset. */
async function failingCycles(check: Check, a: readonly number[], x: readonly number[] = []): Promise<number[]> {
  const bench = await simulate(new Checked({ check }), { assertions: "collect" });
  bench.reset();
  for (let i = 0; i < Math.max(a.length, x.length); i++) {
    bench.in.a = a[i] ?? 0;
    bench.in.x = x[i] ?? 0;
    bench.step();
  }
  const cycles = bench.failures.map((failure) => failure.cycle);
  bench.close();
  return cycles;
}

async function failureOf<M extends Module>(bench: Bench<M>, run: () => void): Promise<AssertionFailure> {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionFailure);
    return error as AssertionFailure;
  } finally {
    bench.close();
  }
  throw new Error("nothing failed");
}

describe("assert()", () => {
  test("fails in the cycles in which its condition is 0", async () => {
    expect(await failingCycles((a) => assert(a, "a is set"), [1, 0, 1, 0, 0])).toEqual([2, 4, 5]);
    expect(await failingCycles((_, x) => assert(x.ge(-3), "x is not low"), [], [-3, -4, 0, -16])).toEqual([2, 4]);
  });

  test("holds under the condition of the when() around it", async () => {
    const check: Check = (a, x) => {
      when(a, () => assert(x.eq(1), "one")).otherwise(() => {
        when(x.lt(0), () => assert(x.eq(-1), "minus one"));
      });
    };
    expect(await failingCycles(check, [1, 1, 0, 0, 0], [1, 2, 2, -1, -2])).toEqual([2, 5]);
  });

  test("is not looked at during reset, unless it is wished", async () => {
    for (const duringReset of [false, true]) {
      const check: Check = (a) => assert(a, "a is set", { duringReset });
      const bench = await simulate(new Checked({ check }), { assertions: "collect" });
      bench.reset(3);
      expect(bench.failures.length).toBe(duringReset ? 3 : 0);
      bench.step(2);
      expect(bench.failures.length).toBe(duringReset ? 5 : 2);
      bench.close();
    }
  });

  test("throws the line, the instance, the cycle and the values, and names the cycle to the bench", async () => {
    class Outer extends Module {
      readonly x = input(sint(5));
      readonly y = output(sint(5));
      build() {
        const inner = instance(new Checked({ check: (a, x) => assert(a.and(x.gt(2)).not(), "not both") }));
        inner.a.value = 1;
        inner.x.value = this.x;
        this.y.value = inner.y;
      }
    }
    const bench = await simulate(new Outer({}));
    bench.in.x = 2;
    bench.step(7);
    bench.in.x = 5;
    try {
      bench.step(3);
      expect.unreachable();
    } catch (error) {
      const { message, failure } = error as AssertionFailure;
      expect(failure).toMatchObject({ kind: "assert", message: "not both", path: ["Outer", "inner"], cycle: 7 });
      // The other operand is 1 by the parent's doing, and is told all the same.
      expect(failure.values).toEqual([
        { name: "a", value: 1n },
        { name: "x", value: 5n },
      ]);
      expect(message).toMatch(
        /^assertion failed in cycle 7: not both \(in Outer\.inner\)\n {2,}--> .*assertion\.test\.ts:/,
      );
      expect(message).toContain('assert(a.and(x.gt(2)).not(), "not both")');
      expect(message).toMatch(/ = a = 1, x = 5$/);
      expect(error).toMatchObject({ exitCode: 1, name: "AssertionFailure" });
    }
    expect(bench.cycle).toBe(7);
    bench.close();
  });

  test("can be turned off", async () => {
    const bench = await simulate(new Checked({ check: (a) => assert(a, "a is set") }), { assertions: "off" });
    bench.step(3);
    expect(bench.failures).toEqual([]);
    bench.close();
  });

  test("of a constant that is 0 fails always; a replay finds it too", async () => {
    const bench = await simulate(new Checked({ check: (_, x) => assert(x.lt(-16), "never true") }));
    const seen: number[] = [];
    const failure = await failureOf(bench, () =>
      bench.engine.replay(
        [
          [[0], [3]],
          [[0], [4]],
        ],
        (cycle) => seen.push(cycle),
      ),
    );
    expect(failure.failure.cycle).toBe(0);
    expect(seen).toEqual([0]);
  });
});

test("an assumption that does not hold says that it is one", async () => {
  const bench = await simulate(new Checked({ check: (a) => assume(a, "somebody sets a") }));
  const failure = await failureOf(bench, () => bench.step());
  expect(failure.message).toMatch(/^assumption failed in cycle 0: somebody sets a/);
});

test("a child that asserts and has no output stays in the design", async () => {
  class Monitor extends Module {
    readonly x = input(uint(4));
    build() {
      assert(this.x.ne(7), "no seven");
    }
  }
  class Watched extends Module {
    readonly x = input(uint(4));
    readonly y = output(uint(4));
    build() {
      const monitor = instance(new Monitor({}));
      monitor.x.value = this.x;
      this.y.value = this.x;
    }
  }
  for (const engine of ["inprocess", "icarus"] as const) {
    const bench = await simulate(new Watched({}), { engine });
    bench.in.x = 6;
    bench.reset();
    bench.step();
    bench.in.x = 7;
    const failure = await failureOf(bench, () => bench.step());
    expect(failure.failure).toMatchObject({ path: ["Watched", "monitor"], cycle: 2 });
  }
});

test("covers are counted, those of children under the path of their instance", async () => {
  class Pair extends Module {
    readonly x = input(sint(5));
    readonly y = output(sint(5));
    build() {
      const inner = instance(new Checked({ check: (a, x) => when(a, () => cover(x.lt(0), "negative")) }));
      inner.a.value = this.x.ne(-1);
      inner.x.value = this.x;
      this.y.value = inner.y;
      cover(this.x.eq(3), "three");
      for (const value of [4, 5]) cover(this.x.eq(value), "four or five");
    }
  }
  const bench = await simulate(new Pair({}));
  for (const x of [-1, -2, -2, 3, 4, 5, 5]) {
    bench.in.x = x;
    bench.step();
  }
  expect(bench.covers).toEqual({ "inner.negative": 2, three: 1, "four or five": 3 });
  bench.in.x = 3;
  bench.reset();
  expect(bench.covers.three).toBe(1);
  bench.close();
});

describe("looking back", () => {
  test("past(x, n) is the value n edges ago; the property waits for n cycles after reset", async () => {
    const check: Check = (_, x) => assert(x.eq(past(x, 2).addWrap(1)), "one more than two cycles ago");
    // Cycles 1 and 2 have no past; from 3 on each value is that of two before, plus one.
    expect(await failingCycles(check, [], [9, -9, 10, -8, 11, 0, 12])).toEqual([6]);
  });

  test("depths add up, through wires of logic and other properties' registers", async () => {
    const check: Check = (_, x) => assert(past(past(x), 2).eq(7), "seven three cycles ago");
    expect(await failingCycles(check, [], [7, 7, 0, 0, 0, 0])).toEqual([6]);
  });

  test("starts anew after a reset", async () => {
    const bench = await simulate(new Checked({ check: (_, x) => assert(stable(x), "x is steady") }), {
      assertions: "collect",
    });
    bench.in.x = 1;
    bench.step(3);
    bench.in.x = 2;
    bench.reset();
    bench.in.x = 3;
    bench.step();
    expect(bench.failures).toEqual([]);
    bench.in.x = 4;
    bench.step();
    expect(bench.failures.map(({ cycle }) => cycle)).toEqual([5]);
    bench.close();
  });

  test("vectors and bundles are looked at as a whole", async () => {
    class Held extends Module {
      readonly request = input(bundle({ valid: bit, data: vec(2, uint(4)) }));
      readonly y = output(uint(4));
      build() {
        const { request } = this;
        this.y.value = request.data.at(0);
        when(past(request).valid, () => assert(stable(request.data), "data stays"));
        assert(past(request.data, 2).at(1).ne(9), "no nine");
      }
    }
    const bench = await simulate(new Held({}), { assertions: "collect" });
    bench.reset();
    for (const [valid, data] of [
      [1, [1, 2]],
      [1, [1, 2]],
      [0, [1, 9]],
      [0, [3, 9]],
      [0, [0, 0]],
    ] as const) {
      bench.in.request = { valid, data };
      bench.step();
    }
    expect(bench.failures.map(({ cycle, message }) => `${cycle} ${message}`)).toEqual(["3 data stays", "5 no nine"]);
    bench.close();
  });

  test("rose, fell, stable and initially", async () => {
    const a = [1, 1, 0, 0, 1, 0];
    expect(await failingCycles((s) => assert(rose(s).not(), "no rise"), a)).toEqual([5]);
    expect(await failingCycles((s) => assert(fell(s).not(), "no fall"), a)).toEqual([3, 6]);
    expect(await failingCycles((s) => assert(stable(s), "steady"), a)).toEqual([3, 5, 6]);
    expect(await failingCycles((s) => when(initially(), () => assert(s, "begins at 1")), [0, 0, 0])).toEqual([1]);
    expect(await failingCycles((s) => when(initially(), () => assert(s, "begins at 1")), a)).toEqual([]);
  });
});

describe("a wave", () => {
  const folder = mkdtempSync(join(tmpdir(), "assertion-wave-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["inprocess", "icarus"] as const)(
    "of %s is complete up to the failure, without close()",
    async (engine) => {
      const wave = join(folder, `${engine}.vcd`);
      const bench = await simulate(new Checked({ check: (_, x) => assert(x.ne(11), "x is not eleven") }), {
        wave,
        engine,
      });
      bench.reset();
      for (const x of [1, 2]) {
        bench.in.x = x;
        bench.step();
      }
      expect(existsSync(wave)).toBe(false);
      bench.in.x = 11;
      expect(() => bench.step()).toThrow(AssertionFailure);
      // 11 is 01011; the time of the failing cycle is there.
      expect(readFileSync(wave, "utf8")).toMatch(/b0*1011 /);
      bench.close();
      bench.close();
    },
  );
});
