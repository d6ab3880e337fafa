export { compile } from "./compile.ts";
export * from "./diagnostics/index.ts";
export { type Elaborated, elaborate, inspect } from "./elaborate.ts";
export {
  clockingOf,
  clockingPorts,
  type Design,
  domainUses,
  type ModuleNetlist,
  needsClock,
  needsReset,
  type Port,
} from "./ir/index.ts";
export * from "./language/index.ts";
export * from "./library/index.ts";
export { mermaidOf } from "./mermaid-of.ts";
export type {
  Difference,
  EquivalenceOptions,
  EquivalenceReport,
  ProofReport,
  ProofStatus,
  ProofTask,
  ProofTaskReport,
  PropertyResult,
  ProveOptions,
  Trace,
} from "./prove/index.ts";
export { equivalent, prove, runProofTask } from "./prove.ts";
export * from "./simulate/index.ts";
export { simulate } from "./simulate.ts";
export * from "./types/index.ts";
export { type EmittedFile, emitVerilog } from "./verilog/index.ts";
