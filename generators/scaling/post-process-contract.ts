import {
  assert,
  bit,
  delay,
  indexWidth,
  input,
  instance,
  Module,
  mux,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  Vec,
  vec,
  when,
} from "../../hdl/index.ts";
import {
  type HardwareRounding,
  type PostProcessParameters,
  postProcessLatency,
  tilesPerVector,
} from "../../spec/index.ts";
import { PostProcess } from "./post-process.ts";
import { validDelay } from "./valid-delay.ts";

/** What came in with one tile. */
interface Tile {
  readonly sums: readonly SInt[];
  readonly scale: UInt;
  readonly bias: readonly SInt[] | undefined;
  readonly relu: UInt<1>;
}

/** The parameters of the unit, and the rounding that is claimed of it: its own unless another is named. */
export interface PostProcessClaim extends PostProcessParameters {
  readonly claimed?: HardwareRounding | undefined;
}

/**
 * `post-process` beside its contract, for a proof. What is asserted of a value is the definition of its rounding, in
 * products alone: with the scaled sum t, r = t − v·2^shift is what the rounding leaves, and it lies within half a unit, or
 * below one unit, with ties as named; v is at a limit where that is not so. The tiles of a vector that wait are kept here
 * as they came in, so that nothing is shared with the unit's store of values.
 */
export class PostProcessContract extends Module<PostProcessClaim> {
  readonly in_valid = input(bit);
  readonly in_sums = input(vec(this.params.lanes, sint(this.params.sumBits)));
  readonly in_index = input(uint(indexWidth(this.params.depth)));
  readonly in_tile = tilesPerVector(this.params) > 1 ? input(uint(indexWidth(tilesPerVector(this.params)))) : undefined;
  readonly in_scale = input(uint(this.params.matrixScaleBits));
  readonly in_bias = this.params.biasBits > 0 ? input(vec(this.params.lanes, sint(this.params.biasBits))) : undefined;
  readonly in_relu = input(bit);

  build(): void {
    const { claimed: _claimed, ...own } = this.params;
    const { lanes } = own;
    const tiles = tilesPerVector(own);
    const latency = postProcessLatency(own);
    const unit = instance(new PostProcess(own));
    unit.in_valid.value = this.in_valid;
    unit.in_sums.value = this.in_sums;
    unit.in_index.value = this.in_index;
    if (unit.in_tile && this.in_tile) unit.in_tile.value = this.in_tile;
    unit.in_scale.value = this.in_scale;
    if (unit.in_bias instanceof Vec && this.in_bias instanceof Vec) unit.in_bias.value = this.in_bias;
    unit.in_relu.value = this.in_relu;

    const now: Tile = {
      sums: [...this.in_sums],
      scale: this.in_scale,
      bias: this.in_bias instanceof Vec ? [...this.in_bias] : undefined,
      relu: this.in_relu,
    };
    const earlier = Array.from({ length: tiles - 1 }, (_, tile) => this.kept(now, tile));
    const last = this.in_tile === undefined ? this.in_valid : this.in_valid.and(this.in_tile.eq(tiles - 1));
    const expected = validDelay(last, latency);
    assert(unit.out_valid.eq(expected), "a vector goes out the latency after its last tile, and nothing else does");
    // Outside of the condition, which would stop the registers of what is compared.
    const index = delay<UInt>(this.in_index, latency);
    const tilesThen = [...earlier.map(({ tile }) => tile), now].map((tile) => this.scaledSums(tile, latency));
    const cameThen = earlier.map(({ came }) => delay<UInt<1>>(came, latency));
    when(expected, () => {
      assert(unit.out_index.eq(index), "with its index");
      tilesThen.forEach((totals, at) => {
        const came = cameThen[at];
        totals.forEach((total, lane) => {
          const element = at * lanes + lane;
          const right = this.rounds(total, unit.out_values.at(element));
          // Of a tile that never came nothing is claimed.
          const claim = came === undefined ? right : came.not().or(right);
          assert(claim, `value ${element} is the rounded one, or at its limit`);
        });
      });
    });
  }

  /** sum·scale + bias·2^biasShift, 0 where ReLU says so, of inputs some cycles ago. */
  private scaledSums({ bias, relu, scale, sums }: Tile, cycles: number): SInt[] {
    const factor = delay<UInt>(scale, cycles);
    const rectify = delay<UInt<1>>(relu, cycles);
    return sums.map((sum, lane): SInt => {
      const product: SInt = delay<SInt>(sum, cycles).mul(factor.toSint());
      const own = bias?.[lane];
      const total = own ? product.add(delay<SInt>(own, cycles).mul(2 ** this.params.biasShift)) : product;
      return mux(rectify.and(total.lt(0)), 0, total);
    });
  }

