export * from "./data-type.ts";
export * from "./range.ts";
