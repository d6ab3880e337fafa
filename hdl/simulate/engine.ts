import type { Clocking } from "../ir/index.ts";
import type { Enumeration } from "../types/index.ts";
import type { CoverCount, PropertyFailure } from "./property-failure.ts";

/** One port as an engine sees it: `elements` scalars of `elementWidth` bits, element 0 least significant. */
export interface EnginePort {
  readonly name: string;
  readonly direction: "input" | "output";
  readonly elements: number;
  readonly elementWidth: number;
  readonly signed: boolean;
}

/** Element values: numbers up to 32 bits, bigint above. Signed elements are negative numbers where they are. */
export type EngineValues = ArrayLike<number> | readonly bigint[];

/** What `replay` returns: the outputs of one cycle, an array per output port in the order of `Engine.outputs`. */
export type OutputFrame = readonly EngineValues[];

/**
 * What every simulator offers; all else (names, waves, expectations) is built on top. Two-state: an unknown value of a
 * four-state simulator is reported by `read` as a thrown `UnknownValueError`, never as 0.
 */
export interface Engine {
  readonly name: "inprocess" | "verilator" | "icarus";
  /** Product name and version for reports, for instance `Verilator 5.006`. */
  readonly version: string;
  readonly inputs: readonly EnginePort[];
  readonly outputs: readonly EnginePort[];
  /** Clocks, resets and clock domains of the design; domains are named by their position here, 0 is the default one. */
  readonly clocking: Clocking;
  /** Sets all elements of input port number `port`. Takes effect at the next `read`, `step` or `replay`. */
  write(port: number, values: EngineValues): void;
  /** Reads output port number `port` after combinational logic has settled on the present inputs. */
  read(port: number): EngineValues;
  /**
   * `cycles` periods of the clocks of these domains (the default one) with the present inputs, their edges at the same
   * time. With `reset`, the resets of these domains are active meanwhile.
   */
  step(cycles: number, reset?: boolean, domains?: readonly number[]): void;
  /** Holds the resets of these domains (the default one) active, or not. Asynchronous resets act without a clock edge. */
  setReset(active: boolean, domains?: readonly number[]): void;
  /**
   * The fast path for long runs. For each frame: apply the inputs (one array per input port, in the order of `inputs`),
   * settle, hand the outputs to `observe`, then one period of the default domain's clock. `observe` must not keep the arrays: they are reused.
   */
  replay(frames: Iterable<readonly EngineValues[]>, observe: (cycle: number, outputs: OutputFrame) => void): void;
  /** Values inside the design for waves, by hierarchical name; only the in-process engine sees them all. */
  probes?(): readonly EngineProbe[];
  /**
   * Puts a value into a register or a word of a memory (`words[3]`), by its hierarchical name below the top: `lane.total`.
   * Tells whether there is one. Only the in-process engine can.
   */
  preset?(name: string, value: bigint): boolean;
  /** Assertions that have failed so far, where they are collected. */
  failures?(): readonly PropertyFailure[];
  /** How often each cover was seen to hold. */
  covers?(): readonly CoverCount[];
  /** Ends processes and removes temporary files. */
  dispose(): void;
}

/** A value inside the design that a wave may show. */
export interface EngineProbe {
  readonly scope: readonly string[];
  readonly name: string;
  readonly width: number;
  readonly signed: boolean;
  /** The names of its values, for a scalar of an enumeration. */
  readonly enumeration?: Enumeration | undefined;
  read(): number | bigint;
}

/** An output of a four-state simulator held x or z where a value was asked for. */
export class UnknownValueError extends Error {
  constructor(signal: string, bits: string) {
    super(`${signal} is unknown (${bits}): it was read before it was reset or written`);
    this.name = "UnknownValueError";
  }
}
