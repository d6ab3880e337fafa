import type { Lines } from "../formats/encoded-lines.ts";
import type { Kernels } from "./kernels.ts";
import { chunkElements } from "./wasm/layout.ts";

/** A run of vectors, in the order rows × vectors. */
export interface VectorChunk {
  /** The first vector's number. */
  readonly first: number;
  /** Vectors in the chunk. */
  readonly count: number;
}

/** Brings the vectors of lines into the kernels' memory, chunk by chunk, and their codes back. */
export class VectorChunks {
  /** From one vector to the next in the kernels' memory: the vector's length, made a multiple of 8 by zeros. */
  readonly stride: number;
  /** Vectors in a line. */
  readonly vectors: number;
  readonly #lines: Lines & { readonly data: Float32Array };
  readonly #vector: number;
  /** Whether vectors lie one behind the other without gaps, so that a chunk is one copy. */
  readonly #dense: boolean;

  constructor(lines: Lines & { readonly data: Float32Array }, vector: number) {
    this.#lines = lines;
    this.#vector = vector;
    this.stride = Math.ceil(vector / 8) * 8;
    this.vectors = Math.ceil(lines.columns / vector);
    this.#dense = this.stride === vector && lines.columns % vector === 0;
  }

  /** All vectors in order, as many at a time as the kernels' memory holds. */
  *chunks(): Generator<VectorChunk> {
    const total = this.#lines.rows * this.vectors;
    const most = Math.floor(chunkElements / this.stride);
    for (let first = 0; first < total; first += most) yield { first, count: Math.min(most, total - first) };
  }

  /** Puts a chunk's values into the kernels' memory. */
  load({ values }: Kernels, chunk: VectorChunk): void {
    const { data } = this.#lines;
    if (this.#dense) {
      values.set(data.subarray(chunk.first * this.#vector, (chunk.first + chunk.count) * this.#vector));
      return;
    }
    values.fill(0, 0, chunk.count * this.stride);
    this.#each(chunk, (from, to, place) => values.set(data.subarray(from, to), place));
  }

  /** Takes a chunk's codes out of the kernels' memory. */
  unload({ codeBytes }: Kernels, chunk: VectorChunk, codes: Uint8Array): void {
    if (this.#dense) {
      codes.set(codeBytes.subarray(0, chunk.count * this.#vector), chunk.first * this.#vector);
      return;
    }
    this.#each(chunk, (from, to, place) => codes.set(codeBytes.subarray(place, place + to - from), from));
  }

  /** The place of each vector of a chunk: in the lines, and in the kernels' memory. */
  #each({ first, count }: VectorChunk, visit: (from: number, to: number, place: number) => void): void {
    const { columns } = this.#lines;
    for (let i = 0; i < count; i++) {
      const row = Math.floor((first + i) / this.vectors);
      const from = row * columns + (first + i - row * this.vectors) * this.#vector;
      visit(from, Math.min(from + this.#vector, (row + 1) * columns), i * this.stride);
    }
  }
}
