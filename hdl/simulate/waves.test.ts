import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assert,
  bit,
  bundle,
  compile,
  engineNames,
  enumeration,
  input,
  instances,
  Module,
  memory,
  output,
  register,
  simulate,
  sint,
  uint,
  vec,
  when,
  wire,
} from "../index.ts";
import { randomNetlist } from "../ir/testing/random-netlist.ts";
import { RandomSource } from "../ir/testing/random-source.ts";
import { nameWave } from "./process/name-wave.ts";
import { startEngine } from "./start-engine.ts";
import { type ReadVcd, readVcd } from "./testing/read-vcd.ts";

const folder = mkdtempSync(join(tmpdir(), "waves-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const State = enumeration("State", ["idle", "run", "waitForAck"]);
const Level = enumeration("Level", { low: 2, high: 200 });

/** What a wave may have to show: enumerations as ports, wires, registers, fields and elements; vectors, a memory, names. */
class Cell extends Module {
  readonly start = input(bit);
  readonly interrupt = input(bit);
  readonly level = input(Level);
  readonly state = output(State);
  readonly history = output(vec(2, State));
  readonly request = output(bundle({ kind: State, data: uint(4) }));
  readonly state_name = output(bit);
  build() {
    const state = register(State, { reset: "idle" });
    const history = register(vec(2, State), { reset: ["run", "waitForAck"] });
    const next = wire(State);
    next.value = state;
    when(this.start, () => {
      when(state.is("run"), () => {
        next.value = "waitForAck";
      }).otherwise(() => {
        next.value = "run";
      });
    });
    state.next = next;
    history.next = [state, history.at(0)];
    const words = memory(uint(4), 4);
    const word = words.read(state.asUint());
    when(this.start, () => words.write(state.asUint(), word.addWrap(3)));
    const inlined = this.start.and(this.interrupt);
    assert(this.level.isMember(), "the level is known");
    this.state.value = state;
    this.history.value = history;
    this.request.value = { kind: next, data: word.xor(inlined.resize(4)) };
    this.state_name.value = this.level.is("high");
  }
}

class Board extends Module {
  readonly start = input(bit);
  readonly lanes = input(vec(2, sint(3)));
  readonly levels = input(vec(2, Level));
  readonly states = output(vec(2, State));
  readonly sum = output(sint(4));
  build() {
    const cells = instances(2, () => new Cell({}));
    cells.forEach((cell, i) => {
      cell.start.value = this.start;
      cell.interrupt.value = i;
      cell.level.value = this.levels.at(i);
    });
    this.states.value = cells.map((cell) => cell.state);
    this.sum.value = this.lanes.at(0).add(this.lanes.at(1));
  }
}

/** The values of a path before and after each edge, those that repeat once. */
function course(wave: ReadVcd, clock: string, path: string): string[] {
  const seen = wave.edges(clock).flatMap(({ before, after }) => [before.get(path)!, after.get(path)!]);
  return seen.filter((value, i) => value !== seen[i - 1]);
}

describe("a wave of each engine", () => {
  const waves = new Map<string, ReadVcd>();
  const texts = new Map<string, string>();
  beforeAll(async () => {
    for (const engine of engineNames) {
      const file = join(folder, `${engine}.vcd`);
      const bench = await simulate(new Board({}), { engine, wave: file, assertions: "collect" });
      bench.in.levels = ["low", "high"];
      bench.in.lanes = [-1, 3];
      bench.reset(2);
      bench.in.start = 1;
      bench.step(3);
      bench.in.levels = ["high", 5];
      bench.step(4);
      bench.close();
      texts.set(engine, readFileSync(file, "utf8"));
      waves.set(engine, readVcd(texts.get(engine)!));
    }
  }, 120_000);

  test("shows the names of an enumeration's values, wherever it stands", () => {
    for (const [engine, wave] of waves) {
      const shown = (path: string): string[] => {
        expect(wave.variables.get(path), `${engine} ${path}`).toMatchObject({ type: "string", width: 1 });
        // A four-state simulator knows no register before its first reset.
        return course(wave, "Board.clock", path).filter((value) => value !== "x");
      };
      const states = ["idle", "run", "waitForAck", "run", "waitForAck", "run", "waitForAck", "run"];
      // The name of a port is taken: the text gives way.
      expect(shown("Board.cells_0.state_name_"), engine).toEqual(states);
      // In the Verilog the register is the port.
      if (engine === "inprocess") expect(shown("Board.cells_0.state_reg_name")).toEqual(states);
      expect(shown("Board.cells_0.next_name")[0], engine).toBe("idle");
      expect(shown("Board.cells_1.request_kind_name"), engine).toEqual(shown("Board.cells_1.next_name"));
      expect(shown("Board.cells_1.history_name[1]").slice(-2), engine).toEqual(["waitForAck", "run"]);
      expect(shown("Board.states_name[1]"), engine).toEqual(states);
      expect(shown("Board.levels_name[0]"), engine).toEqual(["low", "high"]);
      // An encoding without a name.
      expect(shown("Board.cells_1.level_name"), engine).toEqual(["high", "5"]);
      expect(shown("Board.cells_1_state_name_"), engine).toEqual(states);
    }
  });

  test("has the top outermost and all children, named alike", () => {
    const scopes = (wave: ReadVcd): string[] =>
      [...new Set([...wave.variables.keys()].map((path) => path.slice(0, path.lastIndexOf("."))))].sort();
    for (const wave of waves.values()) expect(scopes(wave)).toEqual(["Board", "Board.cells_0", "Board.cells_1"]);
  });

  test("shows small memories word by word, and the conditions of assertions", () => {
    for (const [engine, wave] of waves) {
      expect(wave.variables.get("Board.cells_1.words[3]"), engine).toMatchObject({ width: 4 });
      const condition = [...wave.variables.keys()].find((path) => path.startsWith("Board.cells_1.assert_the_level"))!;
      expect(course(wave, "Board.clock", condition), engine).toEqual(["1", "0"]);
    }
  });

  test("shows values in process that are no nets in the Verilog, and elements of vectors", () => {
    const wave = waves.get("inprocess")!;
    const more = [...wave.variables.keys()].filter((path) => !waves.get("verilator")!.variables.has(path));
    const ofCell = more.filter((path) => path.startsWith("Board.cells_1.")).map((path) => path.slice(14));
    expect(ofCell.sort()).toEqual(["history[0]", "history[1]", "inlined", "state_reg", "state_reg_name"]);
    expect(more).toEqual(expect.arrayContaining(["Board.lanes[0]", "Board.lanes[1]"]));
    expect(course(wave, "Board.clock", "Board.cells_1.inlined")).toEqual(["0", "1"]);
    expect(course(wave, "Board.clock", "Board.cells_0.inlined")).toEqual(["0"]);
    expect(course(wave, "Board.clock", "Board.lanes[0]")).toEqual(["111"]);
    expect(course(wave, "Board.clock", "Board.lanes")).toEqual(["011111"]);
  });

  test("shows each instance in the order of the design", () => {
    const text = texts.get("inprocess")!;
    expect(text.indexOf("$scope module cells_0")).toBeLessThan(text.indexOf("$scope module cells_1"));
  });

  test("agrees with the others on every name that they share", () => {
    const here = waves.get("inprocess")!;
    for (const engine of ["icarus", "verilator"] as const)
      expect(differences(here, waves.get(engine)!, "Board")).toEqual([]);
    const missing = [...waves.get("verilator")!.variables.keys()].filter((path) => !here.variables.has(path));
    // Clocks and resets stand in the top alone; the others take bits of vectors apart or gather what nobody reads.
    const clocking = ["cells_0.clock", "cells_0.reset", "cells_1.clock", "cells_1.reset"];
    expect(missing.sort()).toEqual([...clocking, "lanes_0", "lanes_1", "unused"].map((name) => `Board.${name}`));
  });
});

/** Where two waves tell different things under one name; what one of them does not know is no difference. */
function differences(a: ReadVcd, b: ReadVcd, top: string): string[] {
  const shared = [...a.variables.keys()].filter((path) => b.variables.has(path));
  const [edgesA, edgesB] = [a.edges(`${top}.clock`), b.edges(`${top}.clock`)];
  const found: string[] = [];
  if (edgesA.length !== edgesB.length) found.push(`${edgesA.length} and ${edgesB.length} edges`);
  edgesA.forEach((edge, i) => {
    for (const path of shared) {
      for (const side of ["before", "after"] as const) {
        const [x, y] = [edge[side].get(path)!, edgesB[i]?.[side].get(path) ?? "?"];
        if (x !== y && !y.includes("x")) found.push(`edge ${i}, ${side}: ${path} is ${x} and ${y}`);
      }
    }
  });
  return found.slice(0, 10);
}

describe("waves of random designs", () => {
  /** Of all seeds, the nets of the Verilog, and those of them that the wave of this process has too. */
  async function compared(engine: "icarus" | "verilator", seeds: readonly number[]): Promise<[number, number]> {
    let [all, shared] = [0, 0];
    for (const seed of seeds) {
      const options = { operators: 100, memories: engine === "verilator", alwaysReset: engine === "icarus" } as const;
      const design = randomNetlist(seed, options);
      const waves: ReadVcd[] = [];
      for (const name of ["inprocess", engine] as const) {
        const file = join(folder, `${name}-${seed}.vcd`);
        const running = await startEngine(design, { engine: name, wave: file });
        const random = new RandomSource(seed);
        for (let cycle = 0; cycle < 12; cycle++) {
          running.inputs.forEach(({ elements, elementWidth, signed }, port) => {
            const values = Array.from({ length: elements }, () => random.value(elementWidth, signed));
            running.write(port, elementWidth > 32 ? values : values.map(Number));
          });
          running.step(1, cycle === 0 || cycle === 6);
        }
        running.dispose();
        waves.push(readVcd(readFileSync(file, "utf8")));
      }
      const [here, there] = waves as [ReadVcd, ReadVcd];
      if (!there.variables.has(`${design.top.name}.clock`)) continue;
      expect(differences(here, there, design.top.name), `seed ${seed}`).toEqual([]);
      const nets = [...there.variables.keys()].filter((path) => !/\.(clock|reset|unused)$/.test(path));
      all += nets.length;
      shared += nets.filter((path) => here.variables.has(path)).length;
    }
    return [all, shared];
  }

  test.each([
    ["icarus", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["verilator", [23, 24]],
  ] as const)("agree in process and in %s, and most nets are in both", async (engine, seeds) => {
    const [all, shared] = await compared(engine, seeds);
    expect(all).toBeGreaterThan(75 * seeds.length);
    expect(shared / all).toBeGreaterThan(0.8);
  });
});

describe("naming a wave that a simulator wrote", () => {
  const design = compile(new Cell({}));
  const source = join(folder, "source.vcd");
  const target = join(folder, "target.vcd");
  const named = (text: string): string => {
    writeFileSync(source, text);
    nameWave(source, target, design);
    return readFileSync(target, "utf8");
  };

  test("copies what is no complete wave", () => {
    for (const text of ["", "$date\n", "$scope module lodestone_bench $end\n  $var wire 1 ! a $end"]) {
      expect(named(text).trimEnd()).toBe(text.trimEnd());
    }
  });

  test("takes neither times nor keywords for values, and copes with a file of many chunks", () => {
    // Identifier codes that times and keywords end in.
    const header = [
      "$scope module lodestone_bench $end",
      "$scope module dut $end",
      "$var wire 2 100 state [1:0] $end",
      "$var wire 2 end request_kind [1:0] $end",
      "$upscope $end",
      "$upscope $end",
      "$enddefinitions $end",
    ];
    const changes = Array.from({ length: 200_000 }, (_, i) => `#${i}\nb${(i % 3).toString(2)} 100`);
    const text = named(`${[...header, "$dumpvars", "b1 end", "bx 100", "$end", ...changes].join("\n")}\n`);
    const [state, kind] = ["state_name", "request_kind_name"].map(
      (name) => new RegExp(`\\$var string 1 (\\S+) ${name} \\$end`).exec(text)![1]!,
    );
    const lines = text.split("\n");
    const shown = (code: string): string[] => lines.filter((line) => line.startsWith("s") && line.endsWith(` ${code}`));
    expect(shown(kind!)).toEqual([`srun ${kind}`]);
    expect(shown(state!)).toHaveLength(200_001);
    expect(shown(state!).slice(0, 4)).toEqual(["x", "idle", "run", "waitForAck"].map((name) => `s${name} ${state}`));
    expect(lines.slice(0, 2)).toEqual(["$scope module Cell $end", "$var wire 2 100 state [1:0] $end"]);
  });
});
