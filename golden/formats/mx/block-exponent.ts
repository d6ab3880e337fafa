import type { QuantizePolicies } from "../../../spec/index.ts";
import { exponentReader } from "../../minifloat/binary-exponent.ts";
import { roundHalfEven } from "../../rounding.ts";

/** What a scale rule must know of the elements. */
export interface MxElement {
  /** The largest value: 6, 7.5, 28, 448, 57344, 127/64. */
  readonly largest: number;
  /** Its exponent, emax: 2, 2, 4, 8, 15, 0. */
  readonly largestExponent: number;
  /** Mantissa bits: 1, 3, 2, 3, 2, 6. */
  readonly mantissaBits: number;
}

const exponentOf = exponentReader();

/**
 * The exponent of a block's scale for its largest magnitude m > 0, before it is limited to E8M0's range. Exact.
 *
 * - floor: ⌊log2 m⌋ − emax (OCP Microscaling v1.0, section 6.3)
 * - ceil: ⌈log2 m⌉ − emax
 * - round-up: ⌈log2(m / largest)⌉, the least exponent with which m is in range
 * - even: ⌊log2 m'⌋ − emax, m' being m rounded to the element's mantissa bits, ties to even
 */
export function blockExponent(maximum: number, rule: QuantizePolicies["scaleRule"], element: MxElement): number {
  const { largest, largestExponent, mantissaBits } = element;
  const exponent = exponentOf(maximum);
  // 1 ≤ significand < 2, exact.
  const significand = maximum / 2 ** exponent;
  let up: boolean;
  switch (rule) {
    case "floor":
      up = false;
      break;
    case "ceil":
      up = significand > 1;
      break;
    case "round-up":
      up = significand > largest / 2 ** largestExponent;
      break;
    case "even":
      up = roundHalfEven(significand * 2 ** mantissaBits) === 2 ** (mantissaBits + 1);
  }
  return exponent - largestExponent + (up ? 1 : 0);
}
