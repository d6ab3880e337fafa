export * from "./post-process-lane.ts";
export * from "./post-process-model.ts";
export * from "./quantize-vector.ts";
export { quantizeVectorExact } from "./quantize-vector-exact.ts";
export {
  type NormalizedReciprocal,
  normalizedReciprocal,
  quantizeVectorReciprocal,
  reciprocalCode,
} from "./quantize-vector-reciprocal.ts";
export type { QuantizedVector, QuantizerArithmetic } from "./quantized-vector.ts";
export { scaleOfVector, type VectorScale } from "./scale-of-vector.ts";
export { type WholeNumberInputs, wholeNumberInputs } from "./whole-number-inputs.ts";
