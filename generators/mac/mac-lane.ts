import {
  bit,
  delay,
  gated,
  indexWidth,
  input,
  Module,
  memory,
  output,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  Vec,
  vec,
  when,
} from "../../hdl/index.ts";
import { type MacArrayParameters, macWidths } from "../../spec/index.ts";
import { wideElements } from "./gated-b.ts";
import { pipelineRanks } from "./pipeline-ranks.ts";
import { vectorProduct } from "./vector-product.ts";

/**
 * One lane of the array with its share of the accumulation collector. B arrives gated, as all lanes share it. The
 * collector entry is read, added to and written in one cycle, so consecutive vectors may hit the same entry.
 */
export class MacLane extends Module<MacArrayParameters> {
  /** The narrow path works (INT4, INT4-VSQ); present with the wide path, which it is chosen against. */
  readonly narrow = this.params.wideBits > 0 ? input(bit) : undefined;
  /** The scaler works (INT4-VSQ). */
  readonly vsq = input(bit);
  readonly a = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly a_scale = input(uint(this.params.scaleBits));
  readonly b_narrow = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  /** Present with the wide path. */
  readonly b_wide =
    this.params.wideBits > 0 ? input(vec(macWidths(this.params).wideCount, sint(this.params.wideBits))) : undefined;
  readonly b_scale = input(uint(this.params.scaleBits));
  /** The collector entry, and what happens to it, in the cycle in which the addend arrives. */
  readonly index = input(uint(indexWidth(this.params.collectorDepth)));
  /** Add to the stored sum; otherwise the addend starts a new one. */
  readonly keep = input(bit);
  /** Write the sum back. */
  readonly store = input(bit);
  /** Put the sum out. */
  readonly emit = input(bit);
  readonly sum = output(sint(this.params.accumulatorBits));

  override get description(): string {
    return "One lane with its column of the accumulation collector";
  }

  build(): void {
    const { params } = this;
    const { operands } = pipelineRanks(params.pipelineStages);
    const rank = <T extends UInt | SInt>(value: T): T => delay(value, operands);
    const addend = vectorProduct(
      {
        a: this.a.map(rank),
        aWide: this.b_wide ? wideElements(this.a, params).map(rank) : [],
        aScale: rank(this.a_scale),
        b: {
          narrow: this.b_narrow.elements,
          wide: this.b_wide instanceof Vec ? this.b_wide.elements : [],
          scale: this.b_scale,
        },
        narrow: this.narrow,
        vsq: this.vsq,
      },
      params,
    );
    const collector = memory(sint(params.accumulatorBits), params.collectorDepth);
    const partialSum = gated(collector.read(this.index), this.keep);
    const total = partialSum.add(addend);
    const saturated = total.saturate(params.accumulatorBits);
    when(this.store, () => {
      collector.write(this.index, saturated);
    });
    const result = register(sint(params.accumulatorBits));
    when(this.emit, () => {
      result.next = saturated;
    });
    this.sum.value = result;
  }
}
