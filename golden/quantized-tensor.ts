import type { FormatName } from "../spec/index.ts";
import type { ResolvedOptions } from "./quantize-options.ts";

/** A tensor in codes: what a file holds and all that decoding needs. */
export interface EncodedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly format: FormatName;
  /** The axis along which vectors lie, counted from the first. */
  readonly axis: number;
  /** Elements that share a scale; undefined for formats without vectors. */
  readonly vector: number | undefined;
  /**
   * One code per element, in the shape of the tensor, without padding. Integers: the number itself, signed or unsigned
   * by the array's type. Small floats: the code in the low bits, sign on top of it.
   */
  readonly codes: Int8Array | Uint8Array;
  /**
   * One scale per vector: the tensor's shape with ⌈length / vector⌉ along the axis. VS-Quant: the integer. MX: the E8M0
   * code. NVFP4: the E4M3 code. Undefined for formats without vectors.
   */
  readonly scales: Uint8Array | Uint16Array | undefined;
  /**
   * Float scales, what a code (times its scale) is multiplied by: one for the tensor, or one per line along the axis (the
   * tensor's shape with 1 along the axis). Float64 for integers and VS-Quant, one float32 for NVFP4, undefined for MX.
   */
  readonly gamma: Float32Array | Float64Array | undefined;
}

/** What happened on the way. */
export interface QuantizeStatistics {
  /** Elements beyond the numbers that their scale, as written, can hold; for NVFP4 after its float32 multiplication. */
  readonly clipped: number;
  /** NaN and infinities that were replaced. */
  readonly replaced: number;
  /** Vectors, rows or tensors for which a clipping magnitude was found. 0 for formats that take the maximum alone. */
  readonly clips: number;
  /** Rounds that OCTAV took, all clips together. */
  readonly rounds: number;
  /** The most rounds of one clip. */
  readonly mostRounds: number;
  /** Clips for which OCTAV did not settle on one value: cycles and ends of patience. */
  readonly unconverged: number;
}

/** A quantised tensor with how it came about. */
export interface QuantizedTensor extends EncodedTensor {
  readonly options: ResolvedOptions;
  readonly statistics: QuantizeStatistics;
}

/** Vectors in a line along the axis; 1 for formats without vectors. */
export function vectorsPerLine({ shape, axis, vector }: Pick<EncodedTensor, "shape" | "axis" | "vector">): number {
  return vector === undefined ? 1 : Math.ceil((shape[axis] ?? 0) / vector);
}

/** The shape of `scales`: ⌈length / vector⌉ along the axis. */
export function scalesShape(tensor: Pick<EncodedTensor, "shape" | "axis" | "vector">): number[] {
  return tensor.shape.map((length, i) => (i === tensor.axis ? vectorsPerLine(tensor) : length));
}

/** The shape of `gamma`: 1 for the tensor, else the tensor's shape with 1 along the axis. */
export function gammaShape({ shape, axis, gamma }: Pick<EncodedTensor, "shape" | "axis" | "gamma">): number[] {
  if (gamma === undefined || gamma.length === 1) return [1];
  return shape.map((length, i) => (i === axis ? 1 : length));
}
