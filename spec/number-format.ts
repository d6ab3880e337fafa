import { MacMode } from "./mac-mode.ts";
import type { VectorMacParameters } from "./mac-parameters.ts";

/** A number format of the datapath: `int8` is the wide path, the others the narrow one, whatever their widths. */
export type NumberFormat = "int8" | "int4" | "int4-vsq";

/** The formats by name, in the order of their mode codes. */
export const numberFormats: readonly NumberFormat[] = Object.freeze(["int8", "int4", "int4-vsq"] as const);

/** What a format means on a lane. */
export interface FormatShape {
  readonly mode: MacMode;
  /** Bits of an element, signed. */
  readonly elementBits: number;
  /** Elements of that width in one vector. */
  readonly vectorSize: number;
  /** Whether vectors carry an integer scale. */
  readonly scaled: boolean;
}

/** How a format uses a lane; undefined for `int8` on a lane without the wide path. */
export function formatShape(
  format: NumberFormat,
  { vectorSize, elementBits, wideBits }: Pick<VectorMacParameters, "vectorSize" | "elementBits" | "wideBits">,
): FormatShape | undefined {
  if (format !== "int8") {
    const scaled = format === "int4-vsq";
    return { mode: scaled ? MacMode.int4Vsq : MacMode.int4, elementBits, vectorSize, scaled };
  }
  if (wideBits === 0) return undefined;
  return {
    mode: MacMode.int8,
    elementBits: wideBits,
    vectorSize: (vectorSize * elementBits) / wideBits,
    scaled: false,
  };
}

/** The largest code a quantiser makes for `bits`-bit elements: 2^(bits−1) − 1. −2^(bits−1) is legal input, never made. */
export function largestCode(bits: number): number {
  return 2 ** (bits - 1) - 1;
}
