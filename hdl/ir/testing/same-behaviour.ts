import { leavesOf } from "../../types/index.ts";
import { type Design, printNetlist } from "../index.ts";
import { interpret } from "./interpreter.ts";
import { RandomSource } from "./random-source.ts";

/**
 * Runs two designs with the same ports on the same random inputs and resets for `cycles` cycles and compares every
 * output in every cycle. Returns undefined when they agree, otherwise a text that tells where they part.
 */
export function findDifference(a: Design, b: Design, seed: number, cycles = 50): string | undefined {
  const random = new RandomSource(seed);
  const [first, second] = [interpret(a), interpret(b)];
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const port of a.top.ports) {
      if (port.direction !== "input") continue;
      const values = leavesOf(port.type).map(({ type }) => random.value(type.width, type.kind === "sint"));
      first.setInput(port.name, values);
      second.setInput(port.name, values);
    }
    for (const port of a.top.ports) {
      if (port.direction !== "output") continue;
      const [expected, found] = [first.readOutput(port.name), second.readOutput(port.name)];
      const element = expected.findIndex((value, i) => value !== found[i]);
      if (element < 0 && expected.length === found.length) continue;
      return (
        `seed ${seed}, cycle ${cycle}, ${port.name}[${element}]: expected ${expected[element]}, ` +
        `found ${found[element]}\n${printNetlist(a)}\n---\n${printNetlist(b)}`
      );
    }
    const reset = cycle === 0 || random.chance(0.05);
    const domains = (a.top.domains?.length ?? 1) > 1 ? random.pick([[0], [1], [0, 1]]) : [0];
    first.step(reset, domains);
    second.step(reset, domains);
  }
  return undefined;
}
