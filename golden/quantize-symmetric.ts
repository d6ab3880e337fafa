import { largestCode } from "../spec/index.ts";
import { checkRange, finiteValues, type Matrix, type NonfinitePolicy } from "./matrix.ts";
import type { CoarseGranularity, QuantizedMatrix } from "./quantized-matrix.ts";
import { roundHalfEven } from "./rounding.ts";

/** How a tensor is quantised with float scales alone. */
export interface SymmetricOptions {
  /** Bits of an element, N. */
  readonly elementBits: number;
  /** Codes in a vector of the array; decides the padding of a row's tail. */
  readonly vectorSize: number;
  /** One scale for the tensor, or one per row ("tensor"). */
  readonly coarse?: CoarseGranularity;
  /** NaN and infinities ("refuse"). */
  readonly nonfinite?: NonfinitePolicy;
}

/**
 * The plain symmetric quantiser (VS-Quant, equations 1 to 3) with maximum calibration: α = max|x| over the tensor or
 * row, scale α / (2^(N−1) − 1), code = nearest(x / scale), ties to even. No per-vector scales. As in `quantizeVsq` the
 * scale is a real number, and with float32 input every code is what exact arithmetic gives.
 * @throws InputError for NaN or infinities, with the tensor's name, index and value; for widths out of range.
 */
export function quantizeSymmetric(matrix: Matrix, options: SymmetricOptions): QuantizedMatrix {
  const { elementBits, vectorSize, coarse = "tensor", nonfinite = "refuse" } = options;
  checkRange("elementBits", elementBits, 2, 16);
  checkRange("vectorSize", vectorSize, 1, 2 ** 20);
  const { data, replaced } = finiteValues(matrix, nonfinite);
  const { name, rows, columns } = matrix;
  const vectors = Math.ceil(columns / vectorSize);
  const codeLimit = largestCode(elementBits);
  const codes = new Int16Array(rows * vectors * vectorSize);
  const groups = coarse === "tensor" ? 1 : rows;
  const rowsInGroup = rows / groups;
  const scales = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    const firstRow = group * rowsInGroup;
    const values = data.subarray(firstRow * columns, (firstRow + rowsInGroup) * columns);
    let alpha = 0;
    for (const value of values) alpha = Math.max(alpha, Math.abs(value));
    if (alpha === 0) continue;
    scales[group] = alpha / codeLimit;
    for (let i = 0; i < values.length; i++) {
      const row = firstRow + Math.floor(i / columns);
      codes[row * vectors * vectorSize + (i % columns)] = roundHalfEven((codeLimit * (values[i] ?? 0)) / alpha);
    }
  }
  return {
    name,
    rows,
    columns,
    elementBits,
    vectorSize,
    vectors,
    codes,
    scales: undefined,
    granularity: coarse,
    coarse: scales,
    replaced,
  };
}
