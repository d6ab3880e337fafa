import { minifloat } from "../../minifloat/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";

const float32Largest = (2 - 2 ** -23) * 2 ** 127;
const f32 = Math.fround;
const ue4m3 = minifloat("ue4m3");
/** γ of at least 2^−118 times the least E4M3 number has a float32 reciprocal. */
const leastExponent = -118;

/**
 * The tensor's scale S in float32, never 0 or infinite. With m the maximum and L = 448·6 (four over six: 256·6), by
 * `tensorScale`:
 *
 * - reciprocal: min(L / m, float32 max); 1 for m = 0 (equation 17 of docs/numerics.md)
 * - power-of-two: 2^−e for the least e ≥ −118 with m ≤ L·2^e. γ = 2^e, and every product with γ or S is exact.
 */
export function tensorScale(maximum: number, options: Pick<ResolvedOptions, "format" | "tensorScale">): number {
  if (maximum === 0) return 1;
  const largest = (options.format === "nvfp4-46" ? 256 : 448) * 6;
  if (options.tensorScale === "reciprocal") return Math.min(f32(largest / maximum), float32Largest) || 1;
  let exponent = leastExponent;
  while (largest * 2 ** exponent < maximum) exponent++;
  return 2 ** -exponent;
}

/**
 * The E4M3 code of a block's scale. With a power of two as γ, a scale that rounded up so far that the block's largest
 * number would leave float32 is lowered by one code.
 */
export function blockScaleCode(
  scale: number,
  gamma: number,
  { scaleRounding, tensorScale: rule }: Pick<ResolvedOptions, "scaleRounding" | "tensorScale">,
): number {
  const code = ue4m3.encode(scale, scaleRounding);
  if (rule === "power-of-two" && !Number.isFinite(f32(6 * ue4m3.decode(code) * gamma))) return code - 1;
  return code;
}
