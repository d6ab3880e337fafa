export * from "./counter.ts";
export * from "./crc.ts";
export * from "./delay.ts";
export * from "./edges.ts";
export * from "./fixed-point.ts";
export * from "./gray.ts";
export { type LfsrOptions, lfsr } from "./lfsr.ts";
export * from "./rounding.ts";
export * from "./sum-tree.ts";
