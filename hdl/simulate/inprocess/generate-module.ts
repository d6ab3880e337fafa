import type { FlatDesign } from "./flat-design.ts";
import {
  generateProgram,
  type Program,
  type ProgramOptions,
  type Root,
  slotOfLoaded,
  stateArrays,
} from "./generate-program.ts";
import type { Layout, Slot } from "./layout.ts";

/** A design as functions on two arrays of state. */
export interface CompiledModule {
  readonly words: Int32Array;
  readonly bigs: bigint[];
  /** Computes outputs, next values and write operands from registers, memories and inputs; changes none of these. */
  settle(): void;
  /**
   * By position in `FlatDesign.events`, the two halves of a clock edge: memory writes, which read registers, and the
   * loading of registers with what `settle` has computed. Of simultaneous edges all writes come first.
   */
  readonly writes: readonly (() => void)[];
  readonly loads: readonly (() => void)[];
}

/** Helpers that generated expressions may call. */
const helpers = `
function parity(x) { x ^= x >>> 16; x ^= x >>> 8; x ^= x >>> 4; return (0x6996 >>> (x & 15)) & 1; }
function shiftLeft(x, n) { return n > 31 ? 0 : x << n; }
function shiftRight(x, n) { return n > 31 ? 0 : x >>> n; }
function shiftLeftBig(x, n, width) { return n >= width ? 0n : BigInt.asIntN(width, x) << BigInt(n); }
function shiftRightBig(x, n, width) { return x >> BigInt(n > width ? width : n); }
function parityOfBig(x) { let p = 0; for (; x > 0n; x >>= 32n) p ^= Number(x & 0xffffffffn); return parity(p); }
`;

/** Generates and compiles the code of a design. */
export function compileModule(flat: FlatDesign, layout: Layout, options: ProgramOptions = {}): CompiledModule {
  const { roots, taken } = rootsOf(flat, layout);
  const program = generateProgram(flat, layout, roots, stateArrays, taken, options);
  const words = new Int32Array(program.words);
  const bigs = new Array<bigint>(program.bigs).fill(0n);
  const source = [
    ...flat.events.flatMap((_, event) => {
      const writes = memoryWrites(flat, layout, program, event);
      return [
        ...writes.map((body, i) => `function write${event}_${i}() {\n${body}\n}`),
        `function writes${event}() {`,
        ...writes.map((_, i) => `write${event}_${i}();`),
        `}\nfunction load${event}() {`,
        registerCopy(layout, event),
        "}",
      ];
    }),
    ...programFunctions(program, "settle"),
    `return { settle, writes: [${flat.events.map((_, i) => `writes${i}`)}], loads: [${flat.events.map((_, i) => `load${i}`)}] };`,
  ].join("\n");
  const functions = instantiate<Pick<CompiledModule, "settle" | "writes" | "loads">>(source, { S: words, W: bigs });
  return { words, bigs, ...functions };
}

/** A program as text: its functions and one, called `name`, that calls them all. */
export function programFunctions(program: Program, name: string): string[] {
  return [
    ...program.functions.map((body, i) => `function ${name}${i}() {\n${body}\n}`),
    `function ${name}() {`,
    ...program.functions.map((_, i) => `${name}${i}();`),
    "}",
  ];
}

/** Compiles generated source that ends in a `return`; `bindings` are its free variables. */
export function instantiate<T>(source: string, bindings: Readonly<Record<string, unknown>>): T {
  const names = Object.keys(bindings);
  return new Function(...names, `"use strict";${helpers}${source}`)(...names.map((name) => bindings[name])) as T;
}

/** All values that a cycle must leave behind, each with its place. */
function rootsOf(flat: FlatDesign, layout: Layout): { roots: Root[]; taken: { words: number; bigs: number } } {
  const roots: Root[] = [];
  const taken = { words: layout.words, bigs: layout.bigs };
  flat.registers.forEach(({ next }, i) => {
    roots.push({ cell: next, slot: layout.nexts[i]! });
  });
  flat.outputs.forEach(({ drivers }, port) => {
    const { wide, index } = layout.outputs[port]!;
    drivers.forEach((cell, i) => {
      roots.push({ cell, slot: { wide, index: index + i } });
    });
  });
  const has = new Set(roots.filter(({ cell, slot }) => flat.cells[cell]!.wide === slot.wide).map(({ cell }) => cell));
  for (const { writes } of flat.memories) {
    for (const write of writes) {
      for (const cell of [write.enable, write.address, write.data]) {
        const { operands, wide } = flat.cells[cell]!;
        if (operands.length === 0 || has.has(cell)) continue;
        has.add(cell);
        roots.push({ cell, slot: { wide, index: wide ? taken.bigs++ : taken.words++ } });
      }
    }
  }
  return { roots, taken };
}

/** The bodies of functions that perform the memory writes of one clock edge. */
function memoryWrites(flat: FlatDesign, layout: Layout, program: Program, event: number): string[] {
  const load = (id: number): string => {
    const { node, place, wide, max } = flat.cells[id]!;
    if (node.kind === "constant") return wide ? `${node.value}n` : `${node.value}`;
    const slot: Slot = program.stored.get(id) ?? slotOfLoaded(layout, node.kind, place);
    const text = `${slot.wide ? stateArrays.bigs : stateArrays.words}[${slot.index}]`;
    return !wide && max >= 2 ** 31 ? `(${text} >>> 0)` : text;
  };
  const statements: string[] = [];
  flat.memories.forEach(({ writes, depth }, memory) => {
    const { wide, index } = layout.memories[memory]!;
    const array = wide ? stateArrays.bigs : stateArrays.words;
    for (const { enable, address, data, event: at } of writes) {
      if (at !== event) continue;
      const convert = wide && !flat.cells[data]!.wide;
      const value = convert ? `BigInt(${load(data)})` : load(data);
      statements.push(
        `if (${load(enable)}) { const a = ${load(address)}; if (a >= 0 && a < ${depth}) ${array}[${index} + Number(a)] = ${value}; }`,
      );
    }
  });
  const bodies: string[] = [];
  for (let start = 0; start < statements.length; start += 100) {
    bodies.push(statements.slice(start, start + 100).join("\n"));
  }
  return bodies;
}

function registerCopy({ ranges, registerWords, registerBigs }: Layout, event: number): string {
  const { words, bigs } = stateArrays;
  const range = ranges[event]!;
  const loop = (array: string, { from, to }: { from: number; to: number }, n: number): string =>
    from === to ? "" : `for (let i = ${from}; i < ${to}; i++) ${array}[i] = ${array}[${n} + i];`;
  // The built-in copy has a fixed cost of some tens of nanoseconds.
  const { from, to } = range.words;
  const copyWords =
    to - from > 64
      ? `${words}.copyWithin(${from}, ${registerWords + from}, ${registerWords + to});`
      : loop(words, range.words, registerWords);
  return `${copyWords}\n${loop(bigs, range.bigs, registerBigs)}`;
}
