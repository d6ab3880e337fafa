import { describe, expect, it } from "vitest";
import { arithmetic, constant, type Design, designOf, input, mux, register } from "../ir/index.ts";
import { bit, sint, uint, vec } from "../types/index.ts";
import type { Engine } from "./engine.ts";
import { UnknownValueError } from "./engine.ts";
import { createInProcessEngine } from "./inprocess/index.ts";
import { recordWave } from "./vcd-record.ts";

/** Counts while `enable` is 1; puts out the count and a vector of two negative numbers. */
function counter(): Design {
  const enable = input("enable", 0, 1, false);
  const count = register(0, 4, false);
  const next = mux(enable, arithmetic("add", count, constant(1n, 4, false), 4, false), count);
  return designOf({
    name: "counter",
    params: {},
    ports: [
      { name: "enable", direction: "input", type: bit, drivers: [] },
      { name: "value", direction: "output", type: uint(4), drivers: [count] },
      {
        name: "pair",
        direction: "output",
        type: vec(2, sint(3)),
        drivers: [constant(-1n, 3, true), constant(-4n, 3, true)],
      },
    ],
    wires: [],
    registers: [{ node: count, name: "count", next, reset: 3n, group: 0 }],
    memories: [],
    instances: [],
  });
}

function collect(engine: Engine, drive: (recorded: ReturnType<typeof recordWave>) => void): string {
  const parts: string[] = [];
  const recorded = recordWave(engine, { write: (text: string) => parts.push(text) });
  drive(recorded);
  recorded.finish();
  return parts.join("");
}

const withoutProbes = (engine: Engine): Engine => ({
  name: "verilator",
  version: engine.version,
  inputs: engine.inputs,
  outputs: engine.outputs,
  write: (port, values) => engine.write(port, values),
  read: (port) => engine.read(port),
  clocking: engine.clocking,
  step: (cycles, reset, domains) => engine.step(cycles, reset, domains),
  setReset: (active, domains) => engine.setReset(active, domains),
  // Takes all frames before it runs, as an engine in another process does.
  replay: (frames, observe) => engine.replay([...frames], observe),
  dispose: () => engine.dispose(),
});

const body = (text: string): string[] => text.slice(text.indexOf("#0")).trimEnd().split("\n");

describe("recordWave", () => {
  it("shows probes with registers changing at the rising edge", () => {
    const text = collect(createInProcessEngine(counter()), (engine) => {
      engine.step(1, true);
      engine.write(0, [1]);
      engine.step(2);
    });
    expect(text.slice(0, text.indexOf("#0"))).toBe(
      [
        "$version Lodestone $end",
        "$timescale 1ns $end",
        "$scope module counter $end",
        "$var wire 1 ! clock $end",
        '$var wire 1 " reset $end',
        "$var wire 1 # enable $end",
        "$var wire 4 $ value [3:0] $end",
        "$var wire 6 % pair [5:0] $end",
        "$var wire 3 & pair[0] [2:0] $end",
        "$var wire 3 ' pair[1] [2:0] $end",
        "$var wire 4 ( count [3:0] $end",
        "$upscope $end",
        "$enddefinitions $end",
        "",
      ].join("\n"),
    );
    expect(body(text)).toEqual(
      [
        ["#0", "$dumpvars", "0!", '1"', "0#", "b0 $", "b100111 %", "b111 &", "b100 '", "b0 (", "$end"],
        ["#5", "1!", "b11 $", "b11 ("],
        ["#10", "0!", '0"', "1#"],
        ["#15", "1!", "b100 $", "b100 ("],
        ["#20", "0!"],
        ["#25", "1!", "b101 $", "b101 ("],
        ["#30", "0!", "#40"],
      ].flat(),
    );
  });

  it("shows the ports of an engine without probes, as they are before each rising edge", () => {
    const text = collect(withoutProbes(createInProcessEngine(counter())), (engine) => {
      engine.step(1, true);
      engine.write(0, [1]);
      engine.step(2);
    });
    expect(text).toContain("$scope module top $end");
    expect(body(text)).toEqual(
      [
        ["#0", "$dumpvars", "0!", '1"', "0#", "b0 $", "b100111 %", "$end"],
        ["#5", "1!"],
        ["#10", "0!", '0"', "1#", "b11 $"],
        ["#15", "1!"],
        ["#20", "0!", "b100 $"],
        ["#25", "1!"],
        ["#30", "0!", "b101 $", "#40"],
      ].flat(),
    );
  });

  it("records a replay as it records the same steps, and hands its outputs on", () => {
    const frames = [1, 0, 1, 1].map((enable) => [[enable]]);
    for (const make of [
      () => createInProcessEngine(counter()),
      () => withoutProbes(createInProcessEngine(counter())),
    ]) {
      const seen: number[] = [];
      const replayed = collect(make(), (engine) => {
        engine.replay(frames, (cycle, outputs) => {
          expect(cycle).toBe(seen.length);
          seen.push(Number(outputs[0]![0]));
        });
        expect(engine.read(0)[0]).toBe(3);
      });
      const stepped = collect(make(), (engine) => {
        for (const frame of frames) {
          engine.write(0, frame[0]!);
          engine.step(1);
        }
      });
      expect(seen).toEqual([0, 1, 1, 2]);
      expect(replayed).toBe(stepped);
    }
  });

  it("shows an unknown output as x", () => {
    const engine = withoutProbes(createInProcessEngine(counter()));
    let known = false;
    const fourState: Engine = {
      ...engine,
      read: (port) => {
        if (!known && port === 0) throw new UnknownValueError("value", "xxxx");
        return engine.read(port);
      },
    };
    const text = collect(fourState, (recorded) => {
      recorded.step(1);
      known = true;
      recorded.step(1);
    });
    expect(body(text).slice(0, 7)).toContain("bx $");
    expect(text).toContain("#10\n0!\nb0 $\n");
  });

  it("refuses a clock period without a middle", () => {
    const engine = createInProcessEngine(counter());
    for (const period of [0, 3, 2.5]) {
      expect(() => recordWave(engine, { write: () => undefined }, { period })).toThrow(/not an even number/);
    }
  });
});
