import { gated, instance, type UInt } from "../../hdl/index.ts";
import { type OctavCoreParameters, octavWidths } from "../../spec/index.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { OctavFraction } from "./octav-fraction.ts";
import type { OctavAnswer } from "./octav-row.ts";

/** The clip of an answer over `elements` values: the final division, in the same cycle. */
export function octavClip(answer: OctavAnswer, params: OctavCoreParameters, elements: number): UInt {
  const widths = octavWidths(params, elements);
  const { clipBits, denominatorBits, thresholdBits } = widths;
  const { fractionBits } = params;
  const division = instance(new OctavFraction({ clipBits, denominatorBits, fractionBits, thresholdBits }));
  division.threshold.value = answer.threshold;
  division.remainder.value = answer.remainder;
  division.denominator.value = octavDenominator(answer.total, answer.tail, widths);
  // Only a vector of zeros takes no round.
  return gated(division.clip, answer.rounds.ne(0));
}
