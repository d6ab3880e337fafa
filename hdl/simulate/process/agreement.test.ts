import { describe, expect, test } from "vitest";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { rangeOf } from "../../types/index.ts";
import { emitVerilog } from "../../verilog/index.ts";
import type { Engine, EnginePort, EngineValues, OutputFrame } from "../engine.ts";
import { createInProcessEngine } from "../inprocess/index.ts";
import { createIcarusEngine } from "./icarus-engine.ts";
import { createVerilatorEngine } from "./verilator-engine.ts";

/** Numbers that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

/** A value that is extreme a third of the time. */
function valueFor(port: EnginePort, next: () => number): bigint {
  const { min, max } = rangeOf(port.elementWidth, port.signed);
  const choice = next() >>> 16;
  if (choice % 6 === 0) return min;
  if (choice % 6 === 1) return max;
  let value = 0n;
  for (let bits = 0; bits < port.elementWidth; bits += 16) value = (value << 16n) | BigInt(next() >>> 16);
  return port.signed ? BigInt.asIntN(port.elementWidth, value) : BigInt.asUintN(port.elementWidth, value);
}

function randomFrame(ports: readonly EnginePort[], next: () => number): EngineValues[] {
  return ports.map((port) => {
    const values = Array.from({ length: port.elements }, () => valueFor(port, next));
    return port.elementWidth > 32 ? values : values.map(Number);
  });
}

const plain = (values: EngineValues): (number | bigint)[] => Array.from(values as ArrayLike<number | bigint>);

/** Outputs of a run in which every way to use an engine takes part. */
function record(engine: Engine, frames: readonly (readonly EngineValues[])[]): (number | bigint)[][][] {
  const seen: (number | bigint)[][][] = [];
  const all = (outputs: OutputFrame): void => void seen.push(outputs.map(plain));
  const peek = (): void => all(engine.outputs.map((_, port) => engine.read(port)));
  const third = Math.floor(frames.length / 3);
  engine.step(2, true);
  peek();
  engine.replay(frames.slice(0, third), (_, outputs) => all(outputs));
  peek();
  for (const frame of frames.slice(third, 2 * third)) {
    frame.forEach((values, port) => {
      engine.write(port, values);
    });
    peek();
    engine.step(1);
  }
  engine.step(3, true);
  peek();
  engine.replay(frames.slice(2 * third), (_, outputs) => all(outputs));
  engine.step(5);
  peek();
  return seen;
}

/** As `record`, with steps in any of the domains and resets of each kind in between. */
function recordDomains(engine: Engine, frames: readonly (readonly EngineValues[])[], seed: number): unknown[] {
  const seen: unknown[] = [];
  const next = numbers(seed);
  const all = engine.clocking.domains.map((_, i) => i);
  engine.step(2, true, all);
  for (const frame of frames) {
    frame.forEach((values, port) => {
      engine.write(port, values);
    });
    const choice = (next() >>> 16) % 16;
    if (choice === 0) engine.step(1, true, [1]);
    else if (choice === 1) engine.setReset((next() & 0x10000) !== 0, all);
    else if (choice === 2) engine.step(2, false, all);
    seen.push(engine.outputs.map((_, port) => plain(engine.read(port))));
    engine.step(1, false, [(next() >>> 16) % all.length]);
  }
  return seen;
}

describe("random designs of several clock domains behave as in process", () => {
  const engines = {
    verilator: { create: createVerilatorEngine, designs: 3, options: { domains: true } },
    icarus: { create: createIcarusEngine, designs: 12, options: { domains: true, memories: false, alwaysReset: true } },
  };
  for (const [name, { create, designs, options }] of Object.entries(engines)) {
    test.each(Array.from({ length: designs }, (_, i) => 300 + i))(`${name}, design %i`, async (seed) => {
      const design = randomNetlist(seed, { operators: 40, ...options });
      const inProcess = createInProcessEngine(design);
      const engine = await create(design, emitVerilog(design));
      try {
        const next = numbers(seed);
        const frames = Array.from({ length: 150 }, () => randomFrame(engine.inputs, next));
        expect(engine.clocking).toEqual(inProcess.clocking);
        expect(recordDomains(engine, frames, seed)).toEqual(recordDomains(inProcess, frames, seed));
      } finally {
        engine.dispose();
      }
    });
  }
});

describe("random designs behave as in process", () => {
  const engines = {
    verilator: { create: createVerilatorEngine, designs: 5, options: { memories: true } },
    // Four-state: only what a reset makes known can be compared.
    icarus: { create: createIcarusEngine, designs: 12, options: { memories: false, alwaysReset: true } },
  };
  for (const [name, { create, designs, options }] of Object.entries(engines)) {
    test.each(Array.from({ length: designs }, (_, i) => 100 + i))(`${name}, design %i`, async (seed) => {
      const design = randomNetlist(seed, options);
      const inProcess = createInProcessEngine(design);
      const engine = await create(design, emitVerilog(design));
      try {
        const next = numbers(seed);
        const frames = Array.from({ length: 300 }, () => randomFrame(engine.inputs, next));
        expect(engine.inputs).toEqual(inProcess.inputs);
        expect(engine.outputs).toEqual(inProcess.outputs);
        expect(record(engine, frames)).toEqual(record(inProcess, frames));
      } finally {
        engine.dispose();
      }
    });
  }
});
