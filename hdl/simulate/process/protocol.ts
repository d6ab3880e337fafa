import type { EngineValues } from "../engine.ts";

/**
 * What the two sides say. The simulator reads a command: an operation and a count, then frames of inputs.
 *
 * | operation | frames | the simulator does | reply |
 * | --- | --- | --- | --- |
 * | sample | 1 | applies the inputs, settles | 1 frame of outputs |
 * | step | 1 | applies the inputs, `count` periods of the clocks | none |
 * | setResets | 1 | applies the inputs, holds reset `i` active when bit `i` of the count is 1, settles | none |
 * | replay | count | per frame: applies the inputs, settles, replies, one period of the clocks | count frames |
 * | covers | 1 | applies the inputs | how often each cover held, 32 bits each |
 *
 * The upper 28 bits of an operation's number say which clocks tick, bit 4 for clock 0.
 */
export const operations = { sample: 0, step: 1, setResets: 2, replay: 3, covers: 4 } as const;
export type Operation = (typeof operations)[keyof typeof operations];

/** Clocks, and resets, that the commands can tell apart. */
export const mostClocks = 28;

/** The number of an operation on these clocks. */
export function operationOn(operation: Operation, clocks: readonly number[]): number {
  return clocks.reduce((sum, clock) => (sum | (1 << (clock + 4))) >>> 0, operation);
}

/** How commands and frames are written as bytes for one kind of simulator. Frames have a fixed size. */
export interface Protocol {
  readonly headerBytes: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** `operation` is the number that `operationOn` gives. */
  writeHeader(operation: number, count: number, target: Uint8Array, at: number): void;
  /** `inputs` is a frame as `frameLayout` places it. */
  writeInputs(inputs: Uint8Array, target: Uint8Array, at: number): void;
  /**
   * Reads output port number `port` from the reply frame at `source[at]`.
   *
   * @param into reused for the result when given
   * @throws UnknownValueError when a bit of the port is unknown
   */
  readOutput(port: number, source: Uint8Array, at: number, into?: EngineValues): EngineValues;
  /** Bytes of a reply to `covers`. */
  coverBytes(covers: number): number;
  /** Reads count number `cover` from that reply. */
  readCover(cover: number, source: Uint8Array): number;
}
