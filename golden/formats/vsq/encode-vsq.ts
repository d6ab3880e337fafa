import type { Lines } from "../encoded-lines.ts";
import { coarseGamma, type VsqPlan, type VsqScheme, vectorDivision, vectorPlaces } from "./vsq-plan.ts";

/** Where the results go. */
export interface VsqTarget {
  readonly codes: Int8Array | Uint8Array | Int16Array;
  /** From one line of codes to the next. */
  readonly stride: number;
  /** One, or one per row. */
  readonly gamma: Float64Array;
}

/**
 * VS-Quant's two-level quantiser (VS-Quant, equations 7a to 7j) on lines, given each vector's magnitude m (its maximum or
 * a clipping magnitude, 0 for vectors that become 0), its integer scale, and m*. Where nothing was chosen otherwise m* is
 * the largest m of the tensor or row:
 *
 *     s = m / L      γ = m* / (L·(2^M − 1))      scale = round(s / γ)      code = round(x / s)
 *
 * @param target all zeros; receives codes and γ.
 */
export function encodeVsq(lines: Lines, plan: VsqPlan, scheme: VsqScheme, target: VsqTarget): void {
  const { data, columns } = lines;
  const { encode } = scheme;
  const { codes, gamma, stride } = target;
  const places = vectorPlaces(lines, scheme);
  for (let g = 0; g < plan.coarse.length; g++) gamma[g] = coarseGamma(plan.coarse[g] ?? 0, scheme);
  for (let index = 0; index < places.count; index++) {
    const coarse = plan.coarse[Math.floor(index / places.group)] ?? 0;
    const { divisor, factor } = vectorDivision(plan.magnitudes[index] ?? 0, plan.scales[index] ?? 0, coarse, scheme);
    const [from, to] = [places.from(index), places.to(index)];
    const shift = Math.floor(from / columns) * (stride - columns);
    // Zeros go through the encoder too: a small float keeps their signs.
    for (let i = from; i < to; i++) codes[i + shift] = encode((factor * (data[i] ?? 0)) / divisor);
  }
}
