import { delay, mux, type SInt, type UInt } from "../../hdl/index.ts";
import { macWidths, type VectorMacParameters } from "../../spec/index.ts";
import { dotProduct } from "./dot-product.ts";
import type { GatedB } from "./gated-b.ts";
import { pipelineRanks } from "./pipeline-ranks.ts";
import { scaleProduct } from "./scale-product.ts";

/** The operands of one lane in one cycle. */
export interface LaneOperands {
  readonly a: readonly SInt[];
  /** Empty when there is no wide path. */
  readonly aWide: readonly SInt[];
  readonly aScale: UInt;
  readonly b: GatedB;
  /** The narrow path works, not the wide one; absent without a wide path. */
  readonly narrow: UInt | undefined;
  readonly vsq: UInt;
}

/**
 * What one lane adds to its partial sum: Σ aᵢ·bᵢ of the path in use, times the rounded scale product in INT4-VSQ mode
 * (figure 7: 14-bit or 21-bit dot product, 22 bits scaled). 0 when no path is in use. Arrives `dot` and `addend` ranks
 * later than the operands.
 */
export function vectorProduct(operands: LaneOperands, params: VectorMacParameters): SInt {
  const ranks = pipelineRanks(params.pipelineStages);
  const atDot = <T extends UInt | SInt>(value: T): T => delay(value, ranks.tree + ranks.dot);

  const narrowDot = delay(dotProduct(operands.a, operands.b.narrow, ranks.tree), ranks.dot);
  const scaleFactor = atDot(scaleProduct(operands.aScale, operands.b.scale, params));
  // The scale is unsigned: one zero above it makes it a positive signed number. The product of D and R bits fits D + R
  // bits, so the last bit of the wider one is a second sign.
  const scaledDot = narrowDot.mul(scaleFactor.toSint()).truncate(macWidths(params).scaledBits);

  const { aWide, b } = operands;
  const unscaledDot = operands.narrow
    ? mux(atDot(operands.narrow), narrowDot, delay(dotProduct(aWide, b.wide, ranks.tree), ranks.dot))
    : narrowDot;
  const addend = mux(atDot(operands.vsq), scaledDot, unscaledDot);
  return delay(addend, ranks.addend);
}
