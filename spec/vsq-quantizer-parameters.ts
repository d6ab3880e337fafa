import { defineParameters, type ParameterCheck, type ParameterSet } from "./parameters.ts";

/** How the per-vector scaler makes codes: by comparison with multiples of the maximum, or by its reciprocal. */
export type QuantizerArchitecture = "exact" | "reciprocal";

/** The per-vector scaler: whole numbers in, codes of a few bits and one scale per vector out. */
export interface VsqQuantizerParameters {
  /** Elements in a vector. */
  readonly vectorSize: number;
  /** Bits of a code, signed: N. Codes run from −(2^(N−1) − 1) to 2^(N−1) − 1. */
  readonly elementBits: number;
  /** Bits of the scale, unsigned: M. */
  readonly scaleBits: number;
  /** Bits of an input value, signed. */
  readonly inputBits: number;
  /** An input value v stands for v·2^−scaleFraction times the coarse scale. */
  readonly scaleFraction: number;
  /** Cycles over which the elements of one vector arrive: 1, 2, 4 or 8. */
  readonly beats: number;
  /** Register ranks beyond those that the timing needs. */
  readonly pipelineStages: number;
  readonly architecture: QuantizerArchitecture;
  /** Bits of the reciprocal and of the magnitudes that it multiplies; `reciprocal` alone reads it. */
  readonly reciprocalBits: number;
  /** Adds the input `in_clip`, which takes the place of the vector's maximum. */
  readonly clip: boolean;
}

const checks: readonly ParameterCheck<VsqQuantizerParameters>[] = [
  {
    reads: ["beats", "vectorSize"],
    refuse({ beats, vectorSize }) {
      if (![1, 2, 4, 8].includes(beats)) return `beats is ${beats}; it must be 1, 2, 4 or 8`;
      if (vectorSize % beats === 0) return undefined;
      return `a vector of ${vectorSize} elements does not divide into ${beats} beats; change vectorSize or beats`;
    },
  },
  {
    reads: ["inputBits", "elementBits"],
    refuse: ({ inputBits, elementBits }) =>
      inputBits > elementBits
        ? undefined
        : `inputBits ${inputBits} is not above elementBits ${elementBits}, so there is nothing to quantise`,
  },
  {
    reads: ["scaleFraction", "inputBits"],
    refuse: ({ scaleFraction, inputBits }) =>
      scaleFraction < inputBits
        ? undefined
        : `scaleFraction ${scaleFraction} leaves no bit of a ${inputBits}-bit value before the point; ` +
          `the most is ${inputBits - 1}`,
  },
  {
    reads: ["architecture", "reciprocalBits", "elementBits"],
    refuse: ({ architecture, reciprocalBits, elementBits }) =>
      architecture !== "reciprocal" || reciprocalBits >= elementBits + 2
        ? undefined
        : `reciprocalBits ${reciprocalBits} is too few to tell codes of ${elementBits} bits apart; ` +
          `it needs ${elementBits + 2}`,
  },
];

/** The parameters of `vsq-quantizer`: the published chip's widths, all elements at once. */
export const vsqQuantizerParameters: ParameterSet<VsqQuantizerParameters> = defineParameters<VsqQuantizerParameters>({
  subject: "vsq-quantizer",
  fields: {
    vectorSize: { default: 64, min: 2, max: 128, description: "elements in a vector" },
    elementBits: { default: 4, min: 3, max: 8, description: "bits of a code, signed (N); 8 is INT8 with a scale" },
    scaleBits: { default: 8, min: 3, max: 10, description: "bits of the per-vector scale, unsigned (M)" },
    inputBits: { default: 16, min: 5, max: 24, description: "bits of an input value, signed" },
    scaleFraction: {
      default: 4,
      min: 0,
      max: 16,
      description: "bits of an input value behind the point, in units of the coarse scale",
    },
    beats: { default: 1, min: 1, max: 8, description: "cycles over which a vector arrives: 1, 2, 4 or 8" },
    pipelineStages: { default: 0, min: 0, max: 2, description: "register ranks more than the least" },
    architecture: {
      default: "exact",
      choices: ["exact", "reciprocal"],
      description: "the formula in every bit, or a multiplication by an approximate reciprocal",
    },
    reciprocalBits: {
      default: 9,
      min: 5,
      max: 16,
      description: "bits of the reciprocal and of what it multiplies (architecture reciprocal)",
    },
    clip: { default: false, description: "an input in_clip in place of the vector's maximum" },
  },
  checks,
});

/**
 * Cycles from the last beat of a vector to its codes: one in which its maximum is known, one for each beat of codes, and
 * the ranks asked for.
 */
export function vsqQuantizerLatency(parameters: Pick<VsqQuantizerParameters, "beats" | "pipelineStages">): number {
  return 1 + parameters.beats + parameters.pipelineStages;
}

/**
 * The `scaleFraction` that uses the range of the inputs best: the most bits behind the point with which the largest
 * scale still stands for a magnitude that an input can have. 4 for 4-bit codes, 8-bit scales and 16-bit inputs; with
 * more, scales use a part of their range only, with fewer inputs use a part of theirs.
 */
export function fittingScaleFraction({
  elementBits,
  inputBits,
  scaleBits,
}: Pick<VsqQuantizerParameters, "elementBits" | "inputBits" | "scaleBits">): number {
  const largest = (2 ** (elementBits - 1) - 1) * (2 ** scaleBits - 1);
  const fraction = Math.floor(Math.log2((2 ** (inputBits - 1) - 1) / largest));
  return Math.min(16, Math.max(0, fraction));
}

/** The `reciprocalBits` that keep the loss of a reciprocal below 0.01 dB: five more than a code has, 9 for 4-bit codes. */
export function fittingReciprocalBits({ elementBits }: Pick<VsqQuantizerParameters, "elementBits">): number {
  return elementBits + 5;
}
