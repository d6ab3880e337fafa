import type { Lines } from "./encoded-lines.ts";

/** A share of 0 to 1 as a fraction of whole numbers. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/**
 * The shares k / n, 0 < k <= n, for vectors of these lengths, ascending and each once: every percentile gives the ranks
 * that one of them gives, in vectors of all the lengths at once.
 */
export function rankShares(lengths: readonly number[]): Share[] {
  const all = lengths.flatMap((whole) => Array.from({ length: whole }, (_, k): Share => ({ part: k + 1, whole })));
  all.sort((a, b) => a.part * b.whole - b.part * a.whole);
  return all.filter((share, i) => {
    const next = all[i + 1];
    return next === undefined || share.part * next.whole !== next.part * share.whole;
  });
}

/** The magnitude of data[from..to) by nearest rank for each of the shares, as `clipPercentile` finds it. */
export function percentileMagnitudes(
  data: Lines["data"],
  from: number,
  to: number,
  shares: readonly Share[],
  signed: boolean,
): Float64Array {
  const magnitudes = new Float64Array(to - from);
  for (let i = from; i < to; i++) {
    const value = data[i] ?? 0;
    magnitudes[i - from] = signed ? Math.abs(value) : Math.max(value, 0);
  }
  magnitudes.sort();
  const least = magnitudes.find((magnitude) => magnitude > 0) ?? 0;
  return Float64Array.from(shares, ({ part, whole }) => {
    const rank = Math.ceil((part * magnitudes.length) / whole);
    return (magnitudes[rank - 1] ?? 0) || least;
  });
}
