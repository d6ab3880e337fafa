import type { UInt } from "../../hdl/index.ts";
import { macWidths, type VectorMacParameters } from "../../spec/index.ts";

/**
 * The rounded product of two per-vector scales: r = min(2^R − 1, (p + 2^(2M−R−1)) >> (2M−R)), p = aScale·bScale. The
 * factor 2^(2M−R) belongs to the coarse scale. The minimum is built only where rounding can reach 2^R.
 */
export function scaleProduct(aScale: UInt, bScale: UInt, params: VectorMacParameters): UInt {
  const { scaleShift, scaleProductOverflows } = macWidths(params);
  const product = aScale.mul(bScale);
  const rounded = product.roundHalfUp(scaleShift);
  return scaleProductOverflows ? rounded.saturate(params.scaleProductBits) : rounded.truncate(params.scaleProductBits);
}
