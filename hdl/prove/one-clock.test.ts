import { expect, test } from "vitest";
import {
  AsyncFifo,
  clockDomain,
  compile,
  type Design,
  inDomain,
  input,
  instance,
  Module,
  output,
  register,
  type UInt,
  uint,
  when,
} from "../index.ts";
import { createInProcessEngine } from "../simulate/inprocess/index.ts";
import { scalarOf } from "../types/index.ts";
import { withOneClock } from "./one-clock.ts";

/** Numbers that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

/** Children in three domains of three kinds, and a value that goes through all of them. */
class Mixed extends Module {
  readonly fast = clockDomain({ edge: "falling" });
  readonly bare = clockDomain({ reset: "none" });
  readonly x = input(uint(4));
  readonly y = output(uint(4));
  readonly z = output(uint(4));
  build() {
    const child = (x: UInt<4>) => {
      const counting = instance(new Adding({}));
      counting.x.value = x;
      return counting.sum;
    };
    const slow = child(this.x);
    this.y.value = slow;
    const fast = inDomain(this.fast, () => {
      const taken = register(uint(4), { reset: 0, crossing: "for this test" });
      taken.next = slow;
      return child(taken);
    });
    inDomain(this.bare, () => {
      const kept = register(uint(4), { crossing: "for this test" });
      when(fast.bit(0), () => {
        kept.next = fast;
      });
      this.z.value = kept;
    });
  }
}

class Adding extends Module {
  readonly x = input(uint(4));
  readonly sum = output(uint(4));
  build() {
    const sum = register(uint(4));
    sum.next = sum.addWrap(this.x);
    this.sum.value = sum;
  }
}

/** Runs the design with its clocks and the one with inputs in their place side by side. */
function compare(design: Design, steps: number): void {
  const converted = withOneClock(design, true);
  const theirs = createInProcessEngine(converted.design, { assertions: "off" });
  const ours = createInProcessEngine(design, { assertions: "off" });
  const random = numbers(7);
  const { clocks, domains } = ours.clocking;
  const first = ours.inputs.length;
  expect(converted.ticks.length).toBeGreaterThan(1);
  expect(theirs.inputs.slice(first)).toHaveLength(converted.ticks.length);
  let changes = 0;
  let before = "";
  for (let step = 0; step < steps; step++) {
    design.top.ports
      .filter(({ direction }) => direction === "input")
      .forEach((port, i) => {
        const value = random() % 2 ** scalarOf(port.type).width;
        ours.write(i, [value]);
        theirs.write(i, [value]);
      });
    const ticking = converted.ticks.filter(() => random() % 2 === 0);
    for (const [i, name] of converted.ticks.entries()) theirs.write(first + i, [ticking.includes(name) ? 1 : 0]);
    const outputs = (engine: typeof ours) =>
      JSON.stringify(engine.outputs.map((_, i) => Array.from<number | bigint>(engine.read(i))));
    expect(outputs(theirs)).toBe(outputs(ours));
    if (outputs(ours) !== before) changes++;
    before = outputs(ours);
    ours.step(
      1,
      false,
      domains.flatMap(({ clock }, domain) => (ticking.includes(clocks[clock]!.name) ? [domain] : [])),
    );
    theirs.step(1);
  }
  expect(changes).toBeGreaterThan(steps / 10);
}

test("a design on one clock does what it does with its own", () => {
  compare(compile(new Mixed({})), 500);
  compare(compile(new AsyncFifo({ width: 3, depth: 4, stages: 2 })), 500);
});
