import type { Lines } from "../encoded-lines.ts";

/** The two-level scheme's numbers, whatever the elements are. */
export interface VsqScheme {
  /** Elements in a vector, V. */
  readonly vector: number;
  /** Level that a vector's magnitude is mapped to, L. */
  readonly top: number;
  /** The code for a quotient, saturating. */
  readonly encode: (quotient: number) => number;
  /** Bits of an integer scale, M. */
  readonly scaleBits: number;
  /** Rounds an integer scale. */
  readonly roundScale: (quotient: number) => number;
  readonly elementScale: "exact" | "rounded";
  readonly minimumScale: 0 | 1;
  /** One γ for all lines, or one per line. */
  readonly coarse: "tensor" | "row";
}

/** Where the results go. */
export interface VsqTarget {
  readonly codes: Int8Array | Uint8Array | Int16Array;
  /** From one line of codes to the next. */
  readonly stride: number;
  /** rows × vectors. */
  readonly scales: Uint16Array;
  /** One, or one per row. */
  readonly gamma: Float64Array;
}

/**
 * VS-Quant's two-level quantiser (VS-Quant, equations 7a to 7j) on lines, given each vector's magnitude m (its maximum or
 * a clipping magnitude, 0 for vectors that become 0). With m* the largest m of the tensor or row:
 *
 *     s = m / L      γ = m* / (L·(2^M − 1))      scale = round(s / γ)      code = round(x / s)
 *
 * @param magnitudes m, rows × vectors.
 * @param target all zeros; receives codes, scales and γ.
 */
export function encodeVsq(lines: Lines, magnitudes: Float64Array, scheme: VsqScheme, target: VsqTarget): void {
  const { data, rows, columns } = lines;
  const { coarse, elementScale, encode, minimumScale, roundScale, scaleBits, top, vector } = scheme;
  const { codes, gamma, scales, stride } = target;
  const vectors = Math.ceil(columns / vector);
  const scaleLimit = 2 ** scaleBits - 1;
  const rounded = elementScale === "rounded";
  const groupVectors = coarse === "tensor" ? rows * vectors : vectors;
  let coarseMagnitude = 0;
  for (let index = 0; index < rows * vectors; index++) {
    if (index % groupVectors === 0) {
      coarseMagnitude = 0;
      for (let i = index; i < index + groupVectors; i++)
        coarseMagnitude = Math.max(coarseMagnitude, magnitudes[i] ?? 0);
      gamma[index / groupVectors] = coarseMagnitude / (top * scaleLimit);
    }
    const magnitude = magnitudes[index] ?? 0;
    const scale = magnitude === 0 ? 0 : Math.max(minimumScale, roundScale((scaleLimit * magnitude) / coarseMagnitude));
    scales[index] = scale;
    // Zeros go through the encoder too: a small float keeps their signs.
    const vanishes = magnitude === 0 || (rounded && scale === 0);
    const factor = vanishes ? 0 : rounded ? top * scaleLimit : top;
    const divisor = vanishes ? 1 : rounded ? scale * coarseMagnitude : magnitude;
    const row = Math.floor(index / vectors);
    const first = (index - row * vectors) * vector;
    const last = Math.min(first + vector, columns);
    for (let column = first; column < last; column++) {
      codes[row * stride + column] = encode((factor * (data[row * columns + column] ?? 0)) / divisor);
    }
  }
}
