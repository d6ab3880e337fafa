import type { ElementDeclaration } from "../../../spec/index.ts";
import { minifloat, tableEncoder } from "../../minifloat/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { roundByRule } from "../../round-by-rule.ts";
import { roundHalfEven } from "../../rounding.ts";
import type { MxElement } from "./block-exponent.ts";

/** An element format with its conversion. */
export interface MxCodec extends MxElement {
  /** The least value: the largest with a minus sign, or −2 for INT8 with its full range. */
  readonly least: number;
  /** Whether codes are stored signed (INT8). */
  readonly signedCodes: boolean;
  /** The code of V/X. */
  readonly encode: (value: number) => number;
  /** The value of a code, in units of X. */
  readonly decode: (code: number) => number;
}

/**
 * The codec of an MX format's elements under the options' rounding, overflow, range and −0.
 * @param elements how many will be encoded (0): many are worth a preparation.
 */
export function mxCodec(element: ElementDeclaration, options: ResolvedOptions, elements = 0): MxCodec {
  const { rounding, overflow, negativeZero, fullRange } = options;
  if (element.kind === "integer") {
    const unit = 2 ** element.fractionBits;
    const top = 2 ** (element.bits - 1) - 1;
    const bottom = fullRange ? -top - 1 : -top;
    const round = rounding === "half-even" ? roundHalfEven : (value: number): number => roundByRule(value, rounding);
    return {
      largest: top / unit,
      least: bottom / unit,
      largestExponent: element.bits - 2 - element.fractionBits,
      mantissaBits: element.bits - 2,
      signedCodes: true,
      encode: (value) => round(Math.min(Math.max(value * unit, bottom), top)),
      decode: (code) => code / unit,
    };
  }
  const { decode, encode, format, largest, largestExponent } = minifloat(element.format);
  const negative = 2 ** (element.bits - 1);
  const encodeElement = (value: number): number => {
    const code = encode(value, rounding, overflow);
    return code === negative && negativeZero === "clear" ? 0 : code;
  };
  return {
    largest,
    least: -largest,
    largestExponent,
    mantissaBits: format.mantissaBits,
    signedCodes: false,
    encode: tableEncoder(encodeElement, format, elements),
    decode,
  };
}
