/**
 * The numbers: what the hardware must compute, written from the papers in plain TypeScript on typed arrays, and the
 * quantisers and file formats around it. Shares declarations (spec/) with the hardware, and no arithmetic.
 */
export {
  type FormatDeclaration,
  type FormatFamily,
  type FormatName,
  formatDeclaration,
  formatDeclarations,
  formatNames,
  InputError,
  type MacArrayParameters,
  type MinifloatFormat,
  type MinifloatName,
  macArrayParameters,
  minifloatFormats,
  type NumberFormat,
  type PolicyDeclaration,
  policies,
  type QuantizePolicies,
  type RoundingRule,
  type VectorMacParameters,
  vectorMacParameters,
} from "../spec/index.ts";
export * from "./array-order.ts";
export * from "./clipping/index.ts";
export { dotProduct } from "./datapath/dot-product.ts";
export * from "./datapath/lane-step.ts";
export * from "./datapath/mac-array-model.ts";
export * from "./datapath/packing.ts";
export * from "./datapath/saturate.ts";
export { roundScaleProduct } from "./datapath/scale-product.ts";
export { forEachDecoded } from "./decode.ts";
export { dequantize, dequantizeParts } from "./dequantize.ts";
export * from "./gemm.ts";
export { finiteValues, type Matrix, type NonfinitePolicy } from "./matrix.ts";
export { bitsPerElement } from "./metrics/bits-per-element.ts";
export { type Metrics, measure } from "./metrics/measure.ts";
export * from "./minifloat/index.ts";
export * from "./npy/npy-array.ts";
export { readNpyMatrix } from "./npy/npy-matrix.ts";
export * from "./npy/read-npy.ts";
export * from "./npy/write-npy.ts";
export * from "./npz/index.ts";
export * from "./octav/index.ts";
export * from "./parallel/index.ts";
export * from "./product.ts";
export { quantize } from "./quantize.ts";
export * from "./quantize-for-lane.ts";
export * from "./quantize-options.ts";
export * from "./quantize-symmetric.ts";
export * from "./quantize-vsq.ts";
export * from "./quantized-file/index.ts";
export {
  type CoarseGranularity,
  coarseOf,
  dequantize as dequantizeMatrix,
  type QuantizedMatrix,
} from "./quantized-matrix.ts";
export * from "./quantized-tensor.ts";
export { roundByRule } from "./round-by-rule.ts";
export { roundHalfEven } from "./rounding.ts";
export * from "./safetensors/index.ts";
export * from "./scaling/index.ts";
export { sqnr } from "./sqnr.ts";
export { checkTensor, type Tensor } from "./tensor.ts";
