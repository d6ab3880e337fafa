import { describe, expect, it } from "vitest";
import {
  cast,
  constant,
  type Design,
  designOf,
  input,
  type MemoryDefinition,
  type ModuleNetlist,
  memoryRead,
  type Node,
  not,
  register,
} from "../../ir/index.ts";
import { bit, type PackedType, sint, uint, vec } from "../../types/index.ts";
import { createInProcessEngine } from "./engine.ts";

const inPort = (name: string, type: PackedType) => ({ name, direction: "input", type, drivers: [] }) as const;
const outPort = (name: string, type: PackedType, ...drivers: Node[]) =>
  ({ name, direction: "output", type, drivers }) as const;

function designWith(parts: Partial<ModuleNetlist>): Design {
  const empty = { name: "top", params: {}, ports: [], wires: [], registers: [], memories: [], instances: [] };
  return designOf({ ...empty, ...parts });
}

/** A memory of `depth` signed words behind one that nothing writes, with one read and one write address. */
function memoryDesign(depth: number, width: number, addressSigned: boolean): Design {
  const addressType = addressSigned ? sint(4) : uint(4);
  const [to, from] = [input("to", 0, 4, addressSigned), input("from", 0, 4, addressSigned)];
  const memory: MemoryDefinition = {
    id: 7,
    name: "words",
    depth,
    width,
    signed: true,
    writes: [{ enable: input("enable", 0, 1, false), address: to, data: input("data", 0, width, true) }],
  };
  const neighbour = { id: 3, name: "neighbour", depth: 8, width, signed: true, writes: [] };
  return designWith({
    ports: [
      inPort("enable", bit),
      inPort("to", addressType),
      inPort("data", sint(width)),
      inPort("from", addressType),
      outPort("word", sint(width), memoryRead(7, from, width, true)),
      outPort("other", sint(width), memoryRead(3, from, width, true)),
    ],
    memories: [neighbour, memory],
  });
}

describe("memories", () => {
  for (const width of [24, 32, 40]) {
    it(`of ${width} bits keep words, read 0 beyond the depth and ignore writes there`, () => {
      for (const depth of [1, 5, 16]) {
        for (const signed of [false, true]) {
          const engine = createInProcessEngine(memoryDesign(depth, width, signed));
          const word = (value: number) => (width > 32 ? BigInt(value) : value);
          const model = new Map<number, number>();
          const addresses = Array.from({ length: 16 }, (_, i) => (signed ? i - 8 : i));
          addresses.forEach((to, i) => {
            const data = (i + 1) * -1000;
            engine.write(0, [i === 3 ? 0 : 1]);
            engine.write(1, [to]);
            engine.write(2, [data]);
            engine.write(3, [to]);
            expect(engine.read(0)[0]).toBe(word(0));
            engine.step(1);
            if (i !== 3 && to >= 0 && to < depth) model.set(to, data);
            for (const from of addresses) {
              engine.write(3, [from]);
              expect(engine.read(0)[0], `depth ${depth}, address ${from}`).toBe(word(model.get(from) ?? 0));
              expect(engine.read(1)[0]).toBe(word(0));
            }
          });
          expect(model.size).toBeGreaterThan(0);
        }
      }
    });
  }

  it("write what registers held before the edge, and are not reset", () => {
    const x = input("x", 0, 8, false);
    const held = register(0, 8, false);
    const design = designWith({
      ports: [inPort("x", uint(8)), outPort("y", uint(8), memoryRead(0, constant(0n, 1, false), 8, false))],
      registers: [{ node: held, name: "held", next: x, reset: 99n, group: 0 }],
      memories: [
        {
          id: 0,
          name: "words",
          depth: 2,
          width: 8,
          signed: false,
          writes: [{ enable: constant(1n, 1, false), address: constant(0n, 1, false), data: held }],
        },
      ],
    });
    const engine = createInProcessEngine(design);
    const seen: unknown[] = [];
    for (const value of [11, 22, 33, 44]) {
      engine.write(0, [value]);
      engine.step(1, value === 33);
      seen.push(engine.read(0)[0]);
    }
    expect(seen).toEqual([0, 11, 22, 99]);
  });
});

