import type { Cell } from "./flat-design.ts";

/** What has to be computed, in order, and how it is cut into functions. */
export interface Schedule {
  /** The cells that compute something and are needed, operands before users. */
  readonly order: readonly number[];
  /** Ends of the chunks in `order`, each exclusive, the last one `order.length`. */
  readonly ends: readonly number[];
  /** Chunk of each cell; −1 for cells that are loaded or not needed. */
  readonly chunkOf: Int32Array;
  /** Chunk of the last use of each cell by another cell; −1 when there is none. */
  readonly lastChunkOf: Int32Array;
  /** How often other cells use each cell; an operand that is named twice by one user counts twice. */
  readonly uses: Int32Array;
}

/** Cells that hold a value from outside the combinational logic. */
export function isLoaded(cell: Cell): boolean {
  return cell.operands.length === 0;
}

/**
 * Finds the cells that `roots` depend on and cuts them into chunks of about `chunkSize` operators. Cells are numbered
 * depth first, so their own order keeps neighbours together. Each cut is made where the fewest values are alive,
 * because those must go through memory.
 */
export function schedule(cells: readonly Cell[], roots: Iterable<number>, chunkSize: number): Schedule {
  const needed = new Uint8Array(cells.length);
  for (const root of roots) needed[root] = 1;
  const uses = new Int32Array(cells.length);
  for (let id = cells.length - 1; id >= 0; id--) {
    if (needed[id] === 0) continue;
    for (const operand of cells[id]!.operands) {
      needed[operand] = 1;
      uses[operand]!++;
    }
  }
  const order: number[] = [];
  const position = new Int32Array(cells.length).fill(-1);
  for (let id = 0; id < cells.length; id++) {
    if (needed[id] === 0 || isLoaded(cells[id]!)) continue;
    position[id] = order.length;
    order.push(id);
  }
  const ends = cut(cells, order, position, chunkSize);
  const chunkOf = new Int32Array(cells.length).fill(-1);
  const lastChunkOf = new Int32Array(cells.length).fill(-1);
  let chunk = 0;
  order.forEach((id, i) => {
    if (i === ends[chunk]) chunk++;
    chunkOf[id] = chunk;
    for (const operand of cells[id]!.operands) lastChunkOf[operand] = chunk;
  });
  return { order, ends, chunkOf, lastChunkOf, uses };
}

function cut(cells: readonly Cell[], order: readonly number[], position: Int32Array, chunkSize: number): number[] {
  const lastUse = new Int32Array(order.length).fill(-1);
  order.forEach((id, i) => {
    for (const operand of cells[id]!.operands) if (position[operand]! >= 0) lastUse[position[operand]!] = i;
  });
  // alive[i]: values made before position i and used from there on.
  const alive = new Int32Array(order.length + 1);
  for (let i = 0; i < order.length; i++) {
    if (lastUse[i]! < 0) continue;
    alive[i + 1]!++;
    alive[lastUse[i]! + 1]!--;
  }
  for (let i = 1; i <= order.length; i++) alive[i]! += alive[i - 1]!;
  const ends: number[] = [];
  let start = 0;
  while (start < order.length) {
    let weight = 0;
    let best = order.length;
    let i = start;
    for (; i < order.length && weight <= 1.5 * chunkSize; i++) {
      weight += weightOf(cells[order[i]!]!);
      if (weight < chunkSize / 2) continue;
      // On equal terms the larger chunk wins.
      if (best === order.length || alive[i + 1]! <= alive[best]!) best = i + 1;
    }
    if (i === order.length && weight <= 1.5 * chunkSize) best = order.length;
    ends.push(best);
    start = best;
  }
  return ends;
}

/** Operators that the cell takes in code: one, but for a concatenation, which takes one per part. */
function weightOf(cell: Cell): number {
  return Math.max(1, cell.operands.length - 1);
}
