import type { Literal } from "./ast.ts";

/** Wider numbers are hexadecimal: a person no longer reads them as a number. */
const widestDecimal = 32;

/**
 * A sized literal: `1'b0`, `8'd255`, `4'sd3`, `-4'sd3`, `4'sh8` for the most negative value (whose magnitude does not
 * fit) and where the bits are wanted, hexadecimal above 32 bits.
 */
export function printLiteral(literal: Literal): string {
  const { value, width, signed } = literal;
  const sign = signed ? "s" : "";
  const bits = BigInt.asUintN(width, value);
  if (width === 1) return `1'${sign}b${bits}`;
  if (width > widestDecimal) return `${width}'${sign}h${bits.toString(16)}`;
  if (value >= 0n) return `${width}'${sign}d${value}`;
  if (literal.asBits === true || value === -(1n << BigInt(width - 1))) return `${width}'${sign}h${bits.toString(16)}`;
  return `-${width}'${sign}d${-value}`;
}
