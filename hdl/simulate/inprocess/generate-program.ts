import type { FlatDesign } from "./flat-design.ts";
import { type Expression, ExpressionGenerator, needsAddressCheck } from "./generate-expression.ts";
import type { Layout, Slot } from "./layout.ts";
import { isLoaded, schedule } from "./schedule.ts";

/** A value that has to be stored. */
export interface Root {
  readonly cell: number;
  readonly slot: Slot;
}

/** Names of the arrays of words and of bigints that generated code uses. */
export interface ArrayNames {
  readonly words: string;
  readonly bigs: string;
}

/** The arrays that hold registers, inputs and memories. */
export const stateArrays: ArrayNames = { words: "S", bigs: "W" };

/** Generated functions without arguments, to be called in order; each computes a part of the roots. */
export interface Program {
  readonly functions: readonly string[];
  /** Place of any cell after the functions have run, for cells that were stored; loaded cells have theirs in the layout. */
  readonly stored: ReadonlyMap<number, Slot>;
  /** Array lengths needed, temporaries included. */
  readonly words: number;
  readonly bigs: number;
}

/** How generated code is cut; the defaults are measured. */
export interface ProgramOptions {
  /**
   * Operators per function. V8 never optimises a function of more than about 60 KB of byte code, and gets slow long
   * before; small functions pass more values through memory.
   */
  readonly chunkSize?: number;
  /** Depth of one expression. Values used once stand where they are used, but the parser recurses. */
  readonly depthLimit?: number;
}

/**
 * Generates code that computes `roots` from registers, inputs and memories (`stateArrays`) and stores them, and the
 * values that one function hands to another, in the arrays called `target`, of which `words` and `bigs` are taken.
 */
export function generateProgram(
  flat: FlatDesign,
  layout: Layout,
  roots: readonly Root[],
  target: ArrayNames,
  taken: { readonly words: number; readonly bigs: number },
  options: ProgramOptions = {},
): Program {
  return new ProgramGenerator(flat, layout, roots, target, taken, options).generate();
}

class ProgramGenerator {
  readonly #flat: FlatDesign;
  readonly #layout: Layout;
  readonly #target: ArrayNames;
  readonly #chunkSize: number;
  readonly #depthLimit: number;
  readonly #roots: readonly Root[];
  readonly #rootsOf = new Map<number, Slot[]>();
  readonly #stored = new Map<number, Slot>();
  readonly #texts = new Map<number, Expression>();
  readonly #depths = new Map<number, number>();
  readonly #expressions: ExpressionGenerator;
  readonly #checkedAddresses: ReadonlySet<number>;
  #words: number;
  #bigs: number;
  #statements: string[] = [];
  /** Uses inside the present chunk of values that come from outside it. */
  #loads = new Map<number, number>();

