export { type Minifloat, minifloat, type OverflowRule } from "./minifloat.ts";
export { tableEncoder } from "./table-encoder.ts";
