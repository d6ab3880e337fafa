import type { Source } from "../diagnostics/source.ts";
import type { PropertyFailure } from "../simulate/index.ts";
import type { ClockingOptions } from "./moving-clocks.ts";

/**
 * What is known of a property: it holds in every cycle of every run (`proven`); it holds in every run of `depth` cycles
 * (`holds`); a run violates it (`fails`); nothing (`undecided`). For a cover, which asks for a run: none exists
 * (`unreachable`), there is none of `depth` cycles (`unreached`), here is one (`reached`).
 */
export type ProofStatus = "proven" | "holds" | "fails" | "undecided" | "reached" | "unreached" | "unreachable";

/** A run of the design: what goes in, cycle by cycle, the first of which is under reset where there is one. */
export interface Trace {
  /** Input ports by name, the elements of each, element 0 first. */
  readonly cycles: readonly Readonly<Record<string, readonly bigint[]>>[];
  /** For input ports of an enumeration, what their values are called: `members.mode["2"]` is `run`. */
  readonly members?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /**
   * Registers and memory words (`words[3]`) by hierarchical name, before the first cycle: those whose value the run needs.
   */
  readonly initial: Readonly<Record<string, bigint>>;
  /** For a design with several clocks: the clock ports that have their edge at the end of each cycle. */
  readonly edges?: readonly (readonly string[])[] | undefined;
  /** Where resets may come at any time: the reset ports that are active in each cycle. */
  readonly resets?: readonly (readonly string[])[] | undefined;
  /** What the simulation in this process says of the run; absent when it does not confirm it. */
  readonly failure: PropertyFailure | undefined;
}

/** The verdict on one property of one instance. */
export interface PropertyResult {
  readonly kind: "assert" | "assume" | "cover";
  readonly name: string;
  readonly message: string;
  /** Names of the instances around it, the top first. */
  readonly path: readonly string[];
  readonly status: ProofStatus;
  /**
   * Cycles after reset that were looked at in all runs; for `proven` the length of the induction, for `fails` and
   * `reached` the cycle in which it happens.
   */
  readonly depth: number;
  readonly trace?: Trace | undefined;
  /** Why nothing is known. */
  readonly reason?: string | undefined;
  readonly source?: Source | undefined;
}

/** What came of a proof. */
export interface ProofReport {
  readonly design: string;
  readonly properties: readonly PropertyResult[];
  /** Every assertion is proven. */
  readonly proven: boolean;
  /** Some assertion fails. */
  readonly failed: boolean;
  /** What the proof assumes of the design's inputs: as the top states it, and modules below it that read them straight. */
  readonly assumptions: readonly string[];
  /** The programs used. */
  readonly tools: string;
  readonly seconds: number;
}

/** How a proof is made. */
export interface ProveOptions extends ClockingOptions {
  /** Cycles after reset that are looked at in all runs. Default 20. */
  readonly depth?: number | undefined;
  /** Longest induction tried, in cycles; 0 for none. Default 10. */
  readonly induction?: number | undefined;
  /** `sat`: the solver inside Yosys; `smt`: yosys-smtbmc with z3 or cvc5. Default `sat`. */
  readonly engine?: "sat" | "smt" | undefined;
  /** Which Yosys; `system` where there is one, else `embedded`, unless told. `smt` needs the system's. */
  readonly yosys?: "system" | "embedded" | undefined;
  /** Time for the whole proof in milliseconds. Default 5 minutes. */
  readonly timeLimitMs?: number | undefined;
  /** Look for runs that reach the covers, too. Default true. */
  readonly covers?: boolean | undefined;
  /** A VCD file for the first counterexample. */
  readonly wave?: string | undefined;
  /** Called with a few words on what is being done. */
  readonly onProgress?: ((step: string) => void) | undefined;
}
