export {
  type Difference,
  type EquivalenceOptions,
  type EquivalenceReport,
  equivalentDesigns,
} from "./equivalent-designs.ts";
export { proveDesign, usualYosys } from "./prove-design.ts";
export type { ProofReport, ProofStatus, PropertyResult, ProveOptions, Trace } from "./result.ts";
export { type ProofTask, type ProofTaskReport, showsClaim } from "./task.ts";
