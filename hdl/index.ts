export * from "./diagnostics/index.ts";
export { type Elaborated, elaborate, inspect } from "./elaborate.ts";
export { type Design, type ModuleNetlist, needsClock, needsReset, type Port } from "./ir/index.ts";
export * from "./language/index.ts";
export * from "./library/index.ts";
export * from "./types/index.ts";
