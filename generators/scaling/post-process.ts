import {
  bit,
  delay,
  indexWidth,
  input,
  Module,
  memory,
  mux,
  output,
  pack,
  type RoundingMode,
  register,
  requantized,
  type SInt,
  sint,
  type UInt,
  uint,
  Vec,
  vec,
  when,
} from "../../hdl/index.ts";
import { type HardwareRounding, type PostProcessParameters, tilesPerVector } from "../../spec/index.ts";
import { validDelay } from "./valid-delay.ts";

const roundingModes: Readonly<Record<HardwareRounding, RoundingMode>> = {
  "half-up": "halfUp",
  "half-even": "halfEven",
  "half-away": "halfAway",
  down: "floor",
};

/**
 * What stands between the array's sums and the quantiser (figure 6 of the chip's paper): per-matrix scale, bias, ReLU,
 * bits cut with a named rounding, saturation. The sums of vectorSize/lanes consecutive tiles make one vector; all but the
 * last tile wait in a store with a place per collector entry, so that the tiles of `depth` vectors may come interleaved,
 * as the array makes them. A vector goes out `postProcessLatency` cycles after the sums of its last tile.
 */
export class PostProcess extends Module<PostProcessParameters> {
  readonly in_valid = input(bit);
  readonly in_sums = input(vec(this.params.lanes, sint(this.params.sumBits)));
  /** Which vector the sums belong to: the collector entry that they come from, below `depth`. */
  readonly in_index = input(uint(indexWidth(this.params.depth)));
  /** Which part of the vector they are; the last one sends it out. Absent where a tile is a vector. */
  readonly in_tile = tilesPerVector(this.params) > 1 ? input(uint(indexWidth(tilesPerVector(this.params)))) : undefined;
  readonly in_scale = input(uint(this.params.matrixScaleBits));
  readonly in_bias = this.params.biasBits > 0 ? input(vec(this.params.lanes, sint(this.params.biasBits))) : undefined;
  /** Negative values become 0. */
  readonly in_relu = input(bit);
  readonly out_valid = output(bit);
  readonly out_index = output(uint(indexWidth(this.params.depth)));
  /** Tile 0 in the low elements. */
  readonly out_values = output(vec(this.params.vectorSize, sint(this.params.outputBits)));

  override get description(): string {
    return "From the array's sums to the quantiser's values: scale, bias, ReLU, rounding, and a vector of several tiles";
  }

  build(): void {
    const { params } = this;
    const { depth, outputBits, pipelineStages, vectorSize } = params;
    const tiles = tilesPerVector(params);
    const values = this.scaled();
    const valid = validDelay(this.in_valid, pipelineStages);
    const index = delay<UInt>(this.in_index, pipelineStages);
    const tile = this.in_tile && delay<UInt>(this.in_tile, pipelineStages);

    const complete = tile === undefined ? valid : valid.and(tile.eq(tiles - 1));
    const parts = Array.from({ length: tiles - 1 }, (_, i) => this.waiting(values, i, valid, tile!, index));
    const outValues = register(vec(vectorSize, sint(outputBits)));
    const outIndex = register(uint(indexWidth(depth)));
    when(complete, () => {
      outValues.next = [...parts.flat(), ...values];
      outIndex.next = index;
    });
    const outValid = register(bit, { reset: 0 });
    outValid.next = complete;
    this.out_valid.value = outValid;
    this.out_index.value = outIndex;
    this.out_values.value = outValues;
  }

  /** The values of the lanes, `pipelineStages` cycles after their sums. */
  private scaled(): SInt[] {
    const { biasShift, matrixScaleBits, outputBits, pipelineStages, rounding, shift, sumBits } = this.params;
    const afterProduct = pipelineStages > 0 ? 1 : 0;
    const afterRounding = pipelineStages > 1 ? 1 : 0;
    const scale = this.in_scale.toSint();
    const relu = delay<UInt>(this.in_relu, afterProduct);
    return this.in_sums.map((sum, lane) => {
      // The scale's sign bit is 0, so that the product needs no bit for it.
      const product: SInt = delay(sum.mul(scale).truncate(sumBits + matrixScaleBits), afterProduct);
      let total = product;
      if (this.in_bias instanceof Vec) {
        const bias: SInt = delay(this.in_bias.at(lane), afterProduct);
        total = product.add(bias.shiftLeft(biasShift));
      }
      const negative = total.bit(total.width - 1);
      const rectified = mux(relu.and(negative), 0, total);
      const value = requantized(rectified, {
        drop: shift,
        width: outputBits,
        rounding: roundingModes[rounding],
        overflow: "saturate",
      });
      return delay(value, afterRounding);
    });
  }

  /** The values of an earlier tile of the vector that is under way. */
  private waiting(values: readonly SInt[], tile: number, valid: UInt<1>, at: UInt, index: UInt): SInt[] {
    const { depth, lanes, outputBits } = this.params;
    const words = memory(uint(lanes * outputBits), depth);
    when(valid.and(at.eq(tile)), () => {
      words.write(index, pack(values));
    });
    const word = words.read(index);
    return values.map((_, lane) => word.slice((lane + 1) * outputBits - 1, lane * outputBits).asSint());
  }
}
