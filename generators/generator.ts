import type { Module, ProofTask } from "../hdl/index.ts";
import type { ParameterDescription, ParameterValue } from "../spec/index.ts";

/** A design that Lodestone can generate. */
export interface Generator {
  /** As the command line knows it: `mac-array`. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** Its parameters with defaults and ranges. */
  readonly parameters: readonly ParameterDescription[];
  /** What has been proven of the design, each in a size that a solver finishes; `lodestone prove` runs them. */
  readonly proofs?: (() => readonly ProofTask[]) | undefined;
  /**
   * Checks parameters and prepares the design; nothing is built yet.
   * @throws InputError that lists every unknown name, value out of range and impossible combination.
   */
  configure(parameters: Readonly<Record<string, unknown>>): ConfiguredDesign;
}

/** A generator with its parameters decided. */
export interface ConfiguredDesign {
  readonly generator: string;
  /** Every parameter, defaults filled in. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Cycles from the inputs of one vector to the outputs that it causes; 0 for a combinational design. */
  readonly latency: number;
  /** A new module, ready to be elaborated. */
  create(): Module;
}
