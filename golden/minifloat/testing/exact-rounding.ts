import type { RoundingRule } from "../../../spec/index.ts";

/** Numbers here are whole multiples of 2^−unitExponent. */
const unitExponent = 1100n;

/** A finite double as an exact multiple of 2^−1100, read from its bits. */
export function exactUnits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  // A double's last bit is 2^−1074.
  return (bits >> 63n ? -magnitude : magnitude) << (unitExponent - 1074n);
}

/** Where a magnitude lies among ascending values: the last one not above it, and how it compares with the midpoint. */
export interface Place {
  /** −1 when the magnitude is below the first value. */
  readonly below: number;
  /** Compared with the middle to the next value: −1, 0, 1; "on" when it is the value itself. */
  readonly half: -1 | 0 | 1 | "on";
}

/** Finds the place of a magnitude among ascending values; beyond the last one the place is "on" the last. */
export function placeAmong(magnitude: bigint, values: readonly bigint[]): Place {
  let low = -1;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0n) <= magnitude) low = middle;
    else high = middle;
  }
  const lower = values[low];
  const upper = values[high];
  if (lower === undefined) return { below: -1, half: 1 };
  if (upper === undefined || lower === magnitude) return { below: low, half: "on" };
  const twice = 2n * magnitude;
  const middle = lower + upper;
  return { below: low, half: twice < middle ? -1 : twice > middle ? 1 : 0 };
}

/** The index that a rounding rule picks. */
export function pickIndex({ below, half }: Place, negative: boolean, rule: RoundingRule): number {
  if (half === "on") return below;
  if (below < 0) return 0;
  if (rule === "toward-zero" || half === -1) return below;
  if (half === 1) return below + 1;
  if (rule === "half-away") return below + 1;
  if (rule === "half-up") return negative ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
