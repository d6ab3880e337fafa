export * from "./capture-source.ts";
export * from "./codes.ts";
export * from "./design-error.ts";
export * from "./diagnostic.ts";
export * from "./format.ts";
export * from "./source.ts";
