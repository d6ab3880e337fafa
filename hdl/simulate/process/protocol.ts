import type { EngineValues } from "../engine.ts";

/**
 * What the two sides say. The simulator reads a command: an operation and a count, then frames of inputs.
 *
 * | operation | frames | the simulator does | reply |
 * | --- | --- | --- | --- |
 * | sample | 1 | applies the inputs, settles | 1 frame of outputs |
 * | step | 1 | applies the inputs, `count` rising clock edges, reset low | none |
 * | resetStep | 1 | the same with reset high | none |
 * | replay | count | per frame: applies the inputs, settles, replies, one rising clock edge, reset low | count frames |
 */
export const operations = { sample: 0, step: 1, resetStep: 2, replay: 3 } as const;
export type Operation = (typeof operations)[keyof typeof operations];

/** How commands and frames are written as bytes for one kind of simulator. Frames have a fixed size. */
export interface Protocol {
  readonly headerBytes: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  writeHeader(operation: Operation, count: number, target: Uint8Array, at: number): void;
  /** `inputs` is a frame as `frameLayout` places it. */
  writeInputs(inputs: Uint8Array, target: Uint8Array, at: number): void;
  /**
   * Reads output port number `port` from the reply frame at `source[at]`.
   *
   * @param into reused for the result when given
   * @throws UnknownValueError when a bit of the port is unknown
   */
  readOutput(port: number, source: Uint8Array, at: number, into?: EngineValues): EngineValues;
}
