import { aboveKernel } from "./wasm/above-kernel.ts";
import { codeKernel } from "./wasm/code-kernel.ts";
import { e2m1Kernel } from "./wasm/e2m1-kernel.ts";
import { instantiate } from "./wasm/instantiate.ts";
import { layout } from "./wasm/layout.ts";
import { assemble } from "./wasm/module.ts";
import { octavKernel } from "./wasm/octav-kernel.ts";
import { peakKernel } from "./wasm/peak-kernel.ts";
import { tailKernel } from "./wasm/tail-kernel.ts";

/** The kernels; each tells in its own file what it does. Addresses are bytes in their memory, see `layout`. */
export interface KernelFunctions {
  peaks(values: number, vectors: number, size: number, out: number, mask: number): void;
  above(values: number, vectors: number, size: number, limits: number): void;
  codes(
    values: number,
    vectors: number,
    size: number,
    divisors: number,
    out: number,
    factor: number,
    least: number,
    most: number,
  ): void;
  octav(
    values: number,
    vectors: number,
    size: number,
    clips: number,
    rounds: number,
    weight: number,
    iterations: number,
    mask: number,
  ): void;
  tail(values: number, stop: number, s: number, mask: number): void;
  e2m1(values: number, vectors: number, size: number, factors: number, out: number): void;
}

/** The kernels and views of their memory. */
export interface Kernels extends KernelFunctions {
  /** Values of a chunk. */
  readonly values: Float32Array;
  /** One double per vector. */
  readonly perVector: Float64Array;
  /** The same room as `perVectorSmall`, as floats. */
  readonly factors: Float32Array;
  /** One 32-bit number per vector. */
  readonly rounds: Int32Array;
  /** Codes of a chunk. */
  readonly codeBytes: Uint8Array;
  /** Eight partial sums. */
  readonly sums: Float64Array;
  /** Four counts. */
  readonly counts: Uint32Array;
}

/** The binary module with every kernel; made by our own assembler, WebAssembly SIMD of the 2.0 specification. */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  const functions = [peakKernel(), aboveKernel(), codeKernel(), octavKernel(), tailKernel(), e2m1Kernel()];
  return assemble(functions, Math.ceil(layout.end / 65536));
}

/** A new instance of the kernels with a memory of its own. */
export function startKernels(): Kernels {
  // The module is ours: these are exactly its exports.
  const exports = instantiate(kernelModule()) as unknown as KernelFunctions & {
    readonly memory: { readonly buffer: ArrayBuffer };
  };
  const { buffer } = exports.memory;
  const { values, perVector, perVectorSmall, codes, end, sums } = layout;
  return {
    peaks: exports.peaks,
    above: exports.above,
    codes: exports.codes,
    octav: exports.octav,
    tail: exports.tail,
    e2m1: exports.e2m1,
    values: new Float32Array(buffer, values, (perVector - values) / 4),
    perVector: new Float64Array(buffer, perVector, (perVectorSmall - perVector) / 8),
    factors: new Float32Array(buffer, perVectorSmall, (codes - perVectorSmall) / 4),
    rounds: new Int32Array(buffer, perVectorSmall, (codes - perVectorSmall) / 4),
    codeBytes: new Uint8Array(buffer, codes, end - codes),
    sums: new Float64Array(buffer, sums, 8),
    counts: new Uint32Array(buffer, sums + 64, 4),
  };
}

const shared: { kernels?: Kernels } = {};

/**
 * The kernels of this thread, started when first needed. Their memory holds nothing from one call to the next; it is
 * shared because an instance reserves gigabytes of addresses and begins with slow code.
 */
export function sharedKernels(): Kernels {
  shared.kernels ??= startKernels();
  return shared.kernels;
}
