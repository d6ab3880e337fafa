import type { MacArrayParameters } from "../../spec/index.ts";
import { laneStep } from "./lane-step.ts";

/** One valid cycle at the inputs of `mac-array`. */
export interface MacArrayInput {
  /** 0 INT8 (wide), 1 INT4, 2 INT4-VSQ, 3 reserved. */
  readonly mode: number;
  /** One vector per lane, lane 0 first. */
  readonly a: readonly ArrayLike<number>[];
  /** One scale per lane; read in mode 2 alone. */
  readonly aScale?: ArrayLike<number>;
  /** The vector broadcast to all lanes, and its scale. */
  readonly b: ArrayLike<number>;
  readonly bScale?: number;
  /** Collector entry, 0..collectorDepth − 1. */
  readonly index: number;
  /** Start from 0 instead of the stored sum. */
  readonly first: boolean;
  /** Put the result out. */
  readonly last: boolean;
}

/** What appears on `out_index` and `out_sum`, `macArrayLatency` cycles after its input. */
export interface MacArrayOutput {
  readonly index: number;
  /** One partial sum per lane, lane 0 first. */
  readonly sums: readonly number[];
}

/**
 * `mac-array` cycle by cycle, without its latency: the lanes and what the accumulation collector holds.
 * An entry has no value until a vector with `first` has reached it; to continue one before is refused, since the
 * hardware then adds to whatever its storage holds.
 */
export class MacArrayModel {
  readonly parameters: MacArrayParameters;
  #collector: (readonly number[] | undefined)[];

  constructor(parameters: MacArrayParameters) {
    this.parameters = parameters;
    this.#collector = new Array(parameters.collectorDepth);
  }

  /** Forgets every partial sum. */
  reset(): void {
    this.#collector = new Array(this.parameters.collectorDepth);
  }

  /** What the collector holds at `index`, one sum per lane; undefined before a first vector. */
  entry(index: number): readonly number[] | undefined {
    return this.#collector[index];
  }

  /**
   * One clock cycle. Leave the input out for a cycle without `in_valid`: it changes nothing.
   * @returns the result this cycle's vector puts out, or undefined without `last`.
   * @throws RangeError for numbers out of range, or an entry continued before it was started.
   */
  step(input?: MacArrayInput): MacArrayOutput | undefined {
    if (!input) return undefined;
    const { lanes, collectorDepth } = this.parameters;
    const { a, aScale, b, bScale, first, index, last, mode } = input;
    if (!(Number.isInteger(index) && index >= 0 && index < collectorDepth)) {
      throw new RangeError(`collector entry ${index}; there are ${collectorDepth}, from 0`);
    }
    if (a.length !== lanes) throw new RangeError(`a has ${a.length} vectors for ${lanes} lanes`);
    const stored = this.#collector[index];
    if (!first && !stored) throw new RangeError(`collector entry ${index} is continued before a vector with first`);
    const sums = a.map((vector, lane) =>
      laneStep(this.parameters, {
        mode,
        a: vector,
        b,
        aScale: aScale?.[lane] ?? 0,
        bScale: bScale ?? 0,
        sumIn: first ? 0 : (stored?.[lane] ?? 0),
      }),
    );
    this.#collector[index] = sums;
    return last ? { index, sums } : undefined;
  }
}
