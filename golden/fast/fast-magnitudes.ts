import { octavWeight } from "../octav/octav-options.ts";
import { signMask } from "./fast-tail.ts";
import { sharedKernels } from "./kernels.ts";
import type { VectorChunk, VectorChunks } from "./vector-chunks.ts";
import { layout } from "./wasm/layout.ts";
import { convergedBit } from "./wasm/octav-kernel.ts";

/** Called for a chunk while its values are in the kernels' memory and its vectors' magnitudes in `perVector`. */
export type ChunkVisitor = (chunk: VectorChunk) => void;

/** The largest magnitude of each vector; unsigned the largest value, at least 0. */
export function fastPeaks(chunks: VectorChunks, signed: boolean, peaks: Float64Array, visit?: ChunkVisitor): void {
  const kernels = sharedKernels();
  for (const chunk of chunks.chunks()) {
    chunks.load(kernels, chunk);
    kernels.peaks(layout.values, chunk.count, chunks.stride, layout.perVector, signMask(signed));
    peaks.set(kernels.perVector.subarray(0, chunk.count), chunk.first);
    visit?.(chunk);
  }
}

/** What OCTAV did on many vectors. */
export interface OctavTotals {
  readonly rounds: number;
  readonly mostRounds: number;
  readonly unconverged: number;
}

/** `octav` on each vector, the same in every bit. */
export function fastOctavVectors(
  chunks: VectorChunks,
  { bits, signed, iterations }: { readonly bits: number; readonly signed: boolean; readonly iterations: number },
  clips: Float64Array,
  visit?: ChunkVisitor,
): OctavTotals {
  const kernels = sharedKernels();
  const weight = octavWeight(bits, signed);
  const totals = { rounds: 0, mostRounds: 0, unconverged: 0 };
  for (const chunk of chunks.chunks()) {
    chunks.load(kernels, chunk);
    const { perVector, perVectorSmall, values } = layout;
    kernels.octav(values, chunk.count, chunks.stride, perVector, perVectorSmall, weight, iterations, signMask(signed));
    clips.set(kernels.perVector.subarray(0, chunk.count), chunk.first);
    for (let i = 0; i < chunk.count; i++) {
      const packed = kernels.rounds[i] ?? 0;
      const rounds = packed % convergedBit;
      totals.rounds += rounds;
      totals.mostRounds = Math.max(totals.mostRounds, rounds);
      if (packed < convergedBit) totals.unconverged++;
    }
    visit?.(chunk);
  }
  return totals;
}
