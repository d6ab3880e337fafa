import { constant, type UInt, uint } from "../../hdl/index.ts";
import { type OctavUnitParameters, octavTopLevelBits, octavWidths } from "../../spec/index.ts";
import { restoringRows } from "./restoring-rows.ts";

/**
 * The largest integer below the middle between two levels, (2k − 1)·c/(2·L): ⌊((2k − 1)·c − 1) / (2·L·2^fractionBits)⌋, so
 * that a magnitude is nearer to level k, or as near, exactly when it is above. The divisor is a constant, and its rows small.
 * @param multiple (2k − 1)·c, not 0
 */
export function levelThreshold(multiple: UInt, params: OctavUnitParameters): UInt {
  const { thresholdBits } = octavWidths(params, params.vectorSize);
  const bits = octavTopLevelBits(params);
  const dividend = multiple.subWrap(1).shiftRight(params.fractionBits + 1);
  const top = constant(uint(bits), 2 ** bits - 1);
  if (bits === 1) return dividend.resize(thresholdBits);
  const digits = Array.from({ length: dividend.width }, (_, i) => dividend.bit(dividend.width - 1 - i));
  return restoringRows(constant(uint(bits), 0), digits, top).quotient.resize(thresholdBits);
}
