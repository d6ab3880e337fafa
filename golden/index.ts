/**
 * The numbers: what the hardware must compute, written from the papers in plain TypeScript on typed arrays, and the
 * quantisers and file formats around it. Shares declarations (spec/) with the hardware, and no arithmetic.
 */
export {
  InputError,
  type MacArrayParameters,
  macArrayParameters,
  type NumberFormat,
  type VectorMacParameters,
  vectorMacParameters,
} from "../spec/index.ts";
export * from "./array-order.ts";
export { dotProduct } from "./datapath/dot-product.ts";
export * from "./datapath/lane-step.ts";
export * from "./datapath/mac-array-model.ts";
export * from "./datapath/packing.ts";
export * from "./datapath/saturate.ts";
export { roundScaleProduct } from "./datapath/scale-product.ts";
export * from "./gemm.ts";
export type { Matrix, NonfinitePolicy } from "./matrix.ts";
export * from "./npy/npy-array.ts";
export { readNpyMatrix } from "./npy/npy-matrix.ts";
export * from "./npy/read-npy.ts";
export * from "./npy/write-npy.ts";
export * from "./product.ts";
export * from "./quantize-for-lane.ts";
export * from "./quantize-symmetric.ts";
export * from "./quantize-vsq.ts";
export * from "./quantized-matrix.ts";
export { roundHalfEven } from "./rounding.ts";
export { sqnr } from "./sqnr.ts";
