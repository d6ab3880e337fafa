import type { Harness } from "./harness.ts";

/** Values of signals of the proof module as a solver found them, by their names in Yosys without the backslash. */
export type Assignment = ReadonlyMap<string, bigint>;

/** A run as a solver found it. */
export interface Model {
  readonly initial: Assignment;
  /** The first cycle is the one under reset. */
  readonly cycles: readonly Assignment[];
}

/** What is asked of a solver: whether none of the cells `goals` ever fails. */
export interface Question {
  readonly harness: Harness;
  /** Cells that must hold. */
  readonly goals: readonly string[];
  /** Cells known to hold, which may be used. */
  readonly known: readonly string[];
  /** Cycles, that under reset included. */
  readonly steps: number;
  /** `induction`: prove for all runs with an induction of at most `steps`; `bounded`: look at all runs of `steps`. */
  readonly method: "induction" | "bounded";
  readonly timeoutMs: number;
  readonly onProgress?: ((step: string) => void) | undefined;
}

/** Its answer; `steps` are the cycles of all runs known to be good. */
export type Answer =
  | { readonly kind: "proven"; readonly steps: number }
  | { readonly kind: "bounded"; readonly steps: number }
  | { readonly kind: "fails"; readonly model: Model }
  | { readonly kind: "timeout"; readonly steps: number };

/** A way to answer questions. */
export interface Solver {
  /** Name and version of the programs, known after the first answer. */
  readonly tools: string;
  ask(question: Question): Promise<Answer>;
}
