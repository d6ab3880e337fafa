import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rangeOf } from "../../types/index.ts";
import { type Engine, type EngineValues, UnknownValueError } from "../engine.ts";
import { createIcarusEngine } from "./icarus-engine.ts";
import { adder, counter, type HandWritten, memory, wide } from "./testing/designs.ts";
import { createVerilatorEngine } from "./verilator-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "engines-"));
const opened: Engine[] = [];
afterAll(() => {
  for (const engine of opened) engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const makers = { verilator: createVerilatorEngine, icarus: createIcarusEngine };

/** The array as plain values, whatever its kind. */
function plain(values: EngineValues): (number | bigint)[] {
  return Array.from(values as ArrayLike<number | bigint>);
}

function portNumber(engine: Engine, name: string): number {
  const number = [...engine.inputs, ...engine.outputs].findIndex((port) => port.name === name);
  return number < engine.inputs.length ? number : number - engine.inputs.length;
}

/** Calls `replay` and keeps the outputs that `look` picks. */
function replayAll<T>(
  engine: Engine,
  frames: Iterable<readonly EngineValues[]>,
  look: (outputs: readonly EngineValues[]) => T,
): T[] {
  const seen: T[] = [];
  engine.replay(frames, (cycle, outputs) => {
    expect(cycle).toBe(seen.length);
    seen.push(look(outputs));
  });
  return seen;
}

describe.each(["verilator", "icarus"] as const)("%s", (kind) => {
  async function open(design: HandWritten, options: { trace?: string } = {}): Promise<Engine> {
    const engine = await makers[kind](design.design, design.files, options);
    opened.push(engine);
    return engine;
  }

  describe("counter: a clock, a reset, an enable", () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open(counter());
    }, 120_000);

    test("tells what it is", () => {
      expect(engine.name).toBe(kind);
      expect(engine.version).toMatch(kind === "verilator" ? /^Verilator 5\.\d+$/ : /^Icarus Verilog \d+\.\d+$/);
      expect(engine.inputs).toMatchObject([
        { name: "enable", direction: "input", elements: 1, elementWidth: 1, signed: false },
        { name: "amount", direction: "input", elements: 1, elementWidth: 4, signed: false },
      ]);
      expect(engine.outputs).toMatchObject([{ name: "count", direction: "output", elements: 1, elementWidth: 8 }]);
    });

    test("steps, reset, and no step at all", () => {
      const count = (): (number | bigint)[] => plain(engine.read(0));
      engine.step(1, true);
      expect(count()).toEqual([3]);
      // Inputs are 0 at first: nothing is enabled.
      engine.step(5);
      expect(count()).toEqual([3]);
      engine.write(0, [1]);
      engine.write(1, [15]);
      expect(count()).toEqual([3]);
      engine.step(0);
      expect(count()).toEqual([3]);
      engine.step(1);
      expect(count()).toEqual([18]);
      expect(count()).toEqual([18]);
      engine.step(100_000);
      expect(count()).toEqual([(18 + 15 * 100_000) % 256]);
      engine.step(3, true);
      expect(count()).toEqual([3]);
      engine.step(1);
      expect(count()).toEqual([18]);
    });

    test("replay equals stepping one by one, over many batches", () => {
      const length = kind === "verilator" ? 100_000 : 5000;
      const enable = (cycle: number): number => ((cycle * 7) % 3) & 1;
      const amount = (cycle: number): number => (cycle * 5) % 16;
      function* frames(): Generator<readonly EngineValues[]> {
        for (let cycle = 0; cycle < length; cycle++) yield [[enable(cycle)], [amount(cycle)]];
      }
      engine.step(1, true);
      let expected = 3;
      const differences: number[] = [];
      engine.replay(frames(), (cycle, outputs) => {
        if (outputs[0]![0] !== expected) differences.push(cycle);
        if (enable(cycle)) expected = (expected + amount(cycle)) & 255;
      });
      expect(differences).toEqual([]);
      // The inputs of the last frame stay, and the clock has ticked after it.
      expect(plain(engine.read(0))).toEqual([expected]);
      engine.replay([], () => expect.fail("there is nothing to observe"));
      expect(plain(engine.read(0))).toEqual([expected]);
    });

    test("an error in observe, in the frames or in a value ends the replay and leaves the engine usable", () => {
      const frames = (): EngineValues[][] => Array.from({ length: 3000 }, () => [[1], [1]]);
      const failing: [() => Iterable<readonly EngineValues[]>, () => void, string][] = [
        [frames, () => expect.fail("seen enough"), "seen enough"],
        [() => [...frames(), [[2], [1]]], () => {}, "input enable, element 0: 2 is not an integer from 0 to 1"],
        [() => [...frames(), [[1]]], () => {}, "frame 3000 has 1 ports, but the design has 2 inputs"],
      ];
      for (const [source, observe, message] of failing) {
        expect(() => engine.replay(source(), observe)).toThrow(message);
        engine.step(2, true);
        expect(plain(engine.read(0))).toEqual([3]);
      }
    });

    test("calls inside replay are refused", () => {
      const frame = [[0], [0]];
      expect(() => engine.replay([frame], () => engine.read(0))).toThrow("read() was called inside replay()");
      expect(() => engine.replay([frame], () => engine.step(1))).toThrow("step() was called inside replay()");
      expect(() => engine.replay([frame], () => engine.replay([], () => {}))).toThrow("inside replay()");
    });

    test("wrong use is named", () => {
      expect(() => engine.write(1, [16])).toThrow("input amount, element 0: 16 is not an integer from 0 to 15");
      expect(() => engine.write(2, [0])).toThrow("there is no input port number 2");
      expect(() => engine.read(1)).toThrow("there is no output port number 1");
      expect(() => engine.step(-1)).toThrow("not -1");
      expect(() => engine.step(1.5)).toThrow("not 1.5");
    });
  });

  test("adder: combinational, vectors of signed elements, no clock", async () => {
    const engine = await open(adder());
    expect(plain(engine.read(0))).toEqual([0, 0, 0, 0]);
    const pairs: [number, number][] = [];
    for (let a = -8; a < 8; a++) for (let b = -8; b < 8; b++) pairs.push([a, b]);
    const vectors = pairs.map((_, i) => [0, 1, 2, 3].map((k) => pairs[(i * 5 + k * 37) % pairs.length]!));
    const frames = vectors.map((pair) => [Int8Array.from(pair, (p) => p[0]), Int8Array.from(pair, (p) => p[1])]);
    const expected = vectors.map((pair) => pair.map(([a, b]) => a + b));
    expect(replayAll(engine, frames, (outputs) => plain(outputs[0]!))).toEqual(expected);
    for (let i = 0; i < 20; i++) {
      engine.write(0, frames[i]![0]!);
      engine.write(1, frames[i]![1]!);
      expect(plain(engine.read(0))).toEqual(expected[i]);
      engine.step(3);
      expect(plain(engine.read(0))).toEqual(expected[i]);
    }
  });

  test("wide: 200-bit ports and elements of 33 bits", async () => {
    const engine = await open(wide());
    const { max } = rangeOf(200, false);
    const narrow = rangeOf(33, true);
    const number = fc.oneof(fc.constantFrom(0n, 1n, max), fc.bigInt({ min: 0n, max }));
    const element = fc.oneof(fc.constantFrom(narrow.min, narrow.max, -1n), fc.bigInt(narrow));
    const frame = fc.tuple(fc.tuple(number), fc.tuple(number), fc.array(element, { minLength: 3, maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 50 }), (frames) => {
        const seen = replayAll(
          engine,
          frames,
          (outputs) =>
            // Before the first edge of all, nothing is known.
            outputs,
        );
        expect(seen).toHaveLength(frames.length);
        const [a, b, elements] = frames.at(-1)!;
        expect(plain(engine.read(0))).toEqual([(a[0] + b[0]) & max]);
        expect(plain(engine.read(1))).toEqual(elements);
        const again = replayAll(engine, frames, (outputs) => outputs.map(plain));
        const expected = [frames.at(-1)!, ...frames.slice(0, -1)].map(([x, y, z]) => [[(x[0] + y[0]) & max], z]);
        expect(again).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test("memory: writes show in the next cycle; what was never written is unknown or 0", async () => {
    const engine = await open(memory());
    const [write, writeAddress, data, readAddress] = ["write", "write_address", "data", "read_address"].map((name) =>
      portNumber(engine, name),
    ) as [number, number, number, number];
    const [value, address] = [portNumber(engine, "value"), portNumber(engine, "address")];
    const unwritten = (read: () => EngineValues): void => {
      if (kind === "verilator") expect(plain(read())).toEqual([0]);
      else expect(read).toThrow(UnknownValueError);
    };
    unwritten(() => engine.read(value));
    if (kind === "icarus") expect(() => engine.read(value)).toThrow("value is unknown (hexadecimal xxx)");
    expect(plain(engine.read(address))).toEqual([0]);

    const frames: number[][][] = [];
    for (let i = 0; i < 16; i++) frames.push([[1], [i], [100 * i - 800], [i]]);
    const seen: (number | bigint)[] = [];
    engine.replay(frames, (_, outputs) => {
      // The unknown value stands beside a known one, and hurts only who looks at it.
      seen.push(outputs[address]![0]!);
      unwritten(() => outputs[value]!);
    });
    expect(seen).toEqual(Array.from({ length: 16 }, (_, i) => i));

    engine.write(write, [0]);
    for (let i = 0; i < 16; i++) {
      engine.write(readAddress, [i]);
      expect(plain(engine.read(value))).toEqual([100 * i - 800]);
    }
    engine.write(write, [1]);
    engine.write(writeAddress, [9]);
    engine.write(readAddress, [9]);
    engine.write(data, [-2048]);
    expect(plain(engine.read(value))).toEqual([100]);
    engine.step(1);
    expect(plain(engine.read(value))).toEqual([-2048]);
  });

  test("a wave is complete after dispose", async () => {
    // A name that a shell or a careless format would trip over.
    const trace = join(folder, `${kind} wave $1 %s "x".vcd`);
    const engine = await open(counter(), { trace });
    engine.step(2, true);
    engine.write(0, [1]);
    engine.write(1, [4]);
    engine.step(10);
    engine.read(0);
    engine.dispose();
    const text = readFileSync(trace, "utf8");
    const code = /\$var\s+\w+\s+8\s+(\S+)\s+count\b/.exec(text)?.[1];
    expect(code).toBeDefined();
    const values = text
      .split("\n")
      .filter((line) => line.startsWith("b") && line.endsWith(` ${code}`))
      .map((line) => Number.parseInt(line.slice(1), 2))
      .filter((value) => !Number.isNaN(value));
    // Verilator's registers begin at 0.
    if (values[0] === 0) values.shift();
    expect(values).toEqual(Array.from({ length: 11 }, (_, i) => 3 + 4 * i));
    // The bench's own signals are no part of the design.
    expect(text).not.toMatch(/\bin_0\b|\bout_0\b/);
    await expect(open(counter(), { trace: join(folder, "x.txt", "\0") })).rejects.toMatchObject({ exitCode: 2 });
  });

  test("after dispose every call says so; disposing twice is fine", async () => {
    const engine = await open(adder());
    engine.dispose();
    engine.dispose();
    expect(() => engine.read(0)).toThrow("simulation of adder was used after dispose()");
    expect(() => engine.step(1)).toThrow("was used after dispose()");
    expect(() =>
      engine.replay(
        [
          [
            [0, 0, 0, 0],
            [0, 0, 0, 0],
          ],
        ],
        () => {},
      ),
    ).toThrow("was used after dispose()");
  });
});
