import type { Lines } from "../encoded-lines.ts";
import { coarseGamma, type VsqPlan, type VsqScheme, vectorDivision, vectorPlaces } from "./vsq-plan.ts";

/** A scheme whose codes can be decoded again. */
export interface WrittenScheme extends VsqScheme {
  /** The level of a code, in steps. */
  readonly decode: (code: number) => number;
}

/**
 * `sum` and the squared error of data[from..to) after quantising and decoding, element by element: what `measure` sees.
 */
export function addWrittenError(
  sum: number,
  data: Lines["data"],
  from: number,
  to: number,
  magnitude: number,
  scale: number,
  coarse: number,
  scheme: WrittenScheme,
): number {
  const { decode, encode } = scheme;
  const gamma = coarseGamma(coarse, scheme);
  const { divisor, factor } = vectorDivision(magnitude, scale, coarse, scheme);
  let total = sum;
  for (let i = from; i < to; i++) {
    const value = data[i] ?? 0;
    const lost = value - decode(encode((factor * value) / divisor)) * scale * gamma;
    total += lost * lost;
  }
  return total;
}

/** The squared error of the vectors first..last−1 of a plan as written, summed in order. */
export function planError(lines: Lines, plan: VsqPlan, scheme: WrittenScheme, first: number, last: number): number {
  const places = vectorPlaces(lines, scheme);
  let sum = 0;
  for (let v = first; v < last; v++) {
    const coarse = plan.coarse[Math.floor(v / places.group)] ?? 0;
    const [m, scale] = [plan.magnitudes[v] ?? 0, plan.scales[v] ?? 0];
    sum = addWrittenError(sum, lines.data, places.from(v), places.to(v), m, scale, coarse, scheme);
  }
  return sum;
}
