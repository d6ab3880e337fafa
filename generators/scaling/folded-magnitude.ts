import { cat, mux, type SInt, type UInt } from "../../hdl/index.ts";

/**
 * A signed value as its bits below the sign, inverted where it is negative, and the sign behind them: 2·|v| for v >= 0,
 * 2·|v| − 1 for v < 0. It orders magnitudes as they are ordered, in as many bits as the value has, without the carry
 * chain of a negation.
 */
export function foldedMagnitude(value: SInt): UInt {
  const sign = value.bit(value.width - 1);
  const rest = value.slice(value.width - 2, 0).xor(sign.replicate(value.width - 1));
  return cat(rest, sign);
}

/** The magnitude behind a folded one: ⌈folded / 2⌉, as many bits. */
export function unfoldedMagnitude(folded: UInt): UInt {
  return folded.shiftRight(1).add(folded.bit(0));
}

/** The larger of two folded magnitudes. */
export function largerOf(left: UInt, right: UInt): UInt {
  return mux(left.ge(right), left, right);
}

/** The sign of a folded magnitude: 1 for a negative value. */
export function signOf(folded: UInt): UInt<1> {
  return folded.bit(0);
}
