import type { FlatDesign, FlatProperty } from "./flat-design.ts";
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
  /**
   * By position in `FlatDesign.events`: looks at the properties of a clock edge after `settle`, counts covers and adds the
   * numbers of those that fail to `violated`. `held` tells which resets are active.
   */
  readonly checks: readonly ((held: readonly boolean[]) => void)[];
  readonly violated: number[];
  /** Cycles in which each property was seen to hold; counted for covers alone. */
  readonly counts: Float64Array;
}

/** Helpers that generated expressions may call. */
const helpers = `
function parity(x) { x ^= x >>> 16; x ^= x >>> 8; x ^= x >>> 4; return (0x6996 >>> (x & 15)) & 1; }
function masked(old, data, mask, parts, size) {
  let bits = 0;
  for (let i = 0; i < parts; i++) if ((mask >>> i) & 1) bits |= (size > 31 ? -1 : (1 << size) - 1) << (i * size);
  return (old & ~bits) | (data & bits);
}
function maskedBig(old, data, mask, parts, size) {
  let bits = 0n;
  for (let i = 0; i < parts; i++) if ((mask >> BigInt(i)) & 1n) bits |= ((1n << BigInt(size)) - 1n) << BigInt(i * size);
  return (old & ~bits) | (data & bits);
}
function shiftLeft(x, n) { return n > 31 ? 0 : x << n; }
function shiftRight(x, n) { return n > 31 ? 0 : x >>> n; }
function shiftLeftBig(x, n, width) { return n >= width ? 0n : BigInt.asIntN(width, x) << BigInt(n); }
function shiftRightBig(x, n, width) { return x >> BigInt(n > width ? width : n); }
function parityOfBig(x) { let p = 0; for (; x > 0n; x >>= 32n) p ^= Number(x & 0xffffffffn); return parity(p); }
`;

/** Generates and compiles the code of a design. */
export function compileModule(
  flat: FlatDesign,
  layout: Layout,
  options: ProgramOptions & { readonly properties?: boolean } = {},
): CompiledModule {
  const properties = options.properties === false ? [] : flat.properties;
  const { roots, taken } = rootsOf(flat, layout, properties);
  const program = generateProgram(flat, layout, roots, stateArrays, taken, options);
  const words = new Int32Array(program.words);
  const bigs = new Array<bigint>(program.bigs).fill(0n);
  const list = (name: string): string => flat.events.map((_, event) => `${name}${event}`).join();
  flat.memories.forEach(({ init }, memory) => {
    const { wide, index } = layout.memories[memory]!;
    init.forEach((word, i) => {
      if (wide) bigs[index + i] = word;
      else words[index + i] = Number(word);
    });
  });
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
    ...flat.events.flatMap((_, event) => propertyChecks(properties, event, flat, layout, program)),
    `return { settle, writes: [${list("writes")}], loads: [${list("load")}], checks: [${list("check")}] };`,
  ].join("\n");
  const violated: number[] = [];
  const counts = new Float64Array(properties.length);
  const bindings = { S: words, W: bigs, V: violated, C: counts };
  const functions = instantiate<Omit<CompiledModule, "words" | "bigs" | "violated" | "counts">>(source, bindings);
  return { words, bigs, violated, counts, ...functions };
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
function rootsOf(
  flat: FlatDesign,
  layout: Layout,
  properties: readonly FlatProperty[],
): { roots: Root[]; taken: { words: number; bigs: number } } {
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
  const keep = (cell: number): void => {
    const { operands, wide } = flat.cells[cell]!;
    if (operands.length === 0 || has.has(cell)) return;
    has.add(cell);
    roots.push({ cell, slot: { wide, index: wide ? taken.bigs++ : taken.words++ } });
  };
  for (const { writes } of flat.memories) {
    for (const { enable, address, data, mask } of writes) {
      for (const cell of [enable, address, data]) keep(cell);
      if (mask !== undefined) keep(mask);
    }
  }
  for (const { condition } of properties) keep(condition);
  return { roots, taken };
}

/** The bodies of functions that perform the memory writes of one clock edge. */
function memoryWrites(flat: FlatDesign, layout: Layout, program: Program, event: number): string[] {
  const load = loader(flat, layout, program);
  const statements: string[] = [];
  flat.memories.forEach(({ writes, depth, width, signed }, memory) => {
    const { wide, index } = layout.memories[memory]!;
    const array = wide ? stateArrays.bigs : stateArrays.words;
    for (const { enable, address, data, mask, parts, event: at } of writes) {
      if (at !== event) continue;
      const convert = wide && !flat.cells[data]!.wide;
      const value = convert ? `BigInt(${load(data)})` : load(data);
      const word = `${array}[${index} + Number(a)]`;
      let stored = value;
      if (mask !== undefined) {
        const bits = wide && !flat.cells[mask]!.wide ? `BigInt(${load(mask)})` : load(mask);
        const joined = `${wide ? "maskedBig" : "masked"}(${word}, ${value}, ${bits}, ${parts}, ${width / parts})`;
        if (wide) stored = `BigInt.${signed ? "asIntN" : "asUintN"}(${width}, ${joined})`;
        else stored = signed ? `${joined} << ${32 - width} >> ${32 - width}` : joined;
      }
      statements.push(
        `if (${load(enable)}) { const a = ${load(address)}; if (a >= 0 && a < ${depth}) ${word} = ${stored}; }`,
      );
    }
  });
  return inPortions(statements);
}

/** Statements as the bodies of functions that V8 optimises. */
function inPortions(statements: readonly string[]): string[] {
  const bodies: string[] = [];
  for (let start = 0; start < statements.length; start += 100) {
    bodies.push(statements.slice(start, start + 100).join("\n"));
  }
  return bodies;
}

/** The text that reads a cell which the program has stored, or which is state or an input. */
function loader(flat: FlatDesign, layout: Layout, program: Program): (id: number) => string {
  return (id) => {
    const { node, place, wide, max } = flat.cells[id]!;
    if (node.kind === "constant") return wide ? `${node.value}n` : `${node.value}`;
    const slot: Slot = program.stored.get(id) ?? slotOfLoaded(layout, node.kind, place);
    const text = `${slot.wide ? stateArrays.bigs : stateArrays.words}[${slot.index}]`;
    return !wide && max >= 2 ** 31 ? `(${text} >>> 0)` : text;
  };
}

/** The function that looks at the properties of one clock edge, with helpers where there are many. */
function propertyChecks(
  properties: readonly FlatProperty[],
  event: number,
  flat: FlatDesign,
  layout: Layout,
  program: Program,
): string[] {
  const load = loader(flat, layout, program);
  const statements = properties.flatMap(({ kind, condition, event: at, resetLine }, i) => {
    if (at !== event) return [];
    const active = resetLine < 0 ? "" : `h[${resetLine}] !== true && `;
    const holds = load(condition);
    return kind === "cover" ? `if (${active}${holds} !== 0) C[${i}]++;` : `if (${active}${holds} === 0) V.push(${i});`;
  });
  const bodies = inPortions(statements);
  return [
    ...bodies.map((body, i) => `function check${event}_${i}(h) {\n${body}\n}`),
    `function check${event}(h) {`,
    ...bodies.map((_, i) => `check${event}_${i}(h);`),
    "}",
  ];
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
