import { describe, expect, test } from "vitest";
import { interpret } from "../../ir/testing/interpreter.ts";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { RandomSource } from "../../ir/testing/random-source.ts";
import { withProperties } from "../../ir/testing/with-properties.ts";
import { optimize } from "../../transform/index.ts";
import { emitVerilog } from "../../verilog/index.ts";
import type { Engine } from "../engine.ts";
import { createInProcessEngine } from "../inprocess/index.ts";
import { AssertionFailure, type AssertionMode, type PropertyFailure } from "../property-failure.ts";
import { createIcarusEngine } from "./icarus-engine.ts";
import { createVerilatorEngine } from "./verilator-engine.ts";

const limits = { operators: 25, memories: false, alwaysReset: true } as const;
const design = (seed: number) => withProperties(randomNetlist(seed, limits), seed);

type Start = (seed: number, assertions: AssertionMode) => Engine | Promise<Engine>;
const engines: Readonly<Record<Engine["name"], Start>> = {
  inprocess: (seed, assertions) => createInProcessEngine(optimize(design(seed)), { assertions }),
  icarus: (seed, assertions) => {
    const optimized = optimize(design(seed));
    return createIcarusEngine(optimized, emitVerilog(optimized), { assertions });
  },
  verilator: (seed, assertions) => {
    const optimized = optimize(design(seed));
    return createVerilatorEngine(optimized, emitVerilog(optimized), { assertions });
  },
};

interface Cycle {
  readonly reset: boolean;
  readonly inputs: readonly (readonly bigint[])[];
}

function stimulus(seed: number, engine: Engine): Cycle[] {
  const random = new RandomSource(seed);
  return Array.from({ length: 12 }, (_, cycle) => ({
    reset: cycle === 0 || cycle === 7,
    inputs: engine.inputs.map(({ elements, elementWidth, signed }) =>
      Array.from({ length: elements }, () => random.value(elementWidth, signed)),
    ),
  }));
}

function drive(engine: Engine, { reset, inputs }: Cycle): void {
  inputs.forEach((values, port) => {
    engine.write(port, engine.inputs[port]!.elementWidth > 32 ? values : values.map(Number));
  });
  engine.step(1, reset);
}

const told = ({ cycle, path, name, kind, values }: PropertyFailure): string =>
  `${cycle} ${kind} ${path.join(".")}.${name} ${values.map((each) => `${each.name}=${each.value}`).join()}`;

/** What the reference interpreter says of the design as it was before any pass: failures, and covers that hold. */
function expected(seed: number, cycles: readonly Cycle[], inputs: Engine["inputs"]) {
  const model = interpret(design(seed));
  const failures: string[] = [];
  const covers: string[] = [];
  cycles.forEach(({ reset, inputs: values }, cycle) => {
    values.forEach((each, port) => {
      model.setInput(inputs[port]!.name, each);
    });
    for (const report of model.reports(reset)) {
      (report.includes(".cover_") ? covers : failures).push(`${cycle} ${report}`);
    }
    model.step(reset);
  });
  return { failures: failures.sort(), covers };
}

describe.each([
  ["inprocess", 25],
  ["icarus", 4],
  ["verilator", 1],
] as const)("random properties in %s", (name, seeds) => {
  test(`fail when the interpreter says so, in ${seeds} designs`, async () => {
    let failed = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const engine = await engines[name](seed, "collect");
      const cycles = stimulus(seed, engine);
      const counted = (): number => engine.covers!().reduce((sum, { count }) => sum + count, 0);
      drive(engine, cycles[0]!);
      const first = counted();
      for (const cycle of cycles.slice(1)) drive(engine, cycle);
      const wanted = expected(seed, cycles, engine.inputs);
      const found = engine.failures!().map(
        ({ cycle, path, name: property }) => `${cycle} ${path.join(".")}.${property}`,
      );
      // Before its first reset a four-state simulator knows no register, and what is unknown neither fails nor counts.
      const known = (all: string[]): string[] =>
        name === "icarus" ? all.filter((each) => !each.startsWith("0 ")) : all;
      expect(known(found.sort()), `seed ${seed}`).toEqual(known(wanted.failures));
      failed += found.length;
      const later = wanted.covers.filter((each) => !each.startsWith("0 "));
      expect(counted() - first, `seed ${seed}`).toBe(later.length);
      if (name !== "icarus") expect(counted(), `seed ${seed}`).toBe(wanted.covers.length);
      engine.dispose();
    }
    expect(failed).toBeGreaterThan(3);
  });
});

test("the engines report the same failures with the same values", async () => {
  for (const seed of [3, 4, 5]) {
    const inProcess = await engines.inprocess(seed, "collect");
    const icarus = await engines.icarus(seed, "collect");
    for (const cycle of stimulus(seed, inProcess)) {
      drive(inProcess, cycle);
      drive(icarus, cycle);
    }
    expect(icarus.failures!().map(told).sort()).toEqual(inProcess.failures!().map(told).sort());
    inProcess.dispose();
    icarus.dispose();
  }
});

test("a failure is thrown by every engine, from step and from replay, and off is off", async () => {
  const seed = 1;
  for (const [name, start] of Object.entries(engines)) {
    const engine = await start(seed, "throw");
    const frames = stimulus(seed, engine).map(({ inputs }) => inputs);
    const asFrame = (values: readonly (readonly bigint[])[]) =>
      values.map((each, port) => (engine.inputs[port]!.elementWidth > 32 ? each : each.map(Number)));
    expect(() => engine.replay(frames.map(asFrame), () => undefined), name).toThrow(AssertionFailure);
    engine.dispose();
  }
  const silent = await engines.icarus(seed, "off");
  for (const cycle of stimulus(seed, silent)) drive(silent, cycle);
  expect(silent.failures!()).toEqual([]);
  silent.dispose();
});
