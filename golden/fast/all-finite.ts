import { sharedKernels } from "./kernels.ts";
import { chunkElements, layout } from "./wasm/layout.ts";

/** Whether no value is NaN or infinite: a look at the largest magnitude of every chunk, in which a NaN stays. */
export function allFinite(values: Float32Array): boolean {
  const kernels = sharedKernels();
  for (let from = 0; from < values.length; from += chunkElements) {
    const chunk = values.subarray(from, from + chunkElements);
    kernels.values.set(chunk);
    const padded = Math.ceil(chunk.length / 8) * 8;
    kernels.values.fill(0, chunk.length, padded);
    kernels.peaks(layout.values, 1, padded, layout.perVector, 0x7fffffff);
    if (!Number.isFinite(kernels.perVector[0])) return false;
  }
  return true;
}
