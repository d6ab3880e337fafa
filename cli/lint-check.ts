import type { DiagnosticJson, SuppressedJson } from "../hdl/index.ts";

/** One thing that a check complains of. */
export interface LintFinding {
  /** The check's own code or rule: `LS0101`, `WIDTH`. */
  readonly rule: string | null;
  readonly message: string;
  /** Where, in the generated Verilog or in the TypeScript. */
  readonly file: string | null;
  readonly line: number | null;
  /** The complaint as its check shows it to a person, when that is more than a line. */
  readonly text?: string;
  /** The complaint with all its places and its hint; our own check gives it. */
  readonly diagnostic?: DiagnosticJson;
}

/** One check of a design and what it found. */
export interface LintCheck {
  /** Who looked: `Lodestone`, `Yosys`, `Verilator`. */
  readonly name: string;
  /** Product and version; null when it did not run. */
  readonly tool: string | null;
  /** Why it did not run. */
  readonly skipped: string | null;
  readonly findings: readonly LintFinding[];
  /** Warnings that the design's code allows, each with its reason; our own check gives them. */
  readonly suppressed?: readonly SuppressedJson[];
}
