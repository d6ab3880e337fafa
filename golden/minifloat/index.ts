export { type Minifloat, minifloat, type OverflowRule } from "./minifloat.ts";
