import type { OctavCoreParameters, OctavUnitParameters } from "./octav-parameters.ts";

/** Widths that follow from the parameters of OCTAV; bits unless said otherwise. */
export interface OctavWidths {
  /** The largest magnitude (a number): 2^(inputBits−1) signed, 2^inputBits − 1 unsigned. */
  readonly largestMagnitude: number;
  /** A magnitude: inputBits. */
  readonly magnitudeBits: number;
  /** The largest integer below a clip, which is at most the largest magnitude: what elements are compared with. */
  readonly thresholdBits: number;
  /** Numbers 0 .. elements. */
  readonly countBits: number;
  /** The sum of all magnitudes. */
  readonly sumBits: number;
  /** W = 3·2^weightShift: 2·elementBits signed, 2·elementBits + 2 unsigned. */
  readonly weightShift: number;
  /** N = W·S. */
  readonly numeratorBits: number;
  /** D = Z + W·P, at most W times the elements. */
  readonly denominatorBits: number;
  /** The clip with its fraction: inputBits + fractionBits. */
  readonly clipBits: number;
  /** Numbers 0 .. iterations. */
  readonly roundBits: number;
}

/** Bits of an unsigned number. */
function bitsOf(largest: bigint): number {
  return Math.max(1, largest.toString(2).length);
}

/** The widths of OCTAV over at most `elements` values. Takes parameters that `parse` accepted. */
export function octavWidths(parameters: OctavCoreParameters, elements: number): OctavWidths {
  const { elementBits, fractionBits, inputBits, iterations, unsigned } = parameters;
  const largestMagnitude = unsigned ? 2 ** inputBits - 1 : 2 ** (inputBits - 1);
  const weightShift = 2 * elementBits + (unsigned ? 2 : 0);
  const weight = 3n << BigInt(weightShift);
  const largestSum = BigInt(elements) * BigInt(largestMagnitude);
  return Object.freeze({
    largestMagnitude,
    magnitudeBits: inputBits,
    thresholdBits: bitsOf(BigInt(largestMagnitude - 1)),
    countBits: bitsOf(BigInt(elements)),
    sumBits: bitsOf(largestSum),
    weightShift,
    numeratorBits: bitsOf(weight * largestSum),
    denominatorBits: bitsOf(weight * BigInt(elements)),
    clipBits: inputBits + fractionBits,
    roundBits: bitsOf(BigInt(iterations)),
  });
}

/** How the passes of mode vector are spread over engines and cycles. A pass is the start at the mean, or one round. */
export interface OctavSchedule {
  /** The start and the rounds. */
  readonly passes: number;
  /** Engines in a row, each holding one vector. */
  readonly engines: number;
  /** Cycles that a vector stays in an engine: the cycles between vectors. */
  readonly cycles: number;
}

/** Spreads the passes: one engine that does all of them, or a row of engines when pipelined. */
export function octavSchedule(
  parameters: Pick<OctavUnitParameters, "iterations" | "unroll" | "pipelined" | "interval">,
): OctavSchedule {
  const { interval, iterations, pipelined, unroll } = parameters;
  const passes = iterations + 1;
  const needed = Math.ceil(passes / unroll);
  const cycles = pipelined ? Math.min(interval, needed) : needed;
  return Object.freeze({ passes, cycles, engines: Math.ceil(needed / cycles) });
}

/** Cycles from a vector that is accepted to `out_valid`. */
export function octavVectorLatency(
  parameters: Pick<OctavUnitParameters, "iterations" | "unroll" | "pipelined" | "interval">,
): number {
  const { cycles, engines } = octavSchedule(parameters);
  return engines * cycles + 1;
}

/** Cycles from one accepted vector to the next that can be accepted. */
export function octavVectorInterval(
  parameters: Pick<OctavUnitParameters, "iterations" | "unroll" | "pipelined" | "interval">,
): number {
  const { cycles } = octavSchedule(parameters);
  return parameters.pipelined ? cycles : cycles + 1;
}

/** Cycles from the `pass_last` of a tensor to the answer, or to the request for another pass. */
export function octavTensorLatency(parameters: OctavUnitParameters): number {
  return octavWidths(parameters, parameters.maxElements).thresholdBits + 2;
}

/** Cycles from a vector, or from the last beat of a pass, to what it causes. */
export function octavUnitLatency(parameters: OctavUnitParameters): number {
  return parameters.mode === "tensor" ? octavTensorLatency(parameters) : octavVectorLatency(parameters);
}
