import type { UInt } from "../../hdl/index.ts";
import type { OctavWidths } from "../../spec/index.ts";

/** D = Z + W·P from the number of non-zero magnitudes and P, the number of those in the tail; W = 3·2^weightShift. */
export function octavDenominator(total: UInt, count: UInt, widths: OctavWidths): UInt {
  const below = total.subWrap(count);
  const weighted = count.add(count.shiftLeft(1)).shiftLeft(widths.weightShift);
  return weighted.add(below).resize(widths.denominatorBits);
}
