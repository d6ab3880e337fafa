import { describe, expect, it } from "vitest";
import { type Design, designOf, type Port, type WireDefinition } from "../../ir/index.ts";
import { interpret } from "../../ir/testing/interpreter.ts";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { RandomSource } from "../../ir/testing/random-source.ts";
import type { EngineValues } from "../engine.ts";
import { createInProcessEngine } from "./engine.ts";

const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Runs a random design in the engine and in the reference interpreter on random inputs; the engine's text of outputs must be the same. */
function compare(seed: number, options: Parameters<typeof randomNetlist>[1], chunkSize: number): void {
  const design = randomNetlist(seed, options);
  const engine = createInProcessEngine(design, { chunkSize });
  const reference = interpret(design);
  const random = new RandomSource(seed + 1000);
  for (let cycle = 0; cycle < 40; cycle++) {
    engine.inputs.forEach((port, i) => {
      const values = Array.from({ length: port.elements }, () => random.value(port.elementWidth, port.signed));
      reference.setInput(port.name, values);
      engine.write(i, port.elementWidth > 32 ? values : values.map(Number));
    });
    engine.outputs.forEach((port, i) => {
      const found = Array.from(engine.read(i) as ArrayLike<number | bigint>, BigInt);
      expect(found, `seed ${seed}, cycle ${cycle}, ${port.name}`).toEqual(reference.readOutput(port.name));
    });
    const reset = cycle === 0 || random.chance(0.1);
    const two = engine.clocking.domains.length > 1;
    const domains = two ? random.pick([[0], [1], [0, 1]]) : [0];
    engine.step(1, reset, domains);
    reference.step(reset, domains);
    if (two && random.chance(0.2)) {
      const [active, which] = [random.chance(0.5), random.pick([[0], [1]])];
      engine.setReset(active, which);
      reference.setReset(active, which);
    }
  }
}

describe("the in-process engine and the reference interpreter agree", () => {
  it("on random hierarchies with registers, memories and vector ports", () => {
    for (const seed of seeds(60)) compare(seed, {}, 300);
  });
  it("on narrow designs cut into many small functions", () => {
    for (const seed of seeds(60)) compare(seed, { maxWidth: 12, operators: 100 }, 8);
  });
  it("on designs around the word size, cut into many small functions", () => {
    for (const seed of seeds(60)) compare(seed, { maxWidth: 36, operators: 100 }, 5);
  });
  it("on wide designs", () => {
    for (const seed of seeds(40)) compare(seed, { maxWidth: 130 }, 40);
  });
  it("on designs of two clock domains of every kind, with masked writes", () => {
    for (const seed of seeds(80)) compare(seed, { domains: true, maxWidth: 70 }, 60);
  });
  it("on larger designs", () => {
    for (const seed of seeds(4)) compare(seed, { maxWidth: 33, operators: 1000 }, 200);
  });
});

/** Random values for every input port. */
function randomFrame(engine: ReturnType<typeof createInProcessEngine>, random: RandomSource): EngineValues[] {
  return engine.inputs.map((port) => {
    const values = Array.from({ length: port.elements }, () => random.value(port.elementWidth, port.signed));
    return port.elementWidth > 32 ? values : values.map(Number);
  });
}

describe("replay", () => {
  it("shows the same outputs as write, read and step, and leaves the same state behind", () => {
    for (const seed of seeds(20)) {
      const design = randomNetlist(seed);
      const [replayed, stepped] = [createInProcessEngine(design), createInProcessEngine(design)];
      const random = new RandomSource(seed);
      const frames = Array.from({ length: 30 }, () => randomFrame(replayed, random));
      replayed.step(1, true);
      stepped.step(1, true);
      const found: EngineValues[][] = [];
      replayed.replay(frames, (cycle, outputs) => {
        expect(cycle).toBe(found.length);
        found.push(outputs.map((values) => Array.from(values as ArrayLike<number>)));
      });
      const readAll = (engine: typeof stepped): EngineValues[] =>
        engine.outputs.map((_, port) => Array.from(engine.read(port) as ArrayLike<number>));
      frames.forEach((frame, cycle) => {
        frame.forEach((values, port) => {
          stepped.write(port, values);
        });
        expect(found[cycle]).toEqual(readAll(stepped));
        stepped.step(1);
      });
      expect(readAll(replayed)).toEqual(readAll(stepped));
    }
  });

  it("refuses frames that do not fit the ports", () => {
    const engine = createInProcessEngine(randomNetlist(1));
    const frame = randomFrame(engine, new RandomSource(1));
    const run = (frames: EngineValues[][]): void => engine.replay(frames, () => undefined);
    expect(() => run([frame, frame.slice(1)])).toThrow(/frame 1 has \d+ ports, but the design has \d+ inputs/);
    expect(() => run([[[1, 2, 3, 4, 5, 6, 7], ...frame.slice(1)]])).toThrow(/elements, but 7 were given/);
    expect(() => engine.write(99, [0])).toThrow(/no input port number 99/);
    expect(() => engine.read(99)).toThrow(/no output port number 99/);
  });
});

