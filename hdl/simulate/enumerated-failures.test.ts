import { expect, test } from "vitest";
import {
  AssertionFailure,
  assert,
  bit,
  enumeration,
  input,
  instance,
  Module,
  output,
  prove,
  register,
  simulate,
  uint,
  wire,
} from "../index.ts";
import { engineNames } from "./index.ts";

const Mode = enumeration("Mode", ["idle", "load", "run"]);

class Next extends Module {
  readonly from = input(Mode);
  readonly to = output(Mode);
  override build(): void {
    this.to.value = this.from;
  }
}

/** Fails in the cycle after `fail` was 1. */
class Modes extends Module {
  readonly asked = input(Mode);
  readonly fail = input(bit);
  readonly level = input(uint(4));
  override build(): void {
    const mode = register(Mode, { reset: "load" });
    mode.next = this.asked;
    const chosen = wire(Mode);
    chosen.value = mode;
    const next = instance(new Next({}));
    next.from.value = this.asked;
    const failing = register(bit, { reset: 0 });
    failing.next = this.fail;
    const odd = mode.eq("run").or(this.asked.eq("run")).or(chosen.eq("run")).or(next.to.eq("run"));
    assert(failing.not().or(odd.and(0)).or(this.level.eq(15)), "modes agree");
  }
}

test("the values of an enumeration are told by their names, in every engine", async () => {
  for (const engine of engineNames) {
    const bench = await simulate(new Modes({}), { engine });
    bench.reset();
    bench.in.asked = "run";
    bench.in.level = 3;
    bench.in.fail = 1;
    bench.step();
    let told: unknown;
    try {
      bench.in.asked = "idle";
      bench.step();
    } catch (error) {
      told = error;
    }
    bench.close();
    expect(told, engine).toBeInstanceOf(AssertionFailure);
    const { failure, message } = told as AssertionFailure;
    const values = Object.fromEntries(failure.values.map(({ name, value, member }) => [name, member ?? value]));
    expect(values, engine).toEqual({
      failing: 1n,
      mode: "run",
      asked: "idle",
      chosen: "run",
      "next.to": "idle",
      level: 3n,
    });
    expect(message).toMatch(/mode = run, asked = idle, chosen = run, next\.to = idle, level = 3$/);
  }
});

test("and in the run that a proof gives against an assertion", async () => {
  const { properties } = await prove(new Modes({}));
  const trace = properties[0]?.trace;
  expect(trace?.failure?.values.find(({ name }) => name === "mode")?.member).toMatch(/^(idle|load|run)$/);
  expect(trace?.members).toEqual({ asked: { "0": "idle", "1": "load", "2": "run" } });
});
