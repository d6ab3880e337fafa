/** How far one coarse scale reaches. */
export type CoarseGranularity = "tensor" | "row";

/** A matrix as the array reads it: integer codes in whole vectors, integer scales, float coarse scales. */
export interface QuantizedMatrix {
  readonly name: string;
  readonly rows: number;
  /** Real columns, without the zeros of the tail. */
  readonly columns: number;
  /** Bits of a code, signed. */
  readonly elementBits: number;
  /** Codes in a vector. */
  readonly vectorSize: number;
  /** Vectors in a row: ⌈columns / vectorSize⌉. */
  readonly vectors: number;
  /** rows × (vectors·vectorSize), row by row; a short last vector is filled up with zeros. −(2^(N−1) − 1)..2^(N−1) − 1. */
  readonly codes: Int16Array;
  /** rows × vectors integer scales, 0..2^M − 1; undefined for formats without them. */
  readonly scales: Uint16Array | undefined;
  readonly granularity: CoarseGranularity;
  /** The coarse scale γ: one for the tensor, or one per row. 0 where everything is zero. */
  readonly coarse: Float64Array;
  /** NaN and infinities that were replaced before quantising. */
  readonly replaced: number;
}

/** The coarse scale of a row. */
export function coarseOf({ coarse, granularity }: QuantizedMatrix, row: number): number {
  return coarse[granularity === "tensor" ? 0 : row] ?? 0;
}

/** The floats that the codes stand for, code · scale · γ: rows × columns, without the tail. */
export function dequantize(matrix: QuantizedMatrix): Float64Array {
  const { codes, columns, rows, scales, vectorSize, vectors } = matrix;
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const gamma = coarseOf(matrix, row);
    const start = row * vectors * vectorSize;
    for (let column = 0; column < columns; column++) {
      const scale = scales ? (scales[row * vectors + Math.floor(column / vectorSize)] ?? 0) : 1;
      // The integers meet first: their product is exact, so one rounding remains. `+ 0` turns −0 into 0.
      values[row * columns + column] = (codes[start + column] ?? 0) * scale * gamma + 0;
    }
  }
  return values;
}
