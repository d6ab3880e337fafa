import { describe, expect, it } from "vitest";
import { type PackedType, sint, uint, vec } from "../types/index.ts";
import {
  arithmetic,
  bitwise,
  cast,
  compare,
  concat,
  constant,
  type Design,
  designOf,
  extend,
  indexBits,
  input,
  instanceOutput,
  type ModuleNetlist,
  memoryRead,
  mux,
  type Node,
  not,
  reduce,
  register,
  replicate,
  shift,
  slice,
  verifyModule,
  verifyNetlist,
  wire,
} from "./index.ts";
import { randomNetlist } from "./testing/random-netlist.ts";

const a = input("a", 0, 4, false);
const s = input("s", 0, 4, true);
const bit = input("bit", 0, 1, false);
const empty: ModuleNetlist = {
  name: "M",
  params: {},
  ports: [
    { name: "a", direction: "input", type: uint(4), drivers: [] },
    { name: "s", direction: "input", type: sint(4), drivers: [] },
    { name: "bit", direction: "input", type: uint(1), drivers: [] },
  ],
  wires: [],
  registers: [],
  memories: [],
  instances: [],
};

const typeOf = (node: Node): PackedType => (node.signed ? sint(node.width) : uint(node.width));
const withOutput = (node: Node): ModuleNetlist => ({
  ...empty,
  ports: [...empty.ports, { name: "q", direction: "output", type: typeOf(node), drivers: [node] }],
});

/** A node with a property that no factory would give it. */
const broken = (node: Node, change: object): Node => ({ ...node, ...change }) as Node;

