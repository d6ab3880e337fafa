import { describe, expect, it } from "vitest";
import { numberNodes, operandsOf, rootsOf } from "./index.ts";
import { randomNetlist } from "./testing/random-netlist.ts";

describe("numberNodes", () => {
  it("lists every reachable node once, operands before users, with the operands by position", () => {
    for (let seed = 0; seed < 40; seed++) {
      for (const module of randomNetlist(seed).modules) {
        const { order, indexOf, start, operands } = numberNodes(module);
        expect(new Set(order).size).toBe(order.length);
        for (const root of rootsOf(module)) expect(order[indexOf.get(root)!]).toBe(root);
        order.forEach((node, i) => {
          expect(indexOf.get(node)).toBe(i);
          const positions = [...operands.subarray(start[i]!, start[i + 1]!)];
          expect(positions.map((position) => order[position])).toEqual([...operandsOf(node)]);
          expect(positions.every((position) => position < i)).toBe(true);
        });
        expect(start[order.length]).toBe(operands.length);
      }
    }
  });
});
