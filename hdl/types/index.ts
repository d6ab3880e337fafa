export * from "./bundle-type.ts";
export * from "./data-type.ts";
export * from "./enum-type.ts";
export type { BitsBelow, SignedBits, UnsignedBits } from "./literal-widths.ts";
export * from "./range.ts";
export type { From } from "./width-tables.ts";
export type * from "./widths.ts";
