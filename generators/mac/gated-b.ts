import { gated, pack, type SInt, type UInt, type Vec } from "../../hdl/index.ts";
import { macWidths, type VectorMacParameters } from "../../spec/index.ts";
import type { ModePaths } from "./mode-paths.ts";

/** The B operands of the paths. Each is 0 while its path is not in use, so that the path behind it does not toggle. */
export interface GatedB {
  readonly narrow: readonly SInt[];
  /** Empty when there is no wide path. */
  readonly wide: readonly SInt[];
  readonly scale: UInt;
}

/** The wide elements of a vector: the same bits, cut every `wideBits`. */
export function wideElements(vector: Vec<SInt>, params: VectorMacParameters): SInt[] {
  const { wideBits } = params;
  const bits = pack(vector);
  return Array.from({ length: macWidths(params).wideCount }, (_, i) =>
    bits.slice((i + 1) * wideBits - 1, i * wideBits).asSint(),
  );
}

/**
 * Operand gating (figure 7 of the chip's paper): only B is held at zero; a product with a still zero does not move,
 * whatever A does. With the scale of B at zero the rounded scale product is zero too, so the scaler is still as well.
 */
export function gateB(b: Vec<SInt>, bScale: UInt, paths: ModePaths, params: VectorMacParameters): GatedB {
  const { narrow, vsq, wide } = paths;
  const bNarrow = b.map((element) => gated(element, narrow));
  const bWide = wide ? wideElements(b, params).map((element) => gated(element, wide)) : [];
  const bScaleGated = gated(bScale, vsq);
  return { narrow: bNarrow, wide: bWide, scale: bScaleGated };
}
