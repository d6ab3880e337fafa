import { describe, expect, test } from "vitest";
import { elaborate } from "../elaborate.ts";
import { bit, equivalent, input, Module, mux, output, register, type SInt, sint, uint, when } from "../index.ts";
import { randomNetlist } from "../ir/testing/random-netlist.ts";
import { deduplicate, optimize } from "../transform/index.ts";
import { equivalentDesigns } from "./index.ts";

class Largest extends Module<{ tree: boolean; mistake?: boolean }> {
  readonly a = input(sint(5));
  readonly b = input(sint(5));
  readonly c = input(sint(5));
  readonly y = output(sint(5));
  build() {
    const { a, b, c } = this;
    const max = (x: SInt<5>, y: SInt<5>): SInt<5> => mux(x.gt(y), x, y);
    const other = mux(this.params.mistake ? a.ge(b) : a.gt(b), mux(a.gt(c), a, c), this.params.mistake ? b : max(b, c));
    this.y.value = this.params.tree ? max(max(a, b), c) : other;
  }
}

/** Divides by three in states, numbered as they are or one-hot. */
class Third extends Module<{ oneHot: boolean; last: number }> {
  readonly go = input(bit);
  readonly tick = output(bit);
  build() {
    if (this.params.oneHot) {
      const state = register(uint(3), { reset: 1 });
      when(this.go, () => {
        state.next = mux(state.bit(2), 1, state.addWrap(state));
      });
      this.tick.value = state.bit(2);
    } else {
      const state = register(uint(2), { reset: 0 });
      when(this.go, () => {
        state.next = mux(state.eq(this.params.last), 0, state.addWrap(1));
      });
      this.tick.value = state.eq(2);
    }
  }
}

test("combinational: two ways to the largest of three, and a wrong one with its inputs", async () => {
  expect(await equivalent(new Largest({ tree: true }), new Largest({ tree: false }))).toMatchObject({
    status: "proven",
  });
  const report = await equivalent(new Largest({ tree: true }), new Largest({ tree: false, mistake: true }));
  expect(report).toMatchObject({ status: "fails" });
  const { cycles, output: port, first, second } = report.difference!;
  const [a, b, c] = ["a", "b", "c"].map((name) => Number(cycles.at(-1)![name]![0]));
  expect(port).toBe("y");
  expect(first[0]).toBe(Math.max(a!, b!, c!));
  expect(second[0]).not.toBe(first[0]);
});

test("sequential: states numbered in two ways; one that takes four is told apart in its fourth cycle", async () => {
  const same = await equivalent(new Third({ oneHot: true, last: 2 }), new Third({ oneHot: false, last: 2 }), {
    induction: 6,
    depth: 12,
  });
  // One-hot states that cannot be reached are no help to induction: then it is shown for all runs of a length.
  expect(["proven", "holds"]).toContain(same.status);
  expect(same.status === "holds" ? same.depth : 12).toBe(12);
  const other = await equivalent(new Third({ oneHot: true, last: 2 }), new Third({ oneHot: false, last: 3 }));
  expect(other).toMatchObject({ status: "fails" });
  const going = other.difference!.cycles.slice(1).filter(({ go }) => go![0] === 1n).length;
  expect(going).toBeGreaterThanOrEqual(3);
});

describe("optimised and unoptimised emission are the same", () => {
  test("for modules of the language", async () => {
    const module = () => new Third({ oneHot: false, last: 2 });
    const report = await equivalentDesigns(deduplicate(elaborate(module())), optimize(elaborate(module())));
    expect(report).toMatchObject({ status: "proven", method: "registers" });
  });

  test.each([1, 2, 3, 4, 5, 6])("for random design %i", async (seed) => {
    const limits = { operators: 14, maxWidth: 6, memories: false, alwaysReset: true };
    const design = randomNetlist(seed, limits);
    const report = await equivalentDesigns(design, optimize(design), { induction: 4, depth: 4, timeLimitMs: 20_000 });
    expect(report.status, `seed ${seed}`).toMatch(/^(proven|holds)$/);
  });
});

test("designs with different ports are refused", async () => {
  await expect(equivalent(new Largest({ tree: true }), new Third({ oneHot: true, last: 2 }))).rejects.toThrow(
    /the same ports are needed in the same order, but one has input a: sint\(5\) where the other has input go: bit/,
  );
});
