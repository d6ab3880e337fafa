import { expect, it } from "vitest";
import { arithmetic, designOf, input, type ModuleNetlist, type Node } from "../../ir/index.ts";
import { randomNetlist } from "../../ir/testing/random-netlist.ts";
import { uint, vec } from "../../types/index.ts";
import { flatten } from "./flatten.ts";
import { isLoaded, schedule } from "./schedule.ts";

it("orders exactly the needed cells, operands first, in chunks of bounded size", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const flat = flatten(randomNetlist(seed, { operators: 200 }));
    const roots = flat.outputs.flatMap(({ drivers }) => drivers);
    const chunkSize = 10;
    const plan = schedule(flat.cells, roots, chunkSize);
    const position = new Map(plan.order.map((id, i) => [id, i]));
    const needed = new Set<number>();
    const reach = [...roots];
    for (let id = reach.pop(); id !== undefined; id = reach.pop()) {
      if (needed.has(id)) continue;
      needed.add(id);
      reach.push(...flat.cells[id]!.operands);
    }
    const computed = [...needed].filter((id) => !isLoaded(flat.cells[id]!));
    expect([...plan.order].sort((a, b) => a - b)).toEqual(computed.sort((a, b) => a - b));
    for (const id of plan.order) {
      for (const operand of flat.cells[id]!.operands) {
        if (position.has(operand)) expect(position.get(operand)!).toBeLessThan(position.get(id)!);
      }
    }
    let start = 0;
    for (const end of plan.ends) {
      expect(end).toBeGreaterThan(start);
      expect(end - start).toBeLessThanOrEqual(1.5 * chunkSize + 1);
      start = end;
    }
    expect(start).toBe(plan.order.length);
  }
});

it("cuts between independent parts rather than through one", () => {
  const outputs = Array.from({ length: 6 }, (_, part) => {
    let chain: Node = input("x", part, 16, false);
    for (let i = 0; i < 20; i++) chain = arithmetic("add", chain, input("x", i % 6, 16, false), 16, false);
    return chain;
  });
  const top: ModuleNetlist = {
    name: "top",
    params: {},
    ports: [
      { name: "x", direction: "input", type: vec(6, uint(16)), drivers: [] },
      { name: "y", direction: "output", type: vec(6, uint(16)), drivers: outputs },
    ],
    wires: [],
    registers: [],
    memories: [],
    instances: [],
  };
  const flat = flatten(designOf(top));
  expect(schedule(flat.cells, flat.outputs[0]!.drivers, 25).ends).toEqual([20, 40, 60, 80, 100, 120]);
  expect(schedule(flat.cells, flat.outputs[0]!.drivers, 100).ends).toEqual([120]);
});
