import { defineParameters, type ParameterCheck, type ParameterSet } from "./parameters.ts";

/** How a unit rounds what it cuts off; `down` drops the bits, which is the floor. */
export type HardwareRounding = "half-up" | "half-even" | "half-away" | "down";

/** What stands between the sums of the array and the quantiser. */
export interface PostProcessParameters {
  /** Lanes whose sums arrive together. */
  readonly lanes: number;
  /** Elements in a vector that goes out: `lanes` of each of vectorSize/lanes consecutive tiles. */
  readonly vectorSize: number;
  /** Bits of a sum, signed. */
  readonly sumBits: number;
  /** Bits of the per-matrix scale, unsigned. */
  readonly matrixScaleBits: number;
  /** Bits of the bias of a lane, signed; 0 leaves the bias out. */
  readonly biasBits: number;
  /** The bias counts in units of 2^biasShift of the scaled sum. */
  readonly biasShift: number;
  /** Bits cut from the scaled sum. */
  readonly shift: number;
  readonly rounding: HardwareRounding;
  /** Bits of a value that goes out, signed, saturating: the quantiser's `inputBits`. */
  readonly outputBits: number;
  /** Vectors that may be under way at once: the depth of the array's collector. */
  readonly depth: number;
  /** Register ranks between the sums and the values. */
  readonly pipelineStages: number;
}

const checks: readonly ParameterCheck<PostProcessParameters>[] = [
  {
    reads: ["lanes", "vectorSize"],
    refuse: ({ lanes, vectorSize }) =>
      vectorSize % lanes === 0
        ? undefined
        : `a vector of ${vectorSize} elements is no whole number of tiles of ${lanes} lanes; change vectorSize or lanes`,
  },
  {
    reads: ["sumBits", "matrixScaleBits", "shift"],
    refuse: ({ sumBits, matrixScaleBits, shift }) =>
      shift < sumBits + matrixScaleBits
        ? undefined
        : `shift ${shift} cuts all ${sumBits + matrixScaleBits} bits of a scaled sum away`,
  },
  {
    reads: ["sumBits", "matrixScaleBits", "biasBits", "biasShift"],
    refuse: ({ sumBits, matrixScaleBits, biasBits, biasShift }) =>
      biasBits === 0 || biasBits + biasShift <= sumBits + matrixScaleBits
        ? undefined
        : `a bias of ${biasBits} bits shifted by ${biasShift} is wider than a scaled sum of ` +
          `${sumBits + matrixScaleBits} bits; change biasBits or biasShift`,
  },
];

/** The parameters of `post-process`: the published chip's widths. */
export const postProcessParameters: ParameterSet<PostProcessParameters> = defineParameters<PostProcessParameters>({
  subject: "post-process",
  fields: {
    lanes: { default: 16, min: 1, max: 128, description: "lanes whose sums arrive together" },
    vectorSize: { default: 64, min: 1, max: 128, description: "elements of a vector that goes out" },
    sumBits: { default: 24, min: 4, max: 32, description: "bits of a sum, signed" },
    matrixScaleBits: { default: 16, min: 1, max: 16, description: "bits of the per-matrix scale, unsigned" },
    biasBits: { default: 8, min: 0, max: 32, description: "bits of a lane's bias, signed; 0 leaves it out" },
    biasShift: { default: 16, min: 0, max: 32, description: "the bias counts in units of 2^biasShift" },
    shift: { default: 16, min: 0, max: 40, description: "bits cut from the scaled sum" },
    rounding: {
      default: "half-up",
      choices: ["half-up", "half-even", "half-away", "down"],
      description: "how the bits cut off round the value",
    },
    outputBits: { default: 16, min: 4, max: 24, description: "bits of a value that goes out, signed, saturating" },
    depth: { default: 16, min: 1, max: 256, description: "vectors under way at once, the collector's depth" },
    pipelineStages: { default: 0, min: 0, max: 2, description: "register ranks between sums and values" },
  },
  checks,
});

/** Cycles from the last tile's sums to the vector: the ranks asked for, and the output's own. */
export function postProcessLatency(parameters: Pick<PostProcessParameters, "pipelineStages">): number {
  return parameters.pipelineStages + 1;
}

/** Tiles whose sums make one vector. */
export function tilesPerVector(parameters: Pick<PostProcessParameters, "lanes" | "vectorSize">): number {
  return parameters.vectorSize / parameters.lanes;
}
