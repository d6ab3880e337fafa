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

/**
 * Where the state of a design is kept: two arrays, one of 32-bit words for values of up to 32 bits and one of bigints.
 * Both begin with all registers, followed by as many next values in the same order, so that a clock edge is one copy.
 */
export interface Layout {
  readonly registers: readonly Slot[];
  readonly nexts: readonly Slot[];
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
  const registers = flat.registers.map(({ width }) => take(width, 1));
  const registerWords = words;
  const registerBigs = bigs;
  const nexts = flat.registers.map(({ width }) => take(width, 1));
  const inputs = flat.inputs.map(({ width, elements }) => take(width, elements));
  const inputElements = inputs.flatMap(({ wide, index, length }) =>
    Array.from({ length }, (_, i) => ({ wide, index: index + i })),
  );
  const outputs = flat.outputs.map(({ width, drivers }) => take(width, drivers.length));
  const memories = flat.memories.map(({ width, depth }) => take(width, depth));
  return { registers, nexts, inputElements, inputs, outputs, memories, registerWords, registerBigs, words, bigs };
}
