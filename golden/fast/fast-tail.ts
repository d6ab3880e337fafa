import { joinSums, type Tail } from "../octav/tail.ts";
import { sharedKernels } from "./kernels.ts";
import { chunkElements, layout } from "./wasm/layout.ts";

/** Clears the sign of single-precision numbers, or nothing. */
export function signMask(signed: boolean): number {
  return signed ? 0x7fffffff : -1;
}

/** `tail` through the kernels: the same sum and count in every bit, for single-precision values. */
export function fastTail(values: Float32Array, start: number, end: number, threshold: number, signed: boolean): Tail {
  const kernels = sharedKernels();
  const least = threshold === 0 ? Number.MIN_VALUE : threshold;
  kernels.sums.fill(0);
  kernels.counts.fill(0);
  for (let from = start; from < end; from += chunkElements) {
    const to = Math.min(from + chunkElements, end);
    kernels.values.set(values.subarray(from, to));
    // Zeros are never in a tail, so they may fill up the last eight.
    const padded = Math.ceil((to - from) / 8) * 8;
    kernels.values.fill(0, to - from, padded);
    kernels.tail(layout.values, layout.values + 4 * padded, least, signMask(signed));
  }
  return { sum: joinSums(kernels.sums), count: kernels.counts.reduce((all, count) => all + count, 0) };
}
