import { constant, mux, type UInt, uint } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { dividedBy } from "./constant-division.ts";

/** What the elements of a vector are divided by, and the scale that says so. */
export interface VectorScale {
  /** nearest(magnitude·2^−scaleFraction / L), at most 2^M − 1. */
  readonly scale: UInt;
  /** The maximum or the clip; less where the scale has met its limit. inputBits bits. */
  readonly magnitude: UInt;
}

/** The largest maximum that can arrive: that of the most negative value, or all that `in_clip` can hold. */
export function largestPeak({ clip, inputBits }: Pick<VsqQuantizerParameters, "clip" | "inputBits">): number {
  return clip ? 2 ** inputBits - 1 : 2 ** (inputBits - 1);
}

/** The smallest maximum whose scale would pass the largest, 2^M − 1: 2m >= (2·(2^M − 1) + 1)·L·2^scaleFraction. */
function firstLimited({ elementBits, scaleBits, scaleFraction }: VsqQuantizerParameters): number {
  return Math.ceil(((2 ** (scaleBits + 1) - 1) * largestCode(elementBits) * 2 ** scaleFraction) / 2);
}

/** Whether any maximum that can arrive has a scale beyond the largest. */
export function scaleCanMeetLimit(params: VsqQuantizerParameters): boolean {
  return firstLimited(params) <= largestPeak(params);
}

/**
 * The scale of a vector from its maximum m: with L the largest code and f = scaleFraction, nearest(m / (L·2^f)), ties
 * upward. Where that would pass the largest scale S, m gives way to S·L·2^f, the magnitude that S stands for; the
 * comparison is left out where no m can reach it.
 */
export function vectorScale(peak: UInt, params: VsqQuantizerParameters): VectorScale {
  const { elementBits, inputBits, scaleBits, scaleFraction } = params;
  const most = largestCode(elementBits);
  const largest = (2 ** scaleBits - 1) * most * 2 ** scaleFraction;
  const magnitude = scaleCanMeetLimit(params)
    ? mux(peak.ge(firstLimited(params)), constant(uint(inputBits), largest), peak)
    : peak;
  // ⌊(m + L·2^f / 2) / (L·2^f)⌋: what is lost when L·2^f is odd is less than one unit of the numerator.
  const numerator = magnitude.add(Math.floor((most * 2 ** scaleFraction) / 2)).shiftRight(scaleFraction);
  const scale = dividedBy(numerator, most).resize(scaleBits);
  return { scale, magnitude };
}
