import { ceilLog2, constant, mux, type UInt, uint } from "../../hdl/index.ts";

/**
 * ⌊x / divisor⌋ for every x of its width, by one multiplication with a rounded-up reciprocal. With w bits of x, the
 * reciprocal c = ⌈2^s / d⌉ overshoots by e = c·d − 2^s; the floor is exact for all x when e·(2^w − 1) < 2^s, and the
 * smallest such s is taken. Factors of two of the divisor are dropped as bits of x first.
 */
export function dividedBy(x: UInt, divisor: number): UInt {
  let odd = divisor;
  let value = x;
  while (odd % 2 === 0) {
    odd /= 2;
    if (value.width === 1) return constant(uint(1), 0);
    value = value.shiftRight(1);
  }
  if (odd === 1) return value;
  const d = BigInt(odd);
  const most = (1n << BigInt(value.width)) - 1n;
  if (most < d) return constant(uint(1), 0);
  let shift = BigInt(ceilLog2(odd));
  const reciprocal = (): bigint => ((1n << shift) + d - 1n) / d;
  while ((reciprocal() * d - (1n << shift)) * most >= 1n << shift) shift++;
  const quotient = value.mul(reciprocal()).shiftRight(Number(shift));
  return quotient.truncate((most / d).toString(2).length);
}

/** x − divisor·⌊x / divisor⌋ from that quotient; only the low bits are computed. */
export function remainderOf(x: UInt, quotient: UInt, divisor: number): UInt {
  const width = ceilLog2(divisor);
  return x.resize(width).subWrap(quotient.mul(divisor).resize(width));
}

/**
 * A table of constants, in two's complement of `width` bits, read by a signal: a tree of multiplexers, which synthesis
 * reduces to the table's logic.
 */
export function lookup(index: UInt, values: readonly number[], width: number): UInt {
  const half = 2 ** (index.width - 1);
  const low = values.slice(0, half);
  const high = values.slice(half, 2 * half);
  const part = (entries: readonly number[]): UInt => {
    const first = entries[0] ?? 0;
    if (entries.every((entry) => entry === first)) return constant(uint(width), first < 0 ? first + 2 ** width : first);
    return lookup(index.wrap(index.width - 1), entries, width);
  };
  if (high.length === 0) return part(low);
  return mux(index.bit(index.width - 1), part(high), part(low));
}
