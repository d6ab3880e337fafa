import type { Module } from "../language/index.ts";
import type { EquivalenceReport } from "./equivalent-designs.ts";
import type { ProofReport } from "./result.ts";

/**
 * A statement about a design that a proof can be made of: a module whose assertions say it, in a size that a solver
 * finishes, or two modules that should be the same.
 */
export interface ProofTask {
  /** Short, for the command line and tables: `saturation`. */
  readonly name: string;
  /** What is shown, and for which size, in a sentence. */
  readonly summary: string;
  /** Makes the module: the design itself, or a harness with the design inside. */
  readonly create: () => Module;
  /** A module that must be equal to the first; its assertions are not looked at then. */
  readonly equalTo?: (() => Module) | undefined;
  /** The claim: for all runs (`always`, unless told), or for all runs of so many cycles after reset. */
  readonly claim?: "always" | { readonly cycles: number } | undefined;
  /** Longest induction tried, in cycles. */
  readonly induction?: number | undefined;
  readonly engine?: "sat" | "smt" | undefined;
  /** Look for runs that reach the covers, too. Default false: they are no part of what is shown. */
  readonly covers?: boolean | undefined;
}

/** What came of a task. */
export interface ProofTaskReport {
  readonly name: string;
  readonly summary: string;
  /** Whether what the task claims has been shown. */
  readonly good: boolean;
  /** For a task about assertions. */
  readonly proof?: ProofReport | undefined;
  /** For a task about two modules. */
  readonly equivalence?: EquivalenceReport | undefined;
}

/** Whether a report shows what is claimed: proven, or, for a claim of `cycles`, good for as many. */
export function showsClaim(
  claim: NonNullable<ProofTask["claim"]>,
  result: { readonly status: string; readonly depth: number },
): boolean {
  if (result.status === "proven") return true;
  return claim !== "always" && result.status === "holds" && result.depth >= claim.cycles;
}
