import { expect, test } from "vitest";
import { numberNodes } from "../ir/index.ts";
import { interpret } from "../ir/testing/interpreter.ts";
import { randomNetlist } from "../ir/testing/random-netlist.ts";
import { RandomSource } from "../ir/testing/random-source.ts";
import { leavesOf, wrapTo } from "../types/index.ts";
import { readBits } from "./read-bits.ts";

test("input bits that are said to be unread change nothing that leaves the module", () => {
  let unread = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const design = randomNetlist(seed, { instances: false, operators: 12, maxWidth: 9 });
    const { inputs } = readBits(design.top, numberNodes(design.top));
    const random = new RandomSource(seed);
    const [first, second] = [interpret(design), interpret(design)];
    for (let cycle = 0; cycle < 25; cycle++) {
      for (const port of design.top.ports) {
        if (port.direction !== "input") continue;
        const leaves = leavesOf(port.type).map(({ type }) => ({ width: type.width, signed: type.kind === "sint" }));
        const values = leaves.map(({ width, signed }) => random.value(width, signed));
        const others = values.map((value, element) => {
          const { width, signed } = leaves[element]!;
          const free = ((1n << BigInt(width)) - 1n) & ~(inputs.get(`${port.name}/${element}`) ?? 0n);
          if (free !== 0n) unread++;
          return wrapTo(value ^ (random.value(width, false) & free), width, signed);
        });
        first.setInput(port.name, values);
        second.setInput(port.name, others);
      }
      for (const port of design.top.ports) {
        if (port.direction === "output") expect(second.readOutput(port.name)).toEqual(first.readOutput(port.name));
      }
      first.step(cycle === 0);
      second.step(cycle === 0);
    }
  }
  expect(unread).toBeGreaterThan(1000);
});
