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
export function octavVectorLatency(parameters: OctavUnitParameters): number {
  if (parameters.candidates) return octavCheckCycles(parameters).latency;
  const { cycles, engines } = octavSchedule(parameters);
  return engines * cycles + 1;
}

/** Cycles from one accepted vector to the next that can be accepted. */
export function octavVectorInterval(parameters: OctavUnitParameters): number {
  if (parameters.candidates) return octavCheckCycles(parameters).latency;
  const { cycles } = octavSchedule(parameters);
  return parameters.pipelined ? cycles : cycles + 1;
}

/** Cycles from the `pass_last` of a tensor to the answer, or to the request for another pass. */
export function octavTensorLatency(parameters: OctavUnitParameters): number {
  return octavWidths(parameters, parameters.maxElements).thresholdBits + 2;
}

/** n of the top level L = 2^n − 1 of a quantised element. */
export function octavTopLevelBits({ elementBits, unsigned }: OctavCoreParameters): number {
  return unsigned ? elementBits : elementBits - 1;
}

/** Widths of the check of `candidates`; bits unless said otherwise. */
export interface OctavCandidateWidths {
  /** Candidates (a number). */
  readonly candidates: number;
  /** Thresholds between levels: the top level L (a number). */
  readonly levels: number;
  /** (2k − 1)·c. */
  readonly multipleBits: number;
  /** 2k − 1. */
  readonly oddBits: number;
  /** A = Σ|x|·l. */
  readonly productBits: number;
  /** C = Σl². */
  readonly squareBits: number;
  /** 2·L·A − c·C. */
  readonly differenceBits: number;
  /** c·(2·L·A − c·C). */
  readonly gainBits: number;
  /** A square root of two clips, or the refitted clip before it is limited. */
  readonly rootBits: number;
  /** s·m. */
  readonly digitBits: number;
  /** What is left of a square or of a dividend. */
  readonly restBits: number;
}

/** The widths of the check over one vector. */
export function octavCandidateWidths(parameters: OctavUnitParameters): OctavCandidateWidths {
  const { fractionBits, vectorSize } = parameters;
  const { clipBits, largestMagnitude } = octavWidths(parameters, vectorSize);
  const top = 2n ** BigInt(octavTopLevelBits(parameters)) - 1n;
  const maximum = BigInt(largestMagnitude) << BigInt(fractionBits);
  const count = BigInt(vectorSize);
  const product = top * count * BigInt(largestMagnitude);
  const square = count * top * top;
  return Object.freeze({
    candidates: 8,
    levels: Number(top),
    multipleBits: bitsOf((2n * top - 1n) * maximum),
    oddBits: bitsOf(2n * top - 1n),
    productBits: bitsOf(product),
    squareBits: bitsOf(square),
    differenceBits: bitsOf((2n * top * product) << BigInt(fractionBits)),
    gainBits: bitsOf(square * maximum * maximum),
    rootBits: clipBits + 1,
    digitBits: 2 * clipBits,
    restBits: Math.max(clipBits + 1, bitsOf(square)),
  });
}

/** Cycles that the parts of a check take: how OCTAV with `candidates` spends its time. */
export interface OctavCheckCycles {
  readonly rounds: number;
  readonly largest: number;
  readonly root: number;
  readonly refit: number;
  /** The longest part. */
  readonly longest: number;
  /** From a vector that is accepted to its answer, and to the next vector that can be. */
  readonly latency: number;
}

/** How long a check takes: the rounds, a cycle per bit of maximum, root and division, and L + 2 per candidate. */
export function octavCheckCycles(parameters: OctavUnitParameters): OctavCheckCycles {
  const { clipBits, thresholdBits } = octavWidths(parameters, parameters.vectorSize);
  const { candidates, levels } = octavCandidateWidths(parameters);
  const rounds = parameters.iterations + 1;
  const root = clipBits + 1;
  const refit = clipBits + 2;
  return Object.freeze({
    rounds,
    largest: thresholdBits,
    root,
    refit,
    longest: Math.max(rounds, thresholdBits, root, refit, levels),
    latency: rounds + thresholdBits + root + candidates * (levels + 2) + refit + 1,
  });
}

/** Cycles from a vector, or from the last beat of a pass, to what it causes. */
export function octavUnitLatency(parameters: OctavUnitParameters): number {
  return parameters.mode === "tensor" ? octavTensorLatency(parameters) : octavVectorLatency(parameters);
}