  /** Whether a value is `total` without its low bits, rounded as claimed, or at a limit with `total` beyond it. */
  private rounds(total: SInt, value: SInt): UInt<1> {
    const { outputBits, rounding, shift } = this.params;
    const one = 2 ** shift;
    const twice = total.sub(value.mul(one)).mul(2);
    const even = value.bit(0).not();
    const ties: Readonly<Record<HardwareRounding, readonly [low: UInt<1>, high: UInt<1>]>> = {
      down: [twice.ge(0), twice.lt(2 * one)],
      "half-up": [twice.ge(-one), twice.lt(one)],
      "half-even": [twice.gt(-one).or(twice.eq(-one).and(even)), twice.lt(one).or(twice.eq(one).and(even))],
      "half-away": [
        twice.gt(-one).or(twice.eq(-one).and(total.gt(0))),
        twice.lt(one).or(twice.eq(one).and(total.lt(0))),
      ],
    };
    const [notTooLarge, notTooSmall] = ties[this.params.claimed ?? rounding];
    const largest = 2 ** (outputBits - 1) - 1;
    return notTooLarge.or(value.eq(-largest - 1)).and(notTooSmall.or(value.eq(largest)));
  }

  /** An earlier tile of the vector that a tile now belongs to, as it came in, and whether it did. */
  private kept({ bias, relu, scale, sums }: Tile, tile: number): { readonly tile: Tile; readonly came: UInt<1> } {
    const { biasBits, depth, lanes, matrixScaleBits, sumBits } = this.params;
    const entries = Array.from({ length: depth }, (_, index) => {
      const came = register(bit, { reset: 0 });
      const sumsThen = register(vec(lanes, sint(sumBits)));
      const biasThen = bias && register(vec(lanes, sint(biasBits)));
      const scaleThen = register(uint(matrixScaleBits));
      const reluThen = register(bit);
      when(this.in_valid.and(this.in_index.eq(index)).and(this.in_tile!.eq(tile)), () => {
        came.next = 1;
        sumsThen.next = [...sums];
        if (biasThen && bias) biasThen.next = [...bias];
        scaleThen.next = scale;
        reluThen.next = relu;
      });
      return { came, sums: sumsThen, bias: biasThen, scale: scaleThen, relu: reluThen };
    });
    type Entry = (typeof entries)[number];
    const [first, ...others] = entries as [Entry, ...Entry[]];
    const bits = (of: (entry: Entry) => UInt): UInt =>
      others.reduce((found, entry, i): UInt => mux(this.in_index.eq(i + 1), of(entry), found), of(first));
    const signed = (of: (entry: Entry) => SInt): SInt =>
      others.reduce((found, entry, i): SInt => mux(this.in_index.eq(i + 1), of(entry), found), of(first));
    return {
      came: bits((entry) => entry.came).ne(0),
      tile: {
        sums: sums.map((_, lane) => signed((entry) => entry.sums.at(lane))),
        scale: bits((entry) => entry.scale),
        bias: bias?.map((_, lane) => signed((entry) => entry.bias!.at(lane))),
        relu: bits((entry) => entry.relu).ne(0),
      },
    };
  }
}

/** `post-process` beside the moments at which it must answer, whatever the values. */
export class PostProcessTiming extends Module<PostProcessParameters> {
  readonly in_valid = input(bit);
  readonly in_index = input(uint(indexWidth(this.params.depth)));
  readonly in_tile = input(uint(indexWidth(tilesPerVector(this.params))));

  build(): void {
    const { params } = this;
    const unit = instance(new PostProcess(params));
    const latency = postProcessLatency(params);
    const zeros = Array.from({ length: params.lanes }, () => 0);
    unit.in_valid.value = this.in_valid;
    unit.in_index.value = this.in_index;
    if (unit.in_tile) unit.in_tile.value = this.in_tile;
    unit.in_sums.value = zeros;
    unit.in_scale.value = 0;
    if (unit.in_bias instanceof Vec) unit.in_bias.value = zeros;
    unit.in_relu.value = 0;
    const last = this.in_valid.and(this.in_tile.eq(tilesPerVector(params) - 1));
    const expected = validDelay(last, latency);
    assert(unit.out_valid.eq(expected), "out_valid exactly the latency after a last tile");
    const index = delay<UInt>(this.in_index, latency);
    when(expected, () => {
      assert(unit.out_index.eq(index), "with the index that came with it");
    });
  }
}
