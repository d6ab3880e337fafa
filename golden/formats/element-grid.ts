import type { ElementDeclaration, RoundingRule } from "../../spec/index.ts";
import { minifloat, tableEncoder } from "../minifloat/index.ts";
import { roundByRule } from "../round-by-rule.ts";
import { roundHalfEven } from "../rounding.ts";

/** The codes of one element, as a quantiser that divides by a real step sees them. */
export interface ElementGrid {
  /** The level that the clipping magnitude is mapped to, L: 2^(N−1) − 1 signed, 2^N − 1 unsigned, 6 for E2M1. */
  readonly top: number;
  /** Whether codes are stored signed. */
  readonly signedCodes: boolean;
  /** The code for a quotient element / step; beyond the grid it saturates. */
  readonly encode: (quotient: number) => number;
  /** The level of a code, in steps. */
  readonly decode: (code: number) => number;
}

/** What bears on an element's grid. */
export interface GridOptions {
  readonly rounding: RoundingRule;
  readonly unsigned: boolean;
  readonly fullRange: boolean;
  readonly negativeZero: "keep" | "clear";
}

/**
 * The grid of a format's elements.
 * @param elements how many will be encoded: many are worth a preparation.
 */
export function elementGrid(element: ElementDeclaration, options: GridOptions, elements: number): ElementGrid {
  const { rounding, unsigned, fullRange, negativeZero } = options;
  if (element.kind === "minifloat") {
    const { decode, format, encode, largest } = minifloat(element.format);
    const negative = 2 ** (element.bits - 1);
    const encodeElement = (quotient: number): number => {
      const code = encode(quotient, rounding);
      return code === negative && negativeZero === "clear" ? 0 : code;
    };
    return { top: largest, signedCodes: false, encode: tableEncoder(encodeElement, format, elements), decode };
  }
  const top = 2 ** (unsigned ? element.bits : element.bits - 1) - 1;
  const bottom = unsigned ? 0 : fullRange ? -top - 1 : -top;
  const round =
    rounding === "half-even" ? roundHalfEven : (quotient: number): number => roundByRule(quotient, rounding);
  return {
    top,
    signedCodes: !unsigned,
    encode: (quotient) => round(Math.min(Math.max(quotient, bottom), top)),
    decode: (code) => code,
  };
}