describe("read", () => {
  it("gives arrays that later cycles do not change", () => {
    const engine = createInProcessEngine(randomNetlist(2));
    const random = new RandomSource(2);
    const first = engine.outputs.map((_, port) => engine.read(port));
    const copies = first.map((values) => Array.from(values as ArrayLike<number>));
    for (let i = 0; i < 10; i++) {
      randomFrame(engine, random).forEach((values, port) => {
        engine.write(port, values);
      });
      engine.step(1);
      engine.outputs.forEach((_, port) => {
        engine.read(port);
      });
    }
    expect(first.map((values) => Array.from(values as ArrayLike<number>))).toEqual(copies);
  });
});

/** The design with every wire and register of its top module as an output, too. */
function exposed(design: Design): { design: Design; names: string[] } {
  const { top } = design;
  const values: Pick<WireDefinition, "name" | "node">[] = [...top.wires];
  const inner = [...values, ...top.registers.map(({ name, node }) => ({ name, node }))];
  const ports = inner.map(({ name, node }): Port => {
    const type = { kind: node.signed ? "sint" : "uint", width: node.width } as const;
    return { name: `${name}_seen`, direction: "output", type, drivers: [node as WireDefinition["node"]] };
  });
  return {
    design: designOf({ ...top, ports: [...top.ports, ...ports] }),
    names: inner.map(({ name }) => name),
  };
}

describe("probes", () => {
  it("show wires, registers and ports of the top as outputs would show them", () => {
    for (const seed of seeds(20)) {
      const plain = randomNetlist(seed);
      const { design, names } = exposed(plain);
      const engine = createInProcessEngine(plain);
      const reference = createInProcessEngine(design);
      const probes = engine.probes!();
      const inTop = new Map(probes.filter(({ scope }) => scope.length === 1).map((probe) => [probe.name, probe]));
      expect(probes.every(({ scope }) => scope[0] === plain.top.name)).toBe(true);
      const declared = [...names, ...plain.top.ports.map((port) => port.name)];
      expect([...inTop.keys()]).toEqual(expect.arrayContaining(declared));
      const random = new RandomSource(seed);
      for (let cycle = 0; cycle < 20; cycle++) {
        const frame = randomFrame(engine, random);
        frame.forEach((values, port) => {
          engine.write(port, values);
          reference.write(port, values);
          const { name, elements } = engine.inputs[port]!;
          if (elements === 1) expect(inTop.get(name)!.read()).toBe(values[0]);
        });
        names.forEach((name, i) => {
          const seen = reference.read(engine.outputs.length + i)[0];
          expect(inTop.get(name)!.read(), `seed ${seed}, cycle ${cycle}, ${name}`).toBe(seen);
        });
        engine.step(1, cycle === 5);
        reference.step(1, cycle === 5);
      }
    }
  });

  it("show vectors packed and reach into every instance", () => {
    let vectors = 0;
    for (const seed of seeds(10)) {
      const design = randomNetlist(seed);
      const engine = createInProcessEngine(design);
      const probes = engine.probes!();
      randomFrame(engine, new RandomSource(seed)).forEach((values, port) => {
        engine.write(port, values);
      });
      engine.outputs.forEach((port, i) => {
        const probe = probes.find(({ scope, name }) => scope.length === 1 && name === port.name)!;
        expect(probe.width).toBe(port.elements * port.elementWidth);
        let packed = 0n;
        Array.from(engine.read(i) as ArrayLike<number | bigint>).forEach((value, element) => {
          packed |= BigInt.asUintN(port.elementWidth, BigInt(value)) << BigInt(element * port.elementWidth);
        });
        expect(BigInt.asUintN(probe.width, BigInt(probe.read()))).toBe(packed);
        if (port.elements > 1) vectors++;
      });
      for (const instance of design.top.instances) {
        const scope = [design.top.name, instance.name].join(".");
        const names = probes.filter((probe) => probe.scope.join(".") === scope).map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(instance.module.ports.map(({ name }) => name)));
      }
    }
    expect(vectors).toBeGreaterThan(0);
  });
});
