import type { FlatDesign } from "./flat-design.ts";

/** Where a value is kept: an index into the array of words or, when wide, into the array of bigints. */
export interface Slot {
  readonly wide: boolean;
  readonly index: number;
}

/** Places of a run of elements; ports lie in one piece. */
export interface Block extends Slot {
  readonly length: number;
}

/** The registers of one clock edge: words and bigints from `from` up to, not including, `to`. */
export interface RegisterRange {
  readonly words: { readonly from: number; readonly to: number };
  readonly bigs: { readonly from: number; readonly to: number };
}

/**
 * Where the state of a design is kept: two arrays, one of 32-bit words for values of up to 32 bits and one of bigints.
 * Both begin with all registers, followed by as many next values in the same order; those of one clock edge stand together, so that the edge is one copy.
 */
export interface Layout {
  readonly registers: readonly Slot[];
  readonly nexts: readonly Slot[];
  /** By position in `FlatDesign.events`. */
  readonly ranges: readonly RegisterRange[];
  /** By number of input element, see `FlatInput.first`. */
  readonly inputElements: readonly Slot[];
  readonly inputs: readonly Block[];
  readonly outputs: readonly Block[];
  readonly memories: readonly Block[];
  readonly registerWords: number;
  readonly registerBigs: number;
  /** Lengths so far; temporaries follow. */
  readonly words: number;
  readonly bigs: number;
}

/** Gives every register, port and memory of a flattened design its place. */
export function layOut(flat: FlatDesign): Layout {
  let words = 0;
  let bigs = 0;
  const take = (width: number, length: number): Block => {
    const wide = width > 32;
    const index = wide ? bigs : words;
    if (wide) bigs += length;
    else words += length;
    return { wide, index, length };
  };
  const registers: Slot[] = new Array<Slot>(flat.registers.length);
  const ranges = flat.events.map((_, event): RegisterRange => {
    const [fromWord, fromBig] = [words, bigs];
    flat.registers.forEach((register, i) => {
      if (register.event === event) registers[i] = take(register.width, 1);
    });
    return { words: { from: fromWord, to: words }, bigs: { from: fromBig, to: bigs } };
  });
  const registerWords = words;
  const registerBigs = bigs;
  const nexts = registers.map(({ wide, index }) => ({ wide, index: index + (wide ? bigs : words) }));
  words *= 2;
  bigs *= 2;
  const inputs = flat.inputs.map(({ width, elements }) => take(width, elements));
  const inputElements = inputs.flatMap(({ wide, index, length }) =>
    Array.from({ length }, (_, i) => ({ wide, index: index + i })),
  );
  const outputs = flat.outputs.map(({ width, drivers }) => take(width, drivers.length));
  const memories = flat.memories.map(({ width, depth }) => take(width, depth));
  const counts = { registerWords, registerBigs, words, bigs };
  return { registers, nexts, ranges, inputElements, inputs, outputs, memories, ...counts };
}
