export * from "./deduplicate.ts";
export * from "./fold.ts";
export * from "./narrow.ts";
export * from "./optimize.ts";
export * from "./remove.ts";
export * from "./share.ts";
export { splitLoops } from "./split-loops.ts";
export { statedRangeChecks } from "./stated-range-checks.ts";
export { withoutRangeChecks } from "./without-range-checks.ts";
