/** Numbers with which floor((x · factor + offset) / 2^shift) is floor(x / divisor) for every x of a range. */
export interface Reciprocal {
  readonly factor: bigint;
  readonly offset: bigint;
  readonly shift: number;
}

const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

function onesOf(value: bigint): number {
  let ones = 0;
  for (let rest = value; rest > 0n; rest &= rest - 1n) ones++;
  return ones;
}

/**
 * The reciprocal of `divisor` (1 or more) with the smallest shift, and so the smallest factor, that the bound below finds
 * exact for every x from `least` to `most`.
 *
 * With d = factor · divisor − 2^shift and x = q · divisor + r, (x · factor + offset) / 2^shift is q + r / divisor + E,
 * E = (x · d + offset · divisor) / (divisor · 2^shift). Its floor is q when 0 ≤ E < 1 / divisor, because r is at most
 * divisor − 1; so x · d + offset · divisor must lie in 0 .. 2^shift − 1 at both ends of the range.
 */
export function reciprocalOf(divisor: bigint, least: bigint, most: bigint): Reciprocal {
  for (let shift = 0; ; shift++) {
    const power = 1n << BigInt(shift);
    const below = power / divisor;
    const found: Reciprocal[] = [];
    for (const factor of power % divisor === 0n ? [below] : [below, below + 1n]) {
      if (factor < 1n) continue;
      const d = factor * divisor - power;
      const [low, high] = d >= 0n ? [least * d, most * d] : [most * d, least * d];
      const offset = low >= 0n ? 0n : -floorDivide(low, divisor);
      if (high + offset * divisor < power) found.push({ factor, offset, shift });
    }
    // Each one in the factor is an adder, and so is the offset.
    found.sort((a, b) => costOf(a) - costOf(b));
    if (found.length > 0) return found[0]!;
  }
}

function costOf({ factor, offset }: Reciprocal): number {
  return onesOf(factor) + (offset === 0n ? 0 : 1);
}
