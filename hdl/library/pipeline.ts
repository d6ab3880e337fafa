import { type Condition, register, type SInt, UInt, when } from "../language/index.ts";
import { sint, uint } from "../types/index.ts";
import { reduceTree } from "./sum-tree.ts";

/** Options of a pipeline. */
export interface PipelineOptions {
  /** All its registers move only while this is 1; by default at every edge. */
  readonly enable?: Condition;
}

/** The value one stage later. */
function registered(
  value: UInt | SInt,
  enable: Condition | undefined,
  reset: number | bigint | undefined,
): UInt | SInt {
  const options = { gated: false, ...(reset === undefined ? {} : { reset }) };
  const stage = value instanceof UInt ? register(uint(value.width), options) : register(sint(value.width), options);
  const move = (): void => {
    (stage as UInt).next = value as UInt;
  };
  if (enable === undefined) move();
  else when(enable, move);
  return stage;
}

/**
 * A value in a pipeline, which knows how many cycles after the pipeline's inputs it comes (its latency). What is joined
 * is brought to the same latency first, so that nothing is skewed by mistake; a value that is delayed for several
 * readers is delayed once.
 */
export class Staged<T extends UInt | SInt = UInt | SInt> {
  /** The signal, valid `latency` cycles after the inputs. */
  readonly signal: T;
  /** Cycles behind the pipeline's inputs. */
  readonly latency: number;
  /** @internal */
  readonly pipeline: Pipeline;
  readonly #reset: number | bigint | undefined;
  #later: Staged<T> | undefined;

  constructor(pipeline: Pipeline, signal: T, latency: number, reset?: number | bigint) {
    this.pipeline = pipeline;
    this.signal = signal;
    this.latency = latency;
    this.#reset = reset;
  }

  /** What a combinational function makes of the value, in the same cycle. */
  map<R extends UInt | SInt>(compute: (value: T) => R): Staged<R> {
    return new Staged(this.pipeline, compute(this.signal), this.latency);
  }

  /** The same value `stages` (1) cycles later, through as many registers. */
  pipe(stages = 1): Staged<T> {
    if (!Number.isInteger(stages) || stages < 0)
      throw new RangeError(`pipe(${stages}): the stages are a whole number, 0 or more`);
    let value: Staged<T> = this;
    for (let stage = 0; stage < stages; stage++) value = value.#next();
    return value;
  }

  /**
   * The same value at a latency, or at that of another value.
   * @throws RangeError when the value comes later than that.
   */
  at(when: number | Staged): Staged<T> {
    const latency = typeof when === "number" ? when : when.latency;
    if (latency < this.latency) {
      throw new RangeError(
        `a value with a latency of ${this.latency} cycles cannot be had after ${latency}: delay the others`,
      );
    }
    return this.pipe(latency - this.latency);
  }

  #next(): Staged<T> {
    this.#later ??= new Staged(
      this.pipeline,
      registered(this.signal, this.pipeline.enable, this.#reset) as T,
      this.latency + 1,
      this.#reset,
    );
    return this.#later;
  }
}

/** The signals of staged values, in their order. */
type Signals<V extends readonly Staged[]> = { [K in keyof V]: V[K] extends Staged<infer T> ? T : never };

/** Where staged values begin. All values of one computation come from one pipeline. */
export class Pipeline {
  /** @internal */
  readonly enable: Condition | undefined;

  constructor({ enable }: PipelineOptions = {}) {
    this.enable = enable;
  }

  /**
   * An input of the pipeline, at latency 0. Its delays have no reset; with `reset` they have, as a valid bit needs.
   */
  start<T extends UInt | SInt>(signal: T, options: { readonly reset?: number | bigint } = {}): Staged<T> {
    return new Staged(this, signal, 0, options.reset);
  }

  /** What a combinational function makes of several values, once all are at the latency of the latest. */
  join<V extends readonly Staged[], R extends UInt | SInt>(
    values: readonly [...V],
    compute: (...signals: Signals<V>) => R,
  ): Staged<R> {
    const aligned = this.align(values);
    const signals = aligned.map((value) => value.signal) as Signals<V>;
    return new Staged(this, compute(...signals), aligned[0]?.latency ?? 0);
  }

  /** The values, each delayed to the latency of the latest. */
  align<V extends readonly Staged[]>(values: readonly [...V]): { [K in keyof V]: V[K] } {
    for (const value of values) {
      if (value.pipeline !== this)
        throw new RangeError("values of two pipelines are joined: their latencies do not compare");
    }
    const latest = Math.max(0, ...values.map(({ latency }) => latency));
    return values.map((value) => value.at(latest)) as { [K in keyof V]: V[K] };
  }

  /**
   * Joins any number of values as a balanced tree with registers after every `every` levels (and none at its end when
   * the last levels do not fill a stage).
   * @throws RangeError for an empty list, or `every` below 1.
   */
  tree<T extends UInt | SInt>(values: readonly Staged<T>[], join: (left: T, right: T) => T, every: number): Staged<T> {
    if (!Number.isInteger(every) || every < 1)
      throw new RangeError(`tree(): registers every ${every} levels: give 1 or more`);
    return reduceTree<Staged<T>>(
      this.align(values),
      (left, right) => this.join([left, right], join as (...signals: (UInt | SInt)[]) => T),
      (value, level) => (level % every === 0 ? value.pipe() : value),
    );
  }
}
