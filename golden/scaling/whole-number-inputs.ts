import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { peakMagnitude } from "../formats/encoded-lines.ts";
import { type FiniteValues, finiteValues, type Matrix, type NonfinitePolicy } from "../matrix.ts";
import { roundHalfEven } from "../rounding.ts";

/** A matrix as the per-vector scaler sees it: whole numbers, each vector filled up with zeros. */
export interface WholeNumberInputs {
  /** rows · vectors · vectorSize values. */
  readonly values: Int32Array;
  /** Vectors in a row. */
  readonly vectors: number;
  /** What one unit of a scale is worth: a value v stands for v·2^−scaleFraction·coarse, a code for code·scale·coarse. */
  readonly coarse: number;
  /** The floats that were taken, NaN and infinities replaced where that was asked for. */
  readonly finite: FiniteValues;
}

/**
 * A float matrix in whole numbers, as the post-process would hand it over: one coarse scale for the matrix, so that its
 * largest magnitude meets the largest scale, or the end of the range where that comes first. Vectors lie along the
 * columns. Nearest, ties to even.
 * @throws InputError for NaN or infinities, unless they may be replaced
 */
export function wholeNumberInputs(
  matrix: Matrix,
  parameters: Pick<VsqQuantizerParameters, "vectorSize" | "elementBits" | "scaleBits" | "inputBits" | "scaleFraction">,
  nonfinite: NonfinitePolicy = "refuse",
): WholeNumberInputs {
  const { elementBits, inputBits, scaleBits, scaleFraction, vectorSize } = parameters;
  const finite = finiteValues(matrix, nonfinite);
  const { rows, columns } = matrix;
  const vectors = Math.ceil(columns / vectorSize);
  const peak = peakMagnitude(finite.data, 0, finite.data.length);
  const units = Math.min(
    largestCode(elementBits) * (2 ** scaleBits - 1) * 2 ** scaleFraction,
    2 ** (inputBits - 1) - 1,
  );
  const values = new Int32Array(rows * vectors * vectorSize);
  for (let row = 0; row < rows && peak > 0; row++) {
    for (let column = 0; column < columns; column++) {
      const value = finite.data[row * columns + column] ?? 0;
      values[row * vectors * vectorSize + column] = roundHalfEven((value / peak) * units);
    }
  }
  return { values, vectors, coarse: (peak / units) * 2 ** scaleFraction, finite };
}
