export { type ClipGrid, e2m1Levels } from "./clip-grid.ts";
export { type ClipResult, clipMagnitude } from "./clip-magnitude.ts";
export { type ClipRule, clipRuleNames, parseClipRule } from "./clip-rule.ts";
