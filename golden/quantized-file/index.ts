export { openQuantized, type QuantizedFile } from "./read-quantized.ts";
export type { TensorLayout } from "./tensor-layout.ts";
export { createQuantized, type ExpectedTensor, type QuantizedWriter } from "./write-quantized.ts";
