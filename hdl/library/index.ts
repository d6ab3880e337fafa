export * from "./delay.ts";
export * from "./sum-tree.ts";
