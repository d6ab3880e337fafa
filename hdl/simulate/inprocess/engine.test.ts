import { describe, expect, it } from "vitest";
import { interpret } from "../../ir/testing/interpreter.ts";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { RandomSource } from "../../ir/testing/random-source.ts";
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
    engine.step(1, reset);
    reference.step(reset);
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
  it("on larger designs", () => {
    for (const seed of seeds(4)) compare(seed, { maxWidth: 33, operators: 1000 }, 200);
  });
});
