import { expect, it } from "vitest";
import { sint, uint, vec } from "../types/index.ts";
import {
  arithmetic,
  constant,
  designOf,
  input,
  instanceOutput,
  type ModuleNetlist,
  memoryRead,
  mux,
  printNetlist,
  register,
  slice,
  wire,
} from "./index.ts";

it("prints every part of a design, children first", () => {
  const a = input("a", 0, 4, true);
  const child: ModuleNetlist = {
    name: "Child",
    params: {},
    ports: [
      { name: "a", direction: "input", type: vec(2, sint(4)), drivers: [] },
      {
        name: "q",
        direction: "output",
        type: sint(8),
        drivers: [arithmetic("mul", a, input("a", 1, 4, true), 8, true)],
      },
    ],
    wires: [],
    registers: [],
    memories: [],
    instances: [],
  };
  const state = register(4, 8, true);
  const named = wire(9, 1, false);
  const product = instanceOutput(3, "q", 0, 8, true);
  const x = input("x", 0, 4, true);
  const top: ModuleNetlist = {
    ...child,
    name: "Top",
    ports: [
      { name: "x", direction: "input", type: sint(4), drivers: [] },
      { name: "y", direction: "output", type: uint(2), drivers: [slice(state, 1, 0, { label: "low" })] },
    ],
    wires: [{ node: named, name: "sign", driver: slice(x, 3, 3) }],
    registers: [{ node: state, name: "state", next: mux(named, product, state), reset: -1n, group: 0 }],
    memories: [
      {
        id: 6,
        name: "ram",
        depth: 2,
        width: 4,
        signed: true,
        writes: [{ enable: named, address: named, data: memoryRead(6, named, 4, true) }],
      },
    ],
    instances: [{ id: 3, name: "u", module: child, inputs: new Map([["a", [x, constant(-2n, 4, true)]]]) }],
  };
  expect(printNetlist(designOf(top))).toBe(`module Child
  input a: vec(2, sint(4))
  output q: sint(8)
  %0 = mul(a[0], a[1]): sint(8)
  drive q = %0

module Top
  input x: sint(4)
  output y: uint(2)
  memory ram: 2 x sint(4)
  %0 = slice(state, 1, 0): uint(2)  "low"
  %1 = slice(x, 3, 3): bit
  %2 = mux(sign, u.q, state): sint(8)
  %3 = ram[sign]: sint(4)
  wire sign: bit = %1
  register state: sint(8), group 0, reset -1, next %2
  write ram[sign] = %3 when sign
  instance u: Child(a = [x, -2:s4])
  drive y = %0
`);
});
