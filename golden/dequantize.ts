import { formatDeclarations } from "../spec/index.ts";
import { forEachDecoded } from "./decode.ts";
import type { EncodedTensor } from "./quantized-tensor.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The floats that codes stand for: code · scale · γ, see `forEachDecoded`. NVFP4 gives float32, the other formats double
 * precision, in which MX values are exact and the others are rounded once.
 * @throws InputError for arrays that do not fit the shape or codes that the format does not have.
 */
export function dequantize(tensor: EncodedTensor): Tensor {
  const { name, shape, format, codes } = tensor;
  const single = formatDeclarations[format].coarse === "float32";
  const data = single ? new Float32Array(codes.length) : new Float64Array(codes.length);
  forEachDecoded(tensor, (offset, value) => {
    data[offset] = value;
  });
  return { name, shape, data };
}
