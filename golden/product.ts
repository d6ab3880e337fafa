import { InputError, macWidths, type VectorMacParameters } from "../spec/index.ts";
import type { GemmResult } from "./gemm.ts";
import { checkMatrix, type Matrix } from "./matrix.ts";
import { coarseOf, type QuantizedMatrix } from "./quantized-matrix.ts";

/**
 * The float product that integer sums stand for, rows × columns: γA·γB·sum, times 2^(2M−R) when the operands carry
 * integer scales, since the rounded scale product is that much smaller than the true one.
 */
export function rescaleProduct(
  { columns, rows, sums }: Pick<GemmResult, "rows" | "columns" | "sums">,
  a: QuantizedMatrix,
  b: QuantizedMatrix,
  parameters: VectorMacParameters,
): Float64Array {
  const dropped = a.scales ? 2 ** macWidths(parameters).scaleShift : 1;
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const rowScale = coarseOf(a, row) * dropped;
    for (let column = 0; column < columns; column++) {
      const place = row * columns + column;
      product[place] = (sums[place] ?? 0) * (rowScale * coarseOf(b, column)) + 0;
    }
  }
  return product;
}

/**
 * The reference product in double precision, A (rows × K) times B (columns × K) transposed; each sum is taken in the
 * order of K.
 * @throws InputError when the two differ in K.
 */
export function floatProduct(a: Matrix, b: Matrix): Float64Array {
  checkMatrix(a);
  checkMatrix(b);
  if (a.columns !== b.columns) {
    throw new InputError(
      `${a.name} is ${a.rows} x ${a.columns} and ${b.name} is ${b.rows} x ${b.columns}; ` +
        `both need the same number of columns (K), b is given transposed`,
    );
  }
  const product = new Float64Array(a.rows * b.rows);
  const depth = a.columns;
  const left = Float64Array.from(a.data);
  const right = Float64Array.from(b.data);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column < b.rows; column++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += (left[row * depth + k] as number) * (right[column * depth + k] as number);
      product[row * b.rows + column] = sum;
    }
  }
  return product;
}
