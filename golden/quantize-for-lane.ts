import { formatShape, InputError, type NumberFormat, type VectorMacParameters } from "../spec/index.ts";
import type { Matrix } from "./matrix.ts";
import { quantizeSymmetric } from "./quantize-symmetric.ts";
import { quantizeVsq, type VsqOptions } from "./quantize-vsq.ts";
import type { QuantizedMatrix } from "./quantized-matrix.ts";

/** What is left to choose once the lane's parameters and the format are given. */
export type LaneQuantizeOptions = Pick<VsqOptions, "coarse" | "elementScale" | "minimumScale" | "nonfinite">;

/**
 * A matrix in a format of a lane, with the lane's widths and vector size.
 * @throws InputError for `int8` on a lane without the wide path; for tensors that cannot be quantised.
 */
export function quantizeForLane(
  matrix: Matrix,
  format: NumberFormat,
  parameters: VectorMacParameters,
  options: LaneQuantizeOptions = {},
): QuantizedMatrix {
  const shape = formatShape(format, parameters);
  if (!shape) throw new InputError(`${format} needs the wide path; wideBits is 0 on this lane, set it to 8`);
  const { elementBits, scaled, vectorSize } = shape;
  return scaled
    ? quantizeVsq(matrix, { ...options, elementBits, vectorSize, scaleBits: parameters.scaleBits })
    : quantizeSymmetric(matrix, { elementBits, vectorSize, coarse: options.coarse, nonfinite: options.nonfinite });
}