describe("registers", () => {
  it("that take inputs and each other move together", () => {
    // Every third register is fed backwards, so that the copies come in runs with gaps between them.
    const count = 40;
    const inputs = Array.from({ length: count }, (_, i) => input("x", i, 16, true));
    const first = inputs.map((_, i) => register(i, 16, true));
    const second = inputs.map((_, i) => register(count + i, 16, true));
    const source = (nodes: readonly Node[], i: number): Node => (i % 13 === 12 ? nodes[count - 1 - i]! : nodes[i]!);
    const third = inputs.map((_, i) => register(2 * count + i, 16, false));
    const define = (nodes: typeof first, next: (i: number) => Node) =>
      nodes.map((node, i) => ({ node, name: `r${node.id}`, next: next(i), reset: undefined, group: node.id }));
    const design = designWith({
      ports: [inPort("x", vec(count, sint(16))), outPort("y", vec(count, uint(16)), ...third)],
      registers: [
        ...define(first, (i) => source(inputs, i)),
        ...define(second, (i) => source(first, i)),
        ...define(third, (i) => (i % 10 === 0 ? cast(second[i]!, false) : cast(source(second, i), false))),
      ],
    });
    const engine = createInProcessEngine(design);
    const values = Int16Array.from({ length: count }, (_, i) => i * 1000 - 20_000);
    const pick = (list: readonly number[], i: number): number => (i % 13 === 12 ? list[count - 1 - i]! : list[i]!);
    const one = Array.from(values, (_, i) => pick(Array.from(values), i));
    const two = one.map((_, i) => pick(one, i));
    const three = two.map((_, i) => (i % 10 === 0 ? two[i]! : pick(two, i)) & 0xffff);
    engine.write(0, values);
    engine.step(1);
    engine.write(0, new Int16Array(count));
    engine.step(1);
    expect(Array.from(engine.read(0) as Uint32Array)).toEqual(new Array(count).fill(0));
    engine.step(1);
    expect(Array.from(engine.read(0) as Uint32Array)).toEqual(three);
    engine.step(1);
    expect(Array.from(engine.read(0) as Uint32Array)).toEqual(new Array(count).fill(0));
  });

  it("that take neighbouring inputs keep them apart from a computed one between them", () => {
    const inputs = Array.from({ length: 24 }, (_, i) => input("x", i, 8, false));
    const nexts: Node[] = [...inputs.slice(0, 12), not(inputs[0]!), ...inputs.slice(12)];
    const nodes = nexts.map((_, i) => register(i, 8, false));
    const design = designWith({
      ports: [inPort("x", vec(24, uint(8))), outPort("y", vec(25, uint(8)), ...nodes)],
      registers: nodes.map((node, i) => ({ node, name: `r${i}`, next: nexts[i]!, reset: undefined, group: i })),
    });
    const engine = createInProcessEngine(design);
    const values = Uint8Array.from({ length: 24 }, (_, i) => i + 1);
    engine.write(0, values);
    engine.step(1);
    expect(Array.from(engine.read(0) as Uint32Array)).toEqual([...values.slice(0, 12), 254, ...values.slice(12)]);
  });

  it("begin at 0, take their reset value only with reset, and else their next value", () => {
    const x = input("x", 0, 40, true);
    const [plain, narrow, wide] = [register(0, 40, true), register(1, 32, false), register(2, 40, true)];
    const design = designWith({
      ports: [
        inPort("x", sint(40)),
        outPort("plain", sint(40), plain),
        outPort("narrow", uint(32), narrow),
        outPort("wide", sint(40), wide),
      ],
      registers: [
        { node: plain, name: "plain", next: x, reset: undefined, group: 0 },
        { node: narrow, name: "narrow", next: constant(5n, 32, false), reset: 0xffff_fff0n, group: 1 },
        { node: wide, name: "wide", next: x, reset: -(1n << 39n), group: 2 },
      ],
    });
    const engine = createInProcessEngine(design);
    const state = () => [0, 1, 2].map((port) => engine.read(port)[0]);
    engine.write(0, [-7]);
    expect(state()).toEqual([0n, 0, 0n]);
    engine.step(1, true);
    expect(state()).toEqual([-7n, 0xffff_fff0, -(1n << 39n)]);
    engine.step(1);
    expect(state()).toEqual([-7n, 5, -7n]);
  });
});
