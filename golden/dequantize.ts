import { formatDeclarations } from "../spec/index.ts";
import { checkEncoded } from "./decode.ts";
import { decodedAtOnce, rangeDecoder } from "./decode-range.ts";
import type { EncodedTensor } from "./quantized-tensor.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The floats that codes stand for: code · scale · γ (equations 5, 10, 16 and 23 of docs/numerics.md). NVFP4 gives
 * float32, the other formats double precision, in which MX values are exact and the others are rounded once.
 * @param tensor codes, scales and γ in the shapes that `EncodedTensor` tells; values come back in the tensor's unit.
 * @throws InputError for arrays that do not fit the shape or codes that the format does not have.
 */
export function dequantize(tensor: EncodedTensor): Tensor {
  checkEncoded(tensor);
  const { name, shape, format, codes } = tensor;
  const single = formatDeclarations[format].coarse === "float32";
  const data = single ? new Float32Array(codes.length) : new Float64Array(codes.length);
  rangeDecoder(tensor)(0, codes.length, data);
  return { name, shape, data };
}

/**
 * The same part by part, for tensors that should not be in memory as floats: the parts in order, each valid until the
 * next is asked for.
 * @param type of the numbers: float32, each rounded once more, or float64.
 * @throws InputError as `dequantize`, before the first part.
 */
export function* dequantizeParts(tensor: EncodedTensor, type: "f32" | "f64"): Generator<Float32Array | Float64Array> {
  checkEncoded(tensor);
  const { length } = tensor.codes;
  const decode = rangeDecoder(tensor);
  const room = Math.min(length, 2 ** 6 * decodedAtOnce);
  const values = type === "f32" ? new Float32Array(room) : new Float64Array(room);
  for (let from = 0; from < length; from += room) {
    const to = Math.min(from + room, length);
    decode(from, to, values);
    yield values.subarray(0, to - from);
  }
}
