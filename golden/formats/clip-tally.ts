import type { ElementDeclaration } from "../../spec/index.ts";
import { type ClipGrid, type ClipRule, clipMagnitude, e2m1Levels } from "../clipping/index.ts";
import type { ResolvedOptions } from "../quantize-options.ts";

/** Finds clipping magnitudes by a rule and counts what OCTAV needed. */
export class ClipTally {
  clips = 0;
  rounds = 0;
  mostRounds = 0;
  unconverged = 0;
  /** The elements' grid. */
  readonly grid: ClipGrid;
  readonly #rule: ClipRule;

  constructor(element: ElementDeclaration, options: Pick<ResolvedOptions, "clip" | "unsigned" | "fullRange">) {
    const { bits, kind } = element;
    const signed = !options.unsigned;
    this.grid =
      kind === "integer" ? { bits, signed, fullRange: options.fullRange } : { bits, signed, levels: e2m1Levels };
    this.#rule = options.clip;
  }

  /**
   * The clipping magnitude of data[from..to), from 0 to its largest magnitude, by the options' rule. The rules `octav+`
   * and `mse` choose among several; what is found for them here is where they start from, OCTAV's answer.
   */
  find(data: Float32Array | Float64Array, from: number, to: number): number {
    const chooses = this.#rule === "octav+" || this.#rule === "mse";
    const { clip, rounds, converged } = clipMagnitude(data, from, to, chooses ? "octav" : this.#rule, this.grid);
    this.clips++;
    if (this.#rule === "mse") return clip;
    this.rounds += rounds;
    this.mostRounds = Math.max(this.mostRounds, rounds);
    if (!converged) this.unconverged++;
    return clip;
  }
}