describe("verifyModule refuses", () => {
  const nodes: readonly [string, Node][] = [
    ["width 0", broken(a, { width: 0 })],
    ["width 1.5", broken(not(a), { width: 1.5 })],
    ["16 does not fit", constant(16n, 4, false)],
    ["-9 does not fit", constant(-9n, 4, true)],
    ["there is no port b", input("b", 0, 4, false)],
    ["port a has no element 1", input("a", 1, 4, false)],
    ["port a has elements uint(4)", input("a", 0, 5, false)],
    ["there is no wire 0", wire(0, 1, false)],
    ["there is no register 0", register(0, 1, false)],
    ["there is no memory 0", memoryRead(0, a, 1, false)],
    ["there is no instance 0", instanceOutput(0, "q", 0, 1, false)],
    ["one operand is signed", arithmetic("add", a, s, 5, false)],
    ["its operands are unsigned", arithmetic("add", a, a, 5, true)],
    ["its operands are signed", arithmetic("sub", s, s, 5, false)],
    ["right operand is uint(1)", bitwise("and", a, bit)],
    ["left operand is sint(4)", broken(bitwise("and", s, s), { signed: false })],
    ["operand is uint(4), not uint(5)", broken(not(a), { width: 5 })],
    ["one operand is signed", compare("lt", a, s)],
    ["its width should be 1", broken(compare("lt", a, a), { width: 2 })],
    ["condition is uint(4)", mux(a, a, a)],
    ["arm when false is sint(4)", mux(bit, a, s)],
    ["has no parts", broken(concat([a]), { parts: [] })],
    ["its width should be 5", broken(concat([a, bit]), { width: 6 })],
    ["is signed", broken(concat([a, bit]), { signed: true })],
    ["count 0", broken(replicate(a, 1), { count: 0 })],
    ["its width should be 8", broken(replicate(a, 2), { width: 4 })],
    ["bits 4 to 0", slice(a, 4, 0)],
    ["bits 3 to -1", slice(a, 3, -1)],
    ["bits 1 to 2", broken(slice(a, 1, 1), { low: 2 })],
    ["its operand has 4 bits", extend(a, 3)],
    ["its sign is not its operand's", broken(extend(a, 5), { signed: true })],
    ["its operand has 4 bits", broken(cast(a, true), { width: 3 })],
    ["its amount is signed", shift("left", a, s, 4)],
    ["its operand has 4 bits", shift("right", a, a, 5)],
    ["its sign is not its operand's", broken(shift("left", a, a, 4), { signed: true })],
    ["its operand is signed", indexBits(s, a, 1, 1)],
    ["its index is signed", indexBits(a, s, 1, 1)],
    ["stride 0", indexBits(a, a, 0, 1)],
    ["its width should be 1", broken(reduce("or", a), { width: 2 })],
  ];
  for (const [problem, node] of nodes) {
    it(`${node.kind}: ${problem}`, () => {
      const check = () => verifyModule(withOutput(reduce("or", node)));
      expect(check).toThrow(problem);
      expect(check).toThrow(/^netlist of module M, [a-z-]+ node, [us]int/);
    });
  }

  const r = register(0, 4, false);
  const w = wire(0, 4, false);
  const definition = { node: r, name: "r", next: a, reset: undefined, group: 0 };
  const memory = { id: 0, name: "ram", depth: 2, width: 4, signed: false, writes: [] };
  const child: ModuleNetlist = { ...withOutput(a), name: "Child" };
  const inputs = new Map([
    ["a", [a]],
    ["s", [s]],
    ["bit", [bit]],
  ]);
  const instance = { id: 0, name: "u", module: child, inputs };
  const output = (type: PackedType, ...drivers: Node[]) => ({ name: "q", direction: "output" as const, type, drivers });
  const modules: readonly [string, Partial<ModuleNetlist>][] = [
    ["2 drivers for 1 elements", { ports: [...empty.ports, output(uint(4), a, a)] }],
    ["1 drivers for 2 elements", { ports: [...empty.ports, output(vec(2, uint(4)), a)] }],
    ["output port q, element 1: is uint(1)", { ports: [...empty.ports, output(vec(2, uint(4)), a, bit)] }],
    ["has no bits", { ports: [{ name: "z", direction: "input", type: vec(0, uint(4)), drivers: [] }] }],
    ["has drivers", { ports: [{ name: "z", direction: "input", type: uint(4), drivers: [a] }] }],
    ["not a Verilog identifier", { ports: [{ name: "a b", direction: "input", type: uint(4), drivers: [] }] }],
    ["register a: its name is taken", { registers: [{ ...definition, name: "a" }] }],
    ["register r2: id 0 is taken", { registers: [definition, { ...definition, name: "r2" }] }],
    ["register r, next value: is uint(1)", { registers: [{ ...definition, next: bit }] }],
    ["reset value 16 does not fit uint(4)", { registers: [{ ...definition, reset: 16n }] }],
    ["wire w, driver: is sint(4)", { wires: [{ node: w, name: "w", driver: s }] }],
    ["memory ram: depth 0", { memories: [{ ...memory, depth: 0 }] }],
    ["write enable: is uint(4)", { memories: [{ ...memory, writes: [{ enable: a, address: a, data: a }] }] }],
    ["write data: is uint(1)", { memories: [{ ...memory, writes: [{ enable: bit, address: a, data: bit }] }] }],
    ["write address is signed", { memories: [{ ...memory, writes: [{ enable: bit, address: s, data: a }] }] }],
    ["input bit is not driven", { instances: [{ ...instance, inputs: new Map([...inputs].slice(0, 2)) }] }],
    ["input s, element 0: is uint(4)", { instances: [{ ...instance, inputs: new Map([...inputs, ["s", [a]]]) }] }],
    ["does not have", { instances: [{ ...instance, inputs: new Map([...inputs, ["t", [a]]]) }] }],
    [
      "there is no port x",
      { instances: [instance], wires: [{ node: w, name: "w", driver: instanceOutput(0, "x", 0, 4, false) }] },
    ],
    [
      "the memory is uint(4)",
      { memories: [memory], wires: [{ node: wire(0, 4, true), name: "w", driver: memoryRead(0, a, 4, true) }] },
    ],
  ];
  for (const [problem, change] of modules) {
    it(problem, () => {
      expect(() => verifyModule({ ...empty, ...change })).toThrow(problem);
    });
  }

  it("a module list that is out of order, repeated or without the top at its end", () => {
    const top: ModuleNetlist = { ...empty, name: "Top", instances: [instance] };
    verifyNetlist(designOf(top));
    const list = (...listed: ModuleNetlist[]): Design => ({ top, modules: listed });
    expect(() => verifyNetlist(list(top, child))).toThrow("its module Child does not come before it");
    expect(() => verifyNetlist(list(child, child, top))).toThrow("is listed twice");
    expect(() => verifyNetlist(list(child))).toThrow("the top is not the last");
  });
});

describe("verifyNetlist accepts", () => {
  it("random netlists", () => {
    for (let seed = 0; seed < 100; seed++) {
      expect(() => verifyNetlist(randomNetlist(seed))).not.toThrow();
      expect(() => verifyNetlist(randomNetlist(seed, { maxWidth: 5, repeatedClasses: true }))).not.toThrow();
    }
  });

  it("the signed difference of unsigned values", () => {
    expect(() => verifyModule(withOutput(arithmetic("sub", a, a, 5, true)))).not.toThrow();
  });

  it("deep expressions", () => {
    let node: Node = a;
    for (let i = 0; i < 100_000; i++) node = not(node);
    expect(() => verifyModule(withOutput(node))).not.toThrow();
    expect(() => verifyModule(withOutput(slice(node, 9, 0)))).toThrow("bits 9 to 0");
  });
});
