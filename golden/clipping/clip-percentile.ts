import { largestMagnitude } from "./magnitudes.ts";

/** A percentile as digits / 10^decimals. */
export interface Percentile {
  readonly digits: bigint;
  readonly decimals: number;
}

/**
 * The p-th percentile of the magnitudes by nearest rank: of n magnitudes in ascending order, zeros among them, the one
 * at place ⌈p·n / 100⌉, counted from 1. So it is the smallest magnitude of the tensor that at least p percent of the
 * values do not exceed; nothing is interpolated, and the rank is computed exactly. Should it be 0 although not every
 * value is, the smallest non-zero magnitude stands in. Unsigned: negative values count as 0.
 */
export function clipPercentile(
  values: Float32Array | Float64Array,
  start: number,
  end: number,
  { digits, decimals }: Percentile,
  signed: boolean,
): number {
  const largest = largestMagnitude(values, start, end, signed);
  const count = end - start;
  if (largest === 0 || count === 0) return largest;
  const whole = 100n * 10n ** BigInt(decimals);
  const rank = Number((digits * BigInt(count) + whole - 1n) / whole);
  const magnitudes = values.slice(start, end);
  for (let i = 0; i < count; i++) {
    const value = magnitudes[i] ?? 0;
    magnitudes[i] = signed ? Math.abs(value) : Math.max(value, 0);
  }
  magnitudes.sort();
  const found = magnitudes[rank - 1] ?? largest;
  return found > 0 ? found : (magnitudes.find((magnitude) => magnitude > 0) ?? largest);
}
