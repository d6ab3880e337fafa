import { formatDeclarations } from "../../spec/index.ts";
import type { ResolvedOptions } from "../quantize-options.ts";

/** Codes of an integer format: their range and an array for them. */
export interface IntegerCodes {
  /** The code that the clipping magnitude is mapped to, L. */
  readonly top: number;
  readonly least: number;
  readonly most: number;
  readonly bits: number;
  readonly signed: boolean;
  readonly codes: Int8Array | Uint8Array;
  /** The same bytes. */
  readonly bytes: Uint8Array;
}

/** The codes of `length` elements of an integer or VS-Quant format, all zero. */
export function integerCodes(length: number, { format, fullRange, unsigned }: ResolvedOptions): IntegerCodes {
  const { bits } = formatDeclarations[format].element;
  const top = 2 ** (unsigned ? bits : bits - 1) - 1;
  const bytes = new Uint8Array(length);
  const codes = unsigned ? bytes : new Int8Array(bytes.buffer);
  const least = unsigned ? 0 : fullRange ? -top - 1 : -top;
  return { top, least, most: top, bits, signed: !unsigned, codes, bytes };
}
