export { type ClipGrid, e2m1Levels } from "./clip-grid.ts";
export { type ClipResult, clipMagnitude } from "./clip-magnitude.ts";
export { clipMse } from "./clip-mse.ts";
export { type ClipCandidate, clipCandidates, clipOctavPlus, type OctavPlusResult } from "./clip-octav-plus.ts";
export { type ClipRule, clipRuleNames, parseClipRule } from "./clip-rule.ts";
export { refitClip, squaredError } from "./squared-error.ts";
