import { cat, mux, type UInt } from "../../hdl/index.ts";

/** What some rows of a division give. */
export interface DivisionRows {
  /** One bit per digit, the first most significant. */
  readonly quotient: UInt;
  /** Below the divisor. */
  readonly remainder: UInt;
}

/**
 * Restoring division, one row per digit of the dividend, all in one cycle: the digit is appended to the remainder, and
 * where the divisor fits it is subtracted. Exact: remainder·2^n + digits = quotient·divisor + the new remainder.
 * @param remainder below the divisor, as wide as it; @param digits single bits, the first most significant.
 */
export function restoringRows(remainder: UInt, digits: readonly UInt[], divisor: UInt): DivisionRows {
  const { width } = divisor;
  let rest: UInt = remainder;
  const bits: UInt[] = [];
  for (const digit of digits) {
    const appended = cat(rest, digit);
    const less = appended.sub(divisor);
    const fits = less.bit(less.width - 1).not();
    // Below the divisor either way, so the upper bits carry nothing.
    rest = mux(fits, less.asUint().truncate(width), appended.truncate(width));
    bits.push(fits);
  }
  return { quotient: cat(...bits), remainder: rest };
}
