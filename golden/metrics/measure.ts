import { formatDeclarations, InputError } from "../../spec/index.ts";
import { forEachDecoded } from "../decode.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";
import { shapeText, type Tensor } from "../tensor.ts";
import { bitsPerElement } from "./bits-per-element.ts";

/** What a format did to a tensor. */
export interface Metrics {
  /** Bits of codes, scales and float scales per element. */
  readonly bitsPerElement: number;
  /** Signal to quantisation noise in decibels, 10·log10(Σx² / Σ(x − x')²); Infinity without error. */
  readonly sqnr: number;
  /** Mean of (x − x')². */
  readonly mse: number;
  /** max |x − x'|. */
  readonly largestError: number;
  /** Share of elements beyond the numbers that their scale, as written, can hold, 0..1. */
  readonly clippedShare: number;
  /** Share of codes that stand for 0, 0..1. */
  readonly zeroCodeShare: number;
  /** Share of scales that are 0, 0..1: of the vectors' scales, or of the float scales where there are no others. */
  readonly zeroScaleShare: number;
  /** Mean number of rounds that OCTAV took per clip; 0 without it. */
  readonly octavRounds: number;
  /** The most rounds that one clip took. */
  readonly octavMostRounds: number;
  /** Clips for which OCTAV did not settle. */
  readonly octavUnconverged: number;
}

function zeroScaleShare({ format, scales, gamma }: QuantizedTensor): number {
  const { scale } = formatDeclarations[format];
  // The E8M0 code 0 is a power of two.
  if (scale === "e8m0") return 0;
  const stored = scales ?? gamma ?? [];
  let zeros = 0;
  for (const one of stored) if (one === 0) zeros++;
  return stored.length === 0 ? 0 : zeros / stored.length;
}

/**
 * Compares a tensor with what its codes stand for. Sums in double precision. NaN and infinities that were replaced or
 * passed on (`nonfinite`) are left out of the errors.
 * @throws InputError when the shapes differ.
 */
export function measure(tensor: Tensor, quantized: QuantizedTensor): Metrics {
  const { data, name, shape } = tensor;
  if (shapeText(shape) !== shapeText(quantized.shape)) {
    throw new InputError(`${name}: the shapes ${shapeText(shape)} and ${shapeText(quantized.shape)} differ`);
  }
  const { clipped, clips, mostRounds, rounds, unconverged } = quantized.statistics;
  const { element } = formatDeclarations[quantized.format];
  // Of a small float, the sign bit does not count.
  const magnitudeMask = element.kind === "minifloat" ? 2 ** (element.bits - 1) - 1 : 255;
  let signal = 0;
  let noise = 0;
  let largestError = 0;
  let zeroCodes = 0;
  let counted = 0;
  forEachDecoded(quantized, (offset, value, code) => {
    if ((code & magnitudeMask) === 0) zeroCodes++;
    const expected = data[offset] ?? 0;
    const error = Math.abs(expected - value);
    if (!Number.isFinite(expected) || !Number.isFinite(error)) return;
    signal += expected * expected;
    noise += error * error;
    if (error > largestError) largestError = error;
    counted++;
  });
  return {
    bitsPerElement: bitsPerElement(quantized),
    sqnr: noise === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(signal / noise),
    mse: counted === 0 ? 0 : noise / counted,
    largestError,
    clippedShare: clipped / data.length,
    zeroCodeShare: zeroCodes / data.length,
    zeroScaleShare: zeroScaleShare(quantized),
    octavRounds: clips === 0 ? 0 : rounds / clips,
    octavMostRounds: mostRounds,
    octavUnconverged: unconverged,
  };
}
