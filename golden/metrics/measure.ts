import { formatDeclarations, InputError } from "../../spec/index.ts";
import { checkEncoded } from "../decode.ts";
import { decodedAtOnce, rangeDecoder } from "../decode-range.ts";
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

/** What is summed over the elements, in their order. */
class ErrorSums {
  signal = 0;
  noise = 0;
  largestError = 0;
  counted = 0;

  /** Adds data[from..to) against decoded values, the first of them at 0. */
  add(data: Float32Array | Float64Array, from: number, to: number, values: Float64Array): void {
    let { signal, noise, largestError, counted } = this;
    for (let i = from; i < to; i++) {
      const expected = data[i] ?? 0;
      const error = Math.abs(expected - (values[i - from] ?? 0));
      // False for NaN as well; an infinite number has an infinite error.
      if (!(error <= Number.MAX_VALUE)) continue;
      signal += expected * expected;
      noise += error * error;
      if (error > largestError) largestError = error;
      counted++;
    }
    Object.assign(this, { signal, noise, largestError, counted });
  }
}

function countZeros(codes: Int8Array | Uint8Array, mask: number): number {
  let zeros = 0;
  for (let i = 0; i < codes.length; i++) if (((codes[i] ?? 0) & mask) === 0) zeros++;
  return zeros;
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
  checkEncoded(quantized);
  const sums = new ErrorSums();
  const decode = rangeDecoder(quantized);
  const values = new Float64Array(Math.min(decodedAtOnce, data.length));
  for (let from = 0; from < data.length; from += decodedAtOnce) {
    const to = Math.min(from + decodedAtOnce, data.length);
    decode(from, to, values);
    sums.add(data, from, to, values);
  }
  const { counted, largestError, noise, signal } = sums;
  const zeroCodes = countZeros(quantized.codes, magnitudeMask);
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
