import { sharedKernels } from "./kernels.ts";
import type { VectorChunk, VectorChunks } from "./vector-chunks.ts";
import { layout } from "./wasm/layout.ts";

/** How quotients become codes. */
export interface CodeRange {
  /** The quotient is factor · x / divisor. */
  readonly factor: number;
  readonly least: number;
  readonly most: number;
}

/** The codes of a chunk whose values are in the kernels' memory, and one divisor per vector in `perVector`. */
export function codesOfChunk(chunks: VectorChunks, chunk: VectorChunk, range: CodeRange, codes: Uint8Array): void {
  const kernels = sharedKernels();
  const { factor, least, most } = range;
  kernels.codes(layout.values, chunk.count, chunks.stride, layout.perVector, layout.codes, factor, least, most);
  chunks.unload(kernels, chunk, codes);
}

/** How many values of a chunk are above their vector's limit, both in the kernels' memory as for `codesOfChunk`. */
export function countAboveInChunk(chunks: VectorChunks, chunk: VectorChunk): number {
  const kernels = sharedKernels();
  kernels.counts.fill(0);
  kernels.above(layout.values, chunk.count, chunks.stride, layout.perVector);
  return takeCounts(kernels.counts);
}

/**
 * code = nearest(factor · x / divisor), ties to even, clipped to least..most.
 * @param divisors one per vector, above 0; infinity gives codes 0.
 * @param codes as bytes, in the shape of the lines.
 */
export function fastCodes(chunks: VectorChunks, divisors: Float64Array, range: CodeRange, codes: Uint8Array): void {
  const kernels = sharedKernels();
  for (const chunk of chunks.chunks()) {
    chunks.load(kernels, chunk);
    kernels.perVector.set(divisors.subarray(chunk.first, chunk.first + chunk.count));
    codesOfChunk(chunks, chunk, range, codes);
  }
}

/** How many values have a magnitude above their vector's limit. */
export function fastCountAbove(chunks: VectorChunks, limits: Float64Array): number {
  const kernels = sharedKernels();
  let above = 0;
  for (const chunk of chunks.chunks()) {
    chunks.load(kernels, chunk);
    kernels.perVector.set(limits.subarray(chunk.first, chunk.first + chunk.count));
    above += countAboveInChunk(chunks, chunk);
  }
  return above;
}

/** The sum of the four counts, which begin anew. */
export function takeCounts(counts: Uint32Array): number {
  const sum = counts.reduce((all, count) => all + count, 0);
  counts.fill(0);
  return sum;
}
