export { type OctavResult, octav } from "./octav.ts";
export { type OctavCandidatesResult, octavCandidateNames, octavCandidates } from "./octav-candidates.ts";
export { type ExactOctavResult, type Fraction, octavExact } from "./octav-exact.ts";
export { type OctavIntegerResult, octavInteger, roundFraction } from "./octav-integer.ts";
export type { OctavOptions } from "./octav-options.ts";
export { quantizeVectorOctav } from "./quantize-vector-octav.ts";
