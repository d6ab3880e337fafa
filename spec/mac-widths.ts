import type { MacArrayParameters, VectorMacParameters } from "./mac-parameters.ts";

/** Widths that follow from the parameters of a MAC; bits unless said otherwise. */
export interface MacWidths {
  /** A packed vector on a port: vectorSize·elementBits. */
  readonly vectorBits: number;
  /** One narrow product, signed: 2·elementBits. */
  readonly productBits: number;
  /** The exact dot product of narrow elements, signed, the most negative codes included: 14 for INT4 x 64. */
  readonly dotBits: number;
  /** Wide elements in a vector (a count); 0 without the wide path. */
  readonly wideCount: number;
  /** One wide product, signed; 0 without the wide path. */
  readonly wideProductBits: number;
  /** The exact dot product of wide elements, signed: 21 for INT8 x 32; 0 without the wide path. */
  readonly wideDotBits: number;
  /** The product of two scales, unsigned: 2M. */
  readonly scaleProductFullBits: number;
  /** Low bits dropped from the scale product: 2M − R. */
  readonly scaleShift: number;
  /** Whether rounding the largest scale product gives 2^R, which R bits cannot hold: exactly when 1 <= R <= M − 2. */
  readonly scaleProductOverflows: boolean;
  /** The dot product times the rounded scale product, signed: 22 on the chip. */
  readonly scaledBits: number;
}

/**
 * Bits, signed, of a dot product of `count` pairs of `bits`-bit signed elements. The largest magnitude is that of
 * all-most-negative against all-most-negative, count·2^(2·bits−2), and it is positive: that decides the width.
 */
export function dotProductBits(count: number, bits: number): number {
  // count·2^(2·bits−2) needs bits(count) + 2·bits − 2 bits, and the sign one more.
  return 32 - Math.clz32(count) + 2 * bits - 1;
}

/** The widths of a lane. Takes parameters that `parse` accepted; the three scale and wide ones may be left out. */
export function macWidths(
  parameters: Pick<VectorMacParameters, "vectorSize" | "elementBits"> & Partial<VectorMacParameters>,
): MacWidths {
  const { vectorSize, elementBits, wideBits = 0, scaleBits = 1, scaleProductBits = 2 * scaleBits } = parameters;
  const vectorBits = vectorSize * elementBits;
  const dotBits = dotProductBits(vectorSize, elementBits);
  const wideCount = wideBits === 0 ? 0 : vectorBits / wideBits;
  return Object.freeze({
    vectorBits,
    productBits: 2 * elementBits,
    dotBits,
    wideCount,
    wideProductBits: 2 * wideBits,
    wideDotBits: wideBits === 0 ? 0 : dotProductBits(wideCount, wideBits),
    scaleProductFullBits: 2 * scaleBits,
    scaleShift: 2 * scaleBits - scaleProductBits,
    // (2^M − 1)² + 2^(2M−R−1) reaches 2^(2M) exactly when 2M − R − 1 >= M + 1.
    scaleProductOverflows: scaleProductBits <= scaleBits - 2,
    scaledBits: dotBits + scaleProductBits,
  });
}

/** Bits of a collector index: ⌈log2 collectorDepth⌉, at least 1 so that the port exists. */
export function collectorIndexBits(parameters: Pick<MacArrayParameters, "collectorDepth">): number {
  return Math.max(1, 32 - Math.clz32(parameters.collectorDepth - 1));
}

/** Cycles from the inputs of `vector-mac` to `sum_out`. 0: the output follows the inputs within the cycle. */
export function vectorMacLatency(parameters: Pick<VectorMacParameters, "pipelineStages">): number {
  return parameters.pipelineStages;
}

/** Cycles from the inputs of `mac-array` to `out_*`: the lane's, and one as the result is registered while the sum is stored. */
export function macArrayLatency(parameters: Pick<VectorMacParameters, "pipelineStages">): number {
  return parameters.pipelineStages + 1;
}
