import {
  assert,
  assume,
  bit,
  input,
  instance,
  Module,
  mux,
  output,
  type ProofTask,
  past,
  register,
  type SInt,
  sint,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import {
  type MacArrayParameters,
  MacMode,
  macArrayLatency,
  macModeBits,
  type VectorMacParameters,
} from "../../spec/index.ts";
import { MacArray } from "./mac-array.ts";
import { VectorMac } from "./vector-mac.ts";

/** A lane small enough for a solver; the scale product is kept whole. */
const smallLane: VectorMacParameters = {
  vectorSize: 2,
  elementBits: 3,
  wideBits: 0,
  scaleBits: 2,
  scaleProductBits: 4,
  accumulatorBits: 8,
  pipelineStages: 1,
};

/** The lane beside its formula, written down without any of the lane's parts. */
class LaneProof extends Module<VectorMacParameters> {
  readonly mode = input(uint(macModeBits));
  readonly a = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly b = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly a_scale = input(uint(this.params.scaleBits));
  readonly b_scale = input(uint(this.params.scaleBits));
  readonly sum_in = input(sint(this.params.accumulatorBits));
  readonly sum_out = output(sint(this.params.accumulatorBits));

  build(): void {
    const { params } = this;
    const lane = instance(new VectorMac(params));
    lane.mode.value = this.mode;
    lane.a.value = this.a;
    lane.b.value = this.b;
    lane.a_scale.value = this.a_scale;
    lane.b_scale.value = this.b_scale;
    lane.sum_in.value = this.sum_in;
    this.sum_out.value = lane.sum_out;

    let dot: SInt = this.a.at(0).mul(this.b.at(0));
    for (let i = 1; i < params.vectorSize; i++) dot = dot.add(this.a.at(i).mul(this.b.at(i)));
    const scaled = dot.mul(this.a_scale.mul(this.b_scale).toSint());
    const addend = mux(this.mode.eq(MacMode.int4Vsq), scaled, dot.extend(scaled.width));
    const exact = this.sum_in.add(addend);
    const most = 2 ** (params.accumulatorBits - 1) - 1;
    const clipped = mux(exact.gt(most), most, mux(exact.lt(-most - 1), -most - 1, exact));
    assume(this.mode.eq(MacMode.int4).or(this.mode.eq(MacMode.int4Vsq)), "the mode is INT4 or INT4-VSQ");
    const late = params.pipelineStages > 0 ? past(clipped, params.pipelineStages) : clipped;
    assert(lane.sum_out.eq(late), "sum_out is the sum, clipped to the accumulator's range");
  }
}

/** The array's control beside a delay line of its own. */
class ArrayTiming extends Module<MacArrayParameters> {
  readonly valid = input(bit);
  readonly last = input(bit);
  readonly first = input(bit);
  readonly mode = input(uint(macModeBits));
  readonly index = input(uint(1));
  readonly a = input(sint(this.params.elementBits));
  readonly out_valid = output(bit);
  readonly out_index = output(uint(1));
  readonly out_sum = output(sint(this.params.accumulatorBits));

  build(): void {
    const { params } = this;
    const array = instance(new MacArray(params));
    array.in_valid.value = this.valid;
    array.in_mode.value = this.mode;
    array.in_a.value = [[this.a]];
    array.in_a_scale.value = [1];
    array.in_b.value = [1];
    array.in_b_scale.value = 1;
    array.in_index.value = this.index;
    array.in_first.value = this.first;
    array.in_last.value = this.last;
    this.out_valid.value = array.out_valid;
    this.out_index.value = array.out_index;
    this.out_sum.value = array.out_sum.at(0);

    const latency = macArrayLatency(params);
    let due = this.valid.and(this.last);
    for (let cycle = 0; cycle < latency; cycle++) {
      const later = register(bit, { reset: 0 });
      later.next = due;
      due = later;
    }
    assert(array.out_valid.eq(due), `out_valid comes ${latency} cycles after a last vector, and at no other time`);
    when(due, () => assert(array.out_index.eq(past(this.index, latency)), "out_index is the index of that vector"));
  }
}

const smallArray = (pipelineStages: number): MacArrayParameters => ({
  vectorSize: 1,
  elementBits: 2,
  wideBits: 0,
  scaleBits: 1,
  scaleProductBits: 1,
  accumulatorBits: 5,
  pipelineStages,
  lanes: 1,
  collectorDepth: 2,
});

/** What is proven of `vector-mac`. */
export function vectorMacProofs(): readonly ProofTask[] {
  return [
    {
      name: "saturation",
      summary: "sum_out = sat(sum_in + dot) and sat(sum_in + dot·r): 2 elements of 3 bits, 2-bit scales, 8-bit sums",
      create: () => new LaneProof(smallLane),
      induction: 3,
    },
  ];
}

/** What is proven of `mac-array`. */
export function macArrayProofs(): readonly ProofTask[] {
  return [0, 2, 4].map((stages) => ({
    name: `timing-${stages}`,
    summary: `out_valid exactly ${stages + 1} cycles after each last vector, with its index: ${stages} pipeline stages`,
    create: () => new ArrayTiming(smallArray(stages)),
    induction: stages + 3,
  }));
}
