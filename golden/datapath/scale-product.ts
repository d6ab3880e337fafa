import type { VectorMacParameters } from "../../spec/index.ts";

/**
 * The scale product a lane multiplies by: p = aScale·bScale keeps its upper R of 2M bits, rounded half up,
 * r = min(2^R − 1, (p + 2^(2M−R−1)) >> (2M−R)); r = p when R = 2M. The minimum binds only for R <= M − 2.
 * Dividing by a power of two and flooring is exact here: p < 2^32.
 */
export function roundScaleProduct(
  aScale: number,
  bScale: number,
  { scaleBits, scaleProductBits }: Pick<VectorMacParameters, "scaleBits" | "scaleProductBits">,
): number {
  const product = aScale * bScale;
  const shift = 2 * scaleBits - scaleProductBits;
  if (shift === 0) return product;
  return Math.min(2 ** scaleProductBits - 1, Math.floor((product + 2 ** (shift - 1)) / 2 ** shift));
}
