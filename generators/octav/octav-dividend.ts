import { cat, constant, type UInt, uint } from "../../hdl/index.ts";
import type { OctavWidths } from "../../spec/index.ts";

/**
 * N − 1 = W·S − 1 from the sum of a tail, W = 3·2^weightShift; without meaning for S = 0. The quotient by D rounded down
 * is then the largest integer below N/D. 3·S − 1 takes one adder, as −S − 1 is what inverting S gives; below it come ones.
 */
export function octavDividend(sum: UInt, { numeratorBits, sumBits, weightShift }: OctavWidths): UInt {
  const whole = sum.resize(sumBits);
  const tripled = whole.shiftLeft(2).addWrap(cat(constant(uint(2), 3), whole.not()));
  const ones = constant(uint(weightShift), 2n ** BigInt(weightShift) - 1n);
  return cat(tripled, ones).truncate(numeratorBits);
}
