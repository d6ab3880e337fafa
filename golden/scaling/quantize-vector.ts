import { quantizeVectorExact } from "./quantize-vector-exact.ts";
import { quantizeVectorReciprocal } from "./quantize-vector-reciprocal.ts";
import type { QuantizedVector, QuantizerArithmetic } from "./quantized-vector.ts";

/**
 * What `vsq-quantizer` makes of a vector.
 * @param clip what `in_clip` holds, for a unit that has it; the vector's maximum otherwise
 * @throws InputError for values or a clip out of range
 */
export function quantizeVector(
  values: ArrayLike<number>,
  arithmetic: QuantizerArithmetic,
  clip?: number,
): QuantizedVector {
  switch (arithmetic.architecture) {
    case "exact":
      return quantizeVectorExact(values, arithmetic, clip);
    case "reciprocal":
      return quantizeVectorReciprocal(values, arithmetic, clip);
  }
}