  constructor(
    flat: FlatDesign,
    layout: Layout,
    roots: readonly Root[],
    target: ArrayNames,
    taken: { readonly words: number; readonly bigs: number },
    options: ProgramOptions,
  ) {
    this.#flat = flat;
    this.#layout = layout;
    this.#roots = roots;
    this.#checkedAddresses = checkedAddresses(flat);
    this.#target = target;
    this.#words = taken.words;
    this.#bigs = taken.bigs;
    this.#chunkSize = options.chunkSize ?? 300;
    this.#depthLimit = options.depthLimit ?? 64;
    this.#expressions = new ExpressionGenerator({
      cell: (id) => flat.cells[id]!,
      operand: (id) => this.#operand(id),
      memory: (place) => {
        const { wide, index, length } = layout.memories[place]!;
        return { array: wide ? stateArrays.bigs : stateArrays.words, base: index, depth: length };
      },
    });
  }

  generate(): Program {
    const { cells } = this.#flat;
    const copies: Root[] = [];
    for (const root of this.#roots) {
      if (isLoaded(cells[root.cell]!)) copies.push(root);
      else push(this.#rootsOf, root.cell, root.slot);
    }
    const plan = schedule(
      cells,
      this.#roots.map((root) => root.cell),
      this.#chunkSize,
    );
    const functions: string[] = [];
    let start = 0;
    plan.ends.forEach((end, chunk) => {
      const ids = plan.order.slice(start, end);
      start = end;
      this.#loads = this.#countLoads(ids, chunk, plan.chunkOf);
      this.#statements = [];
      this.#texts.clear();
      this.#depths.clear();
      for (const id of ids) {
        const uses = plan.uses[id]! + this.#extraUses(id);
        this.#emit(id, uses, plan.lastChunkOf[id]! > chunk);
      }
      if (this.#statements.length > 0) functions.push(this.#statements.join("\n"));
    });
    functions.push(...this.#copyFunctions(copies));
    return { functions, stored: this.#stored, words: this.#words, bigs: this.#bigs };
  }

  /** A checked memory read names its address twice, so the address must not be an expression written in place. */
  #extraUses(id: number): number {
    return this.#checkedAddresses.has(id) ? 1 : 0;
  }

  #countLoads(ids: readonly number[], chunk: number, chunkOf: Int32Array): Map<number, number> {
    const loads = new Map<number, number>();
    for (const id of ids) {
      for (const operand of this.#flat.cells[id]!.operands) {
        if (chunkOf[operand] === chunk) continue;
        loads.set(operand, (loads.get(operand) ?? 0) + 1 + this.#extraUses(operand));
      }
    }
    return loads;
  }

  #emit(id: number, uses: number, usedLater: boolean): void {
    const cell = this.#flat.cells[id]!;
    const expression = this.#expressions.generate(cell);
    const slots = this.#rootsOf.get(id) ?? [];
    let depth = 1;
    for (const operand of cell.operands) depth = Math.max(depth, (this.#depths.get(operand) ?? 0) + 1);
    if (uses === 1 && !usedLater && slots.length === 0 && depth < this.#depthLimit) {
      this.#texts.set(id, expression);
      this.#depths.set(id, depth);
      return;
    }
    let own = slots.find((slot) => slot.wide === cell.wide);
    if (usedLater && own === undefined) own = this.#takeTemporary(cell.wide);
    if (own !== undefined) this.#stored.set(id, own);
    const only = uses === 0 ? own : undefined;
    const text = expression.condition ? `(${expression.text} ? 1 : 0)` : expression.text;
    if (only !== undefined) {
      this.#texts.set(id, { text, condition: false });
    } else {
      this.#statements.push(`const v${id} = ${text};`);
      this.#texts.set(id, { text: `v${id}`, condition: false });
    }
    if (only !== undefined) {
      this.#statements.push(`${this.#place(only, this.#target)} = ${text};`);
      const load = this.#load(id);
      for (const slot of slots) if (slot !== only) this.#store(slot, id, load);
      return;
    }
    if (own !== undefined && !slots.includes(own)) this.#store(own, id, `v${id}`);
    for (const slot of slots) this.#store(slot, id, `v${id}`);
  }

  #store(slot: Slot, id: number, text: string): void {
    const convert = slot.wide && !this.#flat.cells[id]!.wide;
    this.#statements.push(`${this.#place(slot, this.#target)} = ${convert ? `BigInt(${text})` : text};`);
  }

  #takeTemporary(wide: boolean): Slot {
    return { wide, index: wide ? this.#bigs++ : this.#words++ };
  }

  #operand(id: number): Expression {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const cell = this.#flat.cells[id]!;
    const load = { text: this.#load(id), condition: false };
    if (cell.node.kind === "constant" || (this.#loads.get(id) ?? 0) < 2) return load;
    this.#statements.push(`const v${id} = ${load.text};`);
    const named = { text: `v${id}`, condition: false };
    this.#texts.set(id, named);
    return named;
  }

  /** The text that fetches a value from where it is kept. */
  #load(id: number): string {
    const cell = this.#flat.cells[id]!;
    const { node } = cell;
    if (node.kind === "constant") {
      const digits = cell.wide ? `${node.value}n` : `${node.value}`;
      return node.value < 0n ? `(${digits})` : digits;
    }
    const stored = this.#stored.get(id);
    const text =
      stored === undefined
        ? this.#place(slotOfLoaded(this.#layout, node.kind, cell.place), stateArrays)
        : this.#place(stored, this.#target);
    return !cell.wide && cell.max >= 2 ** 31 ? `(${text} >>> 0)` : text;
  }

  #place(slot: Slot, arrays: ArrayNames): string {
    return `${slot.wide ? arrays.bigs : arrays.words}[${slot.index}]`;
  }

  /** Roots that are registers, inputs or constants themselves; runs of neighbours become one copy. */
  #copyFunctions(copies: readonly Root[]): string[] {
    const statements: string[] = [];
    this.#loads = new Map();
    this.#texts.clear();
    let i = 0;
    while (i < copies.length) {
      const length = this.#runLength(copies, i);
      const { cell: id, slot } = copies[i]!;
      if (length >= 8) {
        const { node, place } = this.#flat.cells[id]!;
        const from = slotOfLoaded(this.#layout, node.kind, place).index;
        const [target, source] = [this.#target.words, stateArrays.words];
        statements.push(
          target === source
            ? `${target}.copyWithin(${slot.index}, ${from}, ${from + length});`
            : `${target}.set(${source}.subarray(${from}, ${from + length}), ${slot.index});`,
        );
        i += length;
        continue;
      }
      statements.push(`${this.#place(slot, this.#target)} = ${this.#expressions.as(id, slot.wide)};`);
      i++;
    }
    const functions: string[] = [];
    for (let start = 0; start < statements.length; start += this.#chunkSize) {
      functions.push(statements.slice(start, start + this.#chunkSize).join("\n"));
    }
    return functions;
  }

  #runLength(copies: readonly Root[], start: number): number {
    let length = 0;
    for (; start + length < copies.length; length++) {
      const { cell: id, slot } = copies[start + length]!;
      const { node, place, wide } = this.#flat.cells[id]!;
      if (node.kind === "constant" || wide || slot.wide) break;
      const from = slotOfLoaded(this.#layout, node.kind, place).index;
      const first = copies[start]!;
      const firstCell = this.#flat.cells[first.cell]!;
      const firstFrom = slotOfLoaded(this.#layout, firstCell.node.kind, firstCell.place).index;
      if (slot.index !== first.slot.index + length || from !== firstFrom + length) break;
    }
    return length;
  }
}

/** Addresses of those memory reads that may go beyond the depth. */
function checkedAddresses(flat: FlatDesign): Set<number> {
  const addresses = new Set<number>();
  for (const { node, operands, place } of flat.cells) {
    if (node.kind !== "memory-read") continue;
    const address = operands[0]!;
    if (needsAddressCheck(flat.cells[address]!, flat.memories[place]!.depth)) addresses.add(address);
  }
  return addresses;
}

/** Place of a register or input element. */
export function slotOfLoaded(layout: Layout, kind: string, place: number): Slot {
  return kind === "register" ? layout.registers[place]! : layout.inputElements[place]!;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
