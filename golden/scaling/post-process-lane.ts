import type { HardwareRounding, PostProcessParameters } from "../../spec/index.ts";
import { saturate } from "../datapath/saturate.ts";

/** A number of bits cut off, the value rounded: value / 2^bits to a whole number. Exact while |value| < 2^52. */
export function cutBits(value: number, bits: number, rounding: HardwareRounding): number {
  const exact = value / 2 ** bits;
  const below = Math.floor(exact);
  const rest = exact - below;
  switch (rounding) {
    case "down":
      return below;
    case "half-up":
      return rest >= 0.5 ? below + 1 : below;
    case "half-even":
      return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
    case "half-away":
      return rest > 0.5 || (rest === 0.5 && exact > 0) ? below + 1 : below;
  }
}

/** What one lane's sum meets on its way to the quantiser. */
export interface LaneScaling {
  /** Per-matrix scale, unsigned. */
  readonly scale: number;
  /** Bias of the lane; 0 where there is none. */
  readonly bias: number;
  /** Negative values become 0. */
  readonly relu: boolean;
}

/**
 * One sum made ready for the quantiser: scaled, biased, ReLU, cut and saturated, in this order:
 *
 *     sat(round((max?(0, sum·scale + bias·2^biasShift)) / 2^shift))
 *
 * The product and the biased sum are exact: 24-bit sums and 16-bit scales make 40 and 41 bits.
 */
export function postProcessLane(
  sum: number,
  { bias, relu, scale }: LaneScaling,
  { biasShift, outputBits, rounding, shift }: PostProcessParameters,
): number {
  const biased = sum * scale + bias * 2 ** biasShift;
  const rectified = relu ? Math.max(0, biased) : biased;
  const rounded = cutBits(rectified, shift, rounding);
  return saturate(rounded === 0 ? 0 : rounded, outputBits);
}
