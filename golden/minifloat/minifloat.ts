import type { RoundingRule } from "../../spec/index.ts";
import { type MinifloatFormat, type MinifloatName, minifloatFormats, minifloatMagnitude } from "../../spec/index.ts";
import { roundByRule } from "../round-by-rule.ts";
import { roundHalfEven } from "../rounding.ts";
import { exponentReader } from "./binary-exponent.ts";

/** What becomes of numbers beyond the largest value. */
export type OverflowRule = "saturate" | "overflow";

/** Conversions between the codes of a small float and doubles. */
export interface Minifloat {
  readonly format: MinifloatFormat;
  /** The largest finite value. */
  readonly largest: number;
  /** Exponent of the largest power of two: e of the largest value. */
  readonly largestExponent: number;
  /** Values by code, all 2^bits of them; NaN and ±Infinity where the format says so. Exact. */
  readonly values: Float64Array;
  /** The value of a code. @throws RangeError for a code that the format does not have. */
  readonly decode: (code: number) => number;
  /**
   * The code of a number.
   *
   * The number is rounded as if the exponent had no upper limit; a tie of `half-even` goes to the even code. A magnitude
   * that is then above the largest value becomes the largest (`saturate`), or infinity or, without one, NaN
   * (`overflow`). ±Infinity likewise. −0 and negative numbers that round to 0 keep their sign bit.
   *
   * Unsigned formats: negative numbers become the smallest code (`saturate`) or NaN (`overflow`); −0 counts as 0. Without
   * a zero (E8M0) numbers below the smallest value, 0 among them, become the smallest; with `overflow` 0 becomes NaN.
   *
   * @throws RangeError for NaN, or for a number that overflows, when the format has no code for the result.
   */
  readonly encode: (value: number, rounding?: RoundingRule, overflow?: OverflowRule) => number;
}

function makeMinifloat(format: MinifloatFormat): Minifloat {
  const { name, signed, exponentBits, mantissaBits, bias, subnormals, largestCode, infinity, nan } = format;
  const magnitudes = 2 ** (exponentBits + mantissaBits);
  const signBit = signed ? magnitudes : 0;
  const values = new Float64Array(signed ? 2 * magnitudes : magnitudes);
  for (let code = 0; code < magnitudes; code++) {
    const special = code === infinity ? Number.POSITIVE_INFINITY : Number.NaN;
    const magnitude = code <= largestCode ? minifloatMagnitude(format, code) : special;
    values[code] = magnitude;
    if (signed) values[magnitudes + code] = -magnitude;
  }
  const largest = minifloatMagnitude(format, largestCode);
  // The lowest exponent with a code of its own: that of the subnormals too, where there are any.
  const lowestExponent = subnormals ? 1 - bias : -bias;
  // Without subnormals code 0 is the number 2^lowestExponent, whose significand counts as 2^mantissaBits.
  const binade = 2 ** mantissaBits;
  const offset = subnormals ? 0 : binade;
  const exponentOf = exponentReader();
  const largestExponent = exponentOf(largest);
  // The distance of neighbouring values, for each exponent from the lowest to the largest.
  const steps = new Float64Array(largestExponent - lowestExponent + 1);
  for (let i = 0; i < steps.length; i++) steps[i] = 2 ** (lowestExponent + i - mantissaBits);

  const nanCode = (value: number): number => {
    if (nan === undefined) throw new RangeError(`${value} has no code in ${name}, which has neither NaN nor infinity`);
    return nan;
  };
  const beyond = (value: number, overflow: OverflowRule): number => {
    if (overflow === "saturate") return largestCode;
    return infinity ?? nanCode(value);
  };
  const encodeMagnitude = (value: number, rounding: RoundingRule, overflow: OverflowRule): number => {
    const magnitude = Math.abs(value);
    if (magnitude === 0) return 0;
    if (magnitude === Number.POSITIVE_INFINITY) return beyond(value, overflow);
    const index = Math.max(exponentOf(magnitude) - lowestExponent, 0);
    const step = steps[index];
    if (step === undefined) return beyond(value, overflow);
    const base = index * binade - offset;
    // A division by a power of two: exact, as no quotient is below the number's own last bit.
    const quotient = value / step;
    // With mantissa bits the base is even, and the common rule needs no look at the parity of the code.
    const rounded =
      rounding === "half-even" && mantissaBits > 0 ? roundHalfEven(quotient) : roundByRule(quotient, rounding, base);
    const code = base + Math.abs(rounded);
    return code > largestCode ? beyond(value, overflow) : Math.max(code, 0);
  };

  const encode = (value: number, rounding: RoundingRule = "half-even", overflow: OverflowRule = "saturate"): number => {
    if (Number.isNaN(value)) return nanCode(value);
    if (signed) {
      const negative = value < 0 || Object.is(value, -0);
      return encodeMagnitude(value, rounding, overflow) + (negative ? signBit : 0);
    }
    if (overflow === "overflow" && (value < 0 || (value === 0 && !subnormals))) return nanCode(value);
    return encodeMagnitude(Math.max(value, 0), rounding, overflow);
  };
  const decode = (code: number): number => {
    const value = values[code];
    if (value === undefined) throw new RangeError(`${name} has no code ${code}; codes are 0..${values.length - 1}`);
    return value;
  };
  return { format, largest, largestExponent, values, decode, encode };
}

const codecs: Readonly<Record<MinifloatName, Minifloat>> = Object.freeze({
  e2m1: makeMinifloat(minifloatFormats.e2m1),
  e2m3: makeMinifloat(minifloatFormats.e2m3),
  e3m2: makeMinifloat(minifloatFormats.e3m2),
  e4m3: makeMinifloat(minifloatFormats.e4m3),
  e5m2: makeMinifloat(minifloatFormats.e5m2),
  ue4m3: makeMinifloat(minifloatFormats.ue4m3),
  e8m0: makeMinifloat(minifloatFormats.e8m0),
  float16: makeMinifloat(minifloatFormats.float16),
  bfloat16: makeMinifloat(minifloatFormats.bfloat16),
});

/** The codec of a small float. */
export function minifloat(name: MinifloatName): Minifloat {
  return codecs[name];
}
