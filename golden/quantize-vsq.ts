import { largestCode } from "../spec/index.ts";
import { peakMagnitude } from "./formats/encoded-lines.ts";
import { encodeVsq } from "./formats/vsq/encode-vsq.ts";
import { planFromMagnitudes, type VsqScheme } from "./formats/vsq/vsq-plan.ts";
import { checkRange, finiteValues, type Matrix, type NonfinitePolicy } from "./matrix.ts";
import type { CoarseGranularity, QuantizedMatrix } from "./quantized-matrix.ts";
import { roundHalfEven } from "./rounding.ts";

/** How VS-Quant quantises; the defaults are the chip's widths and the paper's formulas. */
export interface VsqOptions {
  /** Bits of an element, N (4). */
  readonly elementBits?: number;
  /** Bits of an integer scale, M (8). */
  readonly scaleBits?: number;
  /** Elements in a vector, V (64). */
  readonly vectorSize?: number;
  /** One coarse scale for the tensor, or one per row ("tensor"). */
  readonly coarse?: CoarseGranularity;
  /** Elements are divided by the vector's real scale, as printed, or by the one its integer scale gives ("exact"). */
  readonly elementScale?: "exact" | "rounded";
  /** Smallest integer scale of a vector that is not all zero: 0 as printed, or 1 (0). */
  readonly minimumScale?: 0 | 1;
  /** NaN and infinities ("refuse"). */
  readonly nonfinite?: NonfinitePolicy;
}

/**
 * VS-Quant's two-level quantiser (VS-Quant, equations 7a to 7j), vectors along the columns. With L = 2^(N−1) − 1 and
 * m = max|x| over a vector, m* = max of m over the tensor or row:
 *
 *     s = m / L      γ = m* / (L·(2^M − 1))      scale = nearest(s / γ)      code = nearest(x / s)
 *
 * `nearest` takes ties to the even number. s is a real number here, not a float: the code is nearest(L·x / m) and the
 * scale nearest((2^M − 1)·m / m*), a product and one division in double precision. With float32 input that decides
 * every case as exact arithmetic would: the products are exact, and a quotient that is not a tie lies further from
 * one than the division's error. With `elementScale: "rounded"` the code is nearest(x / (scale·γ)) =
 * nearest(x·L·(2^M − 1) / (scale·m*)), clipped to ±L; exact in the same sense while N + M <= 27.
 *
 * A vector of zeros gets scale 0 and codes 0; γ is 0 when everything it covers is zero. A vector whose scale rounds to
 * 0 keeps its codes, as printed (codes 0 with `rounded`). A short last vector is filled up with zeros.
 *
 * @throws InputError for NaN or infinities, with the tensor's name, index and value; for widths out of range.
 */
export function quantizeVsq(matrix: Matrix, options: VsqOptions = {}): QuantizedMatrix {
  const { elementBits = 4, scaleBits = 8, vectorSize = 64, coarse = "tensor" } = options;
  const { elementScale = "exact", minimumScale = 0, nonfinite = "refuse" } = options;
  checkRange("elementBits", elementBits, 2, 16);
  checkRange("scaleBits", scaleBits, 1, 16);
  checkRange("vectorSize", vectorSize, 1, 2 ** 20);
  const { data, replaced } = finiteValues(matrix, nonfinite);
  const { name, rows, columns } = matrix;
  const vectors = Math.ceil(columns / vectorSize);
  const top = largestCode(elementBits);
  const magnitudes = new Float64Array(rows * vectors);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * columns;
    for (let vector = 0; vector < vectors; vector++) {
      const from = row * columns + vector * vectorSize;
      magnitudes[row * vectors + vector] = peakMagnitude(data, from, Math.min(from + vectorSize, end));
    }
  }
  const encode = (quotient: number) => roundHalfEven(Math.min(Math.max(quotient, -top), top));
  const stride = vectors * vectorSize;
  const codes = new Int16Array(rows * stride);
  const gamma = new Float64Array(coarse === "tensor" ? 1 : rows);
  const scheme: VsqScheme = {
    vector: vectorSize,
    top,
    encode,
    scaleBits,
    roundScale: roundHalfEven,
    elementScale,
    minimumScale,
    coarse,
  };
  const plan = planFromMagnitudes(magnitudes, coarse === "tensor" ? magnitudes.length : vectors, scheme);
  encodeVsq({ data, rows, columns }, plan, scheme, { codes, stride, gamma });
  return {
    name,
    rows,
    columns,
    elementBits,
    vectorSize,
    vectors,
    codes,
    scales: plan.scales,
    granularity: coarse,
    coarse: gamma,
    replaced,
  };
}
