import type { QuantizeStatistics } from "../quantized-tensor.ts";

/** Lines of a tensor along its axis, one after the other: what the families quantise. */
export interface Lines {
  readonly data: Float32Array | Float64Array;
  /** Number of lines. */
  readonly rows: number;
  /** Elements of a line. */
  readonly columns: number;
}

/** The codes of lines. */
export interface EncodedLines {
  /** rows × columns. */
  readonly codes: Int8Array | Uint8Array;
  /** rows × vectors. */
  readonly scales: Uint8Array | Uint16Array | undefined;
  /** One, or one per row. */
  readonly gamma: Float32Array | Float64Array | undefined;
  readonly statistics: Omit<QuantizeStatistics, "replaced">;
}

/** What families without a choice of clipping report. */
export function maximumStatistics(clipped: number): EncodedLines["statistics"] {
  return { clipped, clips: 0, rounds: 0, mostRounds: 0, unconverged: 0 };
}

/** Largest magnitude of data[from..to). */
export function peakMagnitude(data: Float32Array | Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const magnitude = Math.abs(data[i] ?? 0);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
