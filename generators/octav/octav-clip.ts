import { gated, instance, type UInt } from "../../hdl/index.ts";
import { type OctavCoreParameters, type OctavDivider, octavWidths } from "../../spec/index.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { OctavFraction } from "./octav-fraction.ts";
import { OctavNewton } from "./octav-newton.ts";
import type { OctavAnswer } from "./octav-row.ts";

/** The clip of an answer over `elements` values: the final division, in the same cycle. */
export function octavClip(
  answer: Omit<OctavAnswer, "converged">,
  params: OctavCoreParameters & { readonly divider: OctavDivider },
  elements: number,
): UInt {
  const widths = octavWidths(params, elements);
  const { clipBits, denominatorBits, thresholdBits } = widths;
  const own = { clipBits, denominatorBits, fractionBits: params.fractionBits, thresholdBits };
  const division = instance(params.divider === "newton" ? new OctavNewton(own) : new OctavFraction(own));
  division.threshold.value = answer.threshold;
  division.remainder.value = answer.remainder;
  division.denominator.value = octavDenominator(answer.total, answer.tail, widths);
  // Only a vector of zeros takes no round.
  return gated(division.clip, answer.rounds.ne(0));
}
