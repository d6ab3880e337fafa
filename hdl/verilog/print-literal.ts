import type { Literal } from "./ast.ts";

/** Numbers from here on are hexadecimal in words of two bytes or more: masks and patterns of bits, mostly. */
const leastHexadecimal = 4096n;
const narrowestHexadecimal = 16;

/** Whether decimal digits say more of a large number: 50000000 and 9999 were thought of in tens. */
const isRoundInTens = (value: bigint): boolean => /(?:000|999)$/.test(`${value}`);

/**
 * A sized literal: `1'b0`, `8'd255`, `4'sd3`, `-4'sd3`, `4'sh8` for the most negative value (whose magnitude does not
 * fit) and where the bits are wanted, `32'ha3000000` for large numbers that are not round.
 */
export function printLiteral(literal: Literal): string {
  const { value, width, signed } = literal;
  const sign = signed ? "s" : "";
  const bits = BigInt.asUintN(width, value);
  if (width === 1) return `1'${sign}b${bits}`;
  const hexadecimal = `${width}'${sign}h${bits.toString(16)}`;
  if (value >= 0n) {
    if (width >= narrowestHexadecimal && value >= leastHexadecimal && !isRoundInTens(value)) return hexadecimal;
    return `${width}'${sign}d${value}`;
  }
  if (literal.asBits === true || value === -(1n << BigInt(width - 1))) return hexadecimal;
  return `-${width}'${sign}d${-value}`;
}
