import { takeCounts } from "./fast-codes.ts";
import { sharedKernels } from "./kernels.ts";
import type { VectorChunks } from "./vector-chunks.ts";
import { layout } from "./wasm/layout.ts";

/**
 * code = E2M1(x · factor), the product in single precision, ties to even, saturating, signs kept.
 * @param factors one per vector; @param codes in the shape of the lines.
 * @returns how many products are beyond 6.
 */
export function fastE2m1(chunks: VectorChunks, factors: Float32Array, codes: Uint8Array): number {
  const kernels = sharedKernels();
  kernels.counts.fill(0);
  let clipped = 0;
  for (const chunk of chunks.chunks()) {
    chunks.load(kernels, chunk);
    kernels.factors.set(factors.subarray(chunk.first, chunk.first + chunk.count));
    kernels.e2m1(layout.values, chunk.count, chunks.stride, layout.perVectorSmall, layout.codes);
    clipped += takeCounts(kernels.counts);
    chunks.unload(kernels, chunk, codes);
  }
  return clipped;
}
