export * from "./format-declaration.ts";
export * from "./minifloat-format.ts";
export * from "./policies.ts";
