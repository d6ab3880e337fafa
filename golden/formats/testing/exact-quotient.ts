import { exactUnits } from "../../minifloat/testing/exact-rounding.ts";

/** Exact fractions, so that rounding can be decided without floating point. */
export interface Fraction {
  readonly n: bigint;
  /** Above 0. */
  readonly d: bigint;
}

/** A finite double as a fraction. */
export function fraction(value: number): Fraction {
  return { n: exactUnits(value), d: 1n << 1100n };
}

/** The product, exact. */
export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** a / b for b > 0. */
export function over(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d, d: a.d * b.n };
}

/** The whole number nearest to a fraction; ties to even, or away from zero, up, or truncated. */
export function nearest({ n, d }: Fraction, rule = "half-even"): number {
  const magnitude = n < 0n ? -n : n;
  const whole = magnitude / d;
  const twice = 2n * (magnitude - whole * d);
  let up = twice > d;
  if (twice === d) up = rule === "half-away" || (rule === "half-up" ? n > 0n : whole % 2n === 1n);
  if (rule === "toward-zero") up = false;
  const rounded = Number(up ? whole + 1n : whole);
  return n < 0n ? -rounded + 0 : rounded;
}

/** The float32 nearest to a fraction that is not negative, ties to even; Infinity beyond the largest. */
export function toFloat32({ n, d }: Fraction): number {
  if (n === 0n) return 0;
  let exponent = -149;
  // The spacing 2^exponent with which fewer than 2^24 steps are needed.
  while (
    n >= (d << 24n) * 2n ** BigInt(Math.max(exponent, 0)) ||
    (exponent < 0 && n << BigInt(-exponent) >= d << 24n)
  ) {
    exponent++;
  }
  const steps = exponent < 0 ? { n: n << BigInt(-exponent), d } : { n, d: d << BigInt(exponent) };
  const value = nearest(steps) * 2 ** exponent;
  return value >= 2 ** 128 ? Number.POSITIVE_INFINITY : value;
}
