import type { ElementDeclaration } from "../../spec/index.ts";
import { type ClipGrid, clipMagnitude, e2m1Levels } from "../clipping/index.ts";
import type { ResolvedOptions } from "../quantize-options.ts";

/** Finds clipping magnitudes by one rule and counts what OCTAV needed. */
export class ClipTally {
  clips = 0;
  rounds = 0;
  mostRounds = 0;
  unconverged = 0;
  readonly #grid: ClipGrid;
  readonly #options: Pick<ResolvedOptions, "clip">;

  constructor(element: ElementDeclaration, options: Pick<ResolvedOptions, "clip" | "unsigned" | "fullRange">) {
    const { bits, kind } = element;
    const signed = !options.unsigned;
    this.#grid =
      kind === "integer" ? { bits, signed, fullRange: options.fullRange } : { bits, signed, levels: e2m1Levels };
    this.#options = options;
  }

  /** The clipping magnitude of data[from..to), from 0 to its largest magnitude. */
  find(data: Float32Array | Float64Array, from: number, to: number): number {
    const { clip, rounds, converged } = clipMagnitude(data, from, to, this.#options.clip, this.#grid);
    this.clips++;
    this.rounds += rounds;
    this.mostRounds = Math.max(this.mostRounds, rounds);
    if (!converged) this.unconverged++;
    return clip;
  }
}
