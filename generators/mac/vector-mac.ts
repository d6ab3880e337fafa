import { delay, gated, input, Module, output, type SInt, sint, type UInt, uint, vec } from "../../hdl/index.ts";
import { macModeBits, type VectorMacParameters } from "../../spec/index.ts";
import { gateB, wideElements } from "./gated-b.ts";
import { modePaths } from "./mode-paths.ts";
import { pipelineRanks } from "./pipeline-ranks.ts";
import { vectorProduct } from "./vector-product.ts";

/**
 * One lane, one vector per cycle: sum_out = sat(sum_in + dot) or sat(sum_in + dot·r) (design contract 5.1; figure 7 of
 * the chip's paper). All inputs of one vector arrive together; `sum_out` follows `pipelineStages` cycles later.
 */
export class VectorMac extends Module<VectorMacParameters> {
  /** 0 = INT8, 1 = INT4, 2 = INT4-VSQ, 3 reserved. */
  readonly mode = input(uint(macModeBits));
  readonly a = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly b = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly a_scale = input(uint(this.params.scaleBits));
  readonly b_scale = input(uint(this.params.scaleBits));
  readonly sum_in = input(sint(this.params.accumulatorBits));
  readonly sum_out = output(sint(this.params.accumulatorBits));

  override get description(): string {
    return "One lane: dot product, scale product, saturating partial sum";
  }

  build(): void {
    const { params } = this;
    const { operands } = pipelineRanks(params.pipelineStages);
    const rank = <T extends UInt | SInt>(value: T): T => delay(value, operands);
    const paths = modePaths(this.mode, params);
    const gatedB = gateB(this.b, this.b_scale, paths, params);
    const addend = vectorProduct(
      {
        a: this.a.map(rank),
        aWide: paths.wide ? wideElements(this.a, params).map(rank) : [],
        aScale: rank(this.a_scale),
        b: { narrow: gatedB.narrow.map(rank), wide: gatedB.wide.map(rank), scale: rank(gatedB.scale) },
        narrow: paths.wide && rank(paths.narrow),
        vsq: rank(paths.vsq),
      },
      params,
    );
    const partialSum = gated(this.sum_in, paths.active);
    const total = delay(partialSum, params.pipelineStages).add(addend);
    this.sum_out.value = total.saturate(params.accumulatorBits);
  }
}
