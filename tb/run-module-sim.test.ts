import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { assert, assume, compile, input, Module, output, register, uint } from "../hdl/index.ts";
import { runModuleSim } from "./run-module-sim.ts";
import {
  BothEdges,
  Careless,
  Crossing,
  FreeRunning,
  NoClock,
  Polite,
  TwoClocks,
  Unset,
  Wrapper,
} from "./testing/odd-modules.ts";

const folder = mkdtempSync(join(tmpdir(), "lodestone-module-sim-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (module: Module, against: "icarus" | undefined, vectors = 300) =>
  runModuleSim({ design: compile(module), against, vectors, seed: 2 });

describe("the Verilog is what this process runs", () => {
  test.each([
    ["without inputs", () => new FreeRunning({}), 600],
    ["without a clock, wide", () => new NoClock({}), 600],
    ["two clocks", () => new TwoClocks({}), 600],
    ["both edges", () => new BothEdges({}), 300],
    ["a state machine", () => new Crossing({ limit: 7 }), 600],
  ])("%s, in Icarus", async (_name, make, compared) => {
    expect(await run(make(), "icarus")).toMatchObject({ mismatched: 0, unknown: 0, compared, failures: [] });
  });

  test("in Icarus what depends on unknown state is passed over, and nothing else", async () => {
    const report = await run(new Unset({}), "icarus");
    expect(report).toMatchObject({ mismatched: 0, mismatches: [] });
    expect(report.unknown).toBeGreaterThan(5);
    expect(report.compared).toBeGreaterThan(700);
    expect(report.compared + report.unknown).toBe(900);
  });
});

test("a failing assertion ends up in the report, with its cycle and a wave", async () => {
  const wave = join(folder, "crossing.vcd");
  const design = compile(new Crossing({ limit: 4 }));
  const report = await runModuleSim({ design, against: undefined, vectors: 200, seed: 2, waveOnFailure: wave });
  expect(report).toMatchObject({ simulator: null, compared: 0, assertions: 1, wave, assumptionBroken: null });
  expect(report.failures[0]).toMatchObject({
    message: "no longer than the limit",
    values: [{ name: "waited", value: 5n }],
  });
  expect(readFileSync(wave, "utf8")).toContain("$enddefinitions");
});

test("covers are counted", async () => {
  const { covers } = await run(new Crossing({ limit: 7 }), undefined);
  const counts = Object.fromEntries(covers.map(({ count, name }) => [name, count]));
  expect(counts["yellow seen"]).toBeGreaterThan(5);
  expect(counts["too long"]).toBe(0);
});

test.each([
  ["itself", () => new Polite({})],
  ["in a child, of the same inputs", () => new Wrapper({})],
])("random inputs keep what the module assumes %s", async (_name, make) => {
  const report = await run(make(), undefined, 2000);
  expect(report).toMatchObject({ failures: [], assumptionBroken: null, assertions: 1, assumptions: 2 });
});

test("what a child assumes of its parent is no matter of the inputs", async () => {
  const { assumptionBroken, failures } = await run(new Careless({}), undefined);
  expect(assumptionBroken).toBe(null);
  expect(failures[0]).toMatchObject({ kind: "assume", message: "its data stay", path: ["Careless", "polite"] });
});

test("what no inputs can keep is told, and what fails after it does not count", async () => {
  class Impossible extends Module {
    readonly x = input(uint(4));
    readonly y = output(uint(4));
    build() {
      const count = register(uint(4), { reset: 0 });
      count.next = count.addWrap(1);
      assume(count.lt(5), "it ends");
      assert(count.lt(9), "small");
      this.y.value = this.x;
    }
  }
  const report = await run(new Impossible({}), undefined);
  expect(report).toMatchObject({ failures: [], assumptionBroken: { message: "it ends", cycle: 2 + 5 } });
});

test("the same seed gives the same run, another one another", async () => {
  const failing = async (seed: number) => {
    const design = compile(new Crossing({ limit: 2 }));
    const { failures } = await runModuleSim({ design, against: undefined, vectors: 500, seed });
    return failures.map(({ cycle }) => cycle);
  };
  expect(await failing(5)).toEqual(await failing(5));
  expect(await failing(5)).not.toEqual(await failing(6));
});
