export * from "./capture-source.ts";
export type { CodeRecord } from "./codes/code-record.ts";
export * from "./codes.ts";
export * from "./design-error.ts";
export * from "./diagnostic.ts";
export * from "./explain.ts";
export * from "./format.ts";
export * from "./source.ts";
