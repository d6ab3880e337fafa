/** Smallest and largest value of an integer. */
interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

const unsignedRange = (width: number): Range => ({ min: 0n, max: (1n << BigInt(width)) - 1n });
const signedRange = (width: number): Range => {
  const limit = 1n << BigInt(width - 1);
  return { min: -limit, max: limit - 1n };
};

// Those of the widths that nearly all signals have, since every comparison and constant asks.
const widths = Array.from({ length: 129 }, (_, width) => width);
const unsignedRanges = widths.map(unsignedRange);
const signedRanges = widths.map((width) => (width === 0 ? undefined : signedRange(width)));

/** Smallest and largest value of a `width`-bit integer. */
export function rangeOf(width: number, signed: boolean): Range {
  return signed ? (signedRanges[width] ?? signedRange(width)) : (unsignedRanges[width] ?? unsignedRange(width));
}

/** Whether `value` is representable in `width` bits of that sign. */
export function fits(value: bigint, width: number, signed: boolean): boolean {
  const { min, max } = rangeOf(width, signed);
  return value >= min && value <= max;
}

/** `value` modulo 2^width, read back as signed or unsigned: what a register of that width keeps. */
export function wrapTo(value: bigint, width: number, signed: boolean): bigint {
  return signed ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
}

/** Bits that hold `value`: at least 1; for a signed number the sign bit is counted. */
export function bitsFor(value: bigint, signed: boolean): number {
  if (!signed) return Math.max(1, value.toString(2).length);
  const magnitude = value < 0n ? -value - 1n : value;
  return magnitude === 0n ? 1 : magnitude.toString(2).length + 1;
}

/** ⌈log2 n⌉, at least 0: address bits for `n` entries, or the growth of a sum of `n` terms. */
export function ceilLog2(n: number): number {
  return n <= 1 ? 0 : 32 - Math.clz32(n - 1);
}
