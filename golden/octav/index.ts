export { type OctavResult, octav } from "./octav.ts";
export type { OctavOptions } from "./octav-options.ts";
