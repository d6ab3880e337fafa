import {
  bit,
  delay,
  indexWidth,
  input,
  instance,
  Module,
  mux,
  output,
  register,
  type SInt,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { type MacArrayParameters, macModeBits } from "../../spec/index.ts";
import { gateB } from "./gated-b.ts";
import { MacLane } from "./mac-lane.ts";
import { modePaths } from "./mode-paths.ts";
import { pipelineRanks } from "./pipeline-ranks.ts";

/** The reserved mode: every path is held still. */
const idle = 3;

/**
 * The MAC array: lanes in lockstep, each with its own vector of A, one vector of B broadcast to all, and the
 * accumulation collector behind them (design contract 5.2; figures 6, 7 and 10 of the chip's paper). One vector per
 * cycle, every cycle; results in order, `pipelineStages` + 1 cycles after their last vector. Cycles without `in_valid`
 * hold the datapath still.
 */
export class MacArray extends Module<MacArrayParameters> {
  readonly in_valid = input(bit);
  /** 0 = INT8, 1 = INT4, 2 = INT4-VSQ, 3 reserved. */
  readonly in_mode = input(uint(macModeBits));
  readonly in_a = input(vec(this.params.lanes, vec(this.params.vectorSize, sint(this.params.elementBits))));
  readonly in_a_scale = input(vec(this.params.lanes, uint(this.params.scaleBits)));
  readonly in_b = input(vec(this.params.vectorSize, sint(this.params.elementBits)));
  readonly in_b_scale = input(uint(this.params.scaleBits));
  /** Collector entry, below `collectorDepth`. */
  readonly in_index = input(uint(indexWidth(this.params.collectorDepth)));
  /** Start from 0 instead of the stored sum. */
  readonly in_first = input(bit);
  /** Put the result out. */
  readonly in_last = input(bit);
  readonly out_valid = output(bit);
  readonly out_index = output(uint(indexWidth(this.params.collectorDepth)));
  readonly out_sum = output(vec(this.params.lanes, sint(this.params.accumulatorBits)));

  override get description(): string {
    return "MAC array: lanes in lockstep and their accumulation collector";
  }

  build(): void {
    const { params } = this;
    const stages = params.pipelineStages;
    const { operands } = pipelineRanks(stages);
    const rank = <T extends UInt | SInt>(value: T): T => delay(value, operands);

    const mode = mux(this.in_valid, this.in_mode, idle);
    const paths = modePaths(mode, params);
    const gatedB = gateB(this.in_b, this.in_b_scale, paths, params);
    const narrowB = gatedB.narrow.map(rank);
    const wideB = gatedB.wide.map(rank);
    const scaleB = rank(gatedB.scale);
    const narrow = params.wideBits > 0 ? rank(paths.narrow) : undefined;
    const vsq = rank(paths.vsq);

    // The collector is reached when the addend is: control travels beside the datapath.
    const index = delay(this.in_index, stages);
    const keep = delay(paths.active.and(this.in_first.not()), stages);
    const store = validDelay(this.in_valid, stages);
    const emit = store.and(delay(this.in_last, stages));

    const lanes = this.in_a.map((a, i) => {
      const lane = instance(new MacLane(params));
      if (lane.narrow && narrow) lane.narrow.value = narrow;
      lane.vsq.value = vsq;
      lane.a.value = a;
      lane.a_scale.value = this.in_a_scale.at(i);
      lane.b_narrow.value = narrowB;
      if (lane.b_wide) lane.b_wide.value = wideB;
      lane.b_scale.value = scaleB;
      lane.index.value = index;
      lane.keep.value = keep;
      lane.store.value = store;
      lane.emit.value = emit;
      return lane;
    });

    const valid = register(bit, { reset: 0 });
    valid.next = emit;
    const resultIndex = register(uint(indexWidth(params.collectorDepth)));
    when(emit, () => {
      resultIndex.next = index;
    });
    this.out_valid.value = valid;
    this.out_index.value = resultIndex;
    this.out_sum.value = lanes.map((lane) => lane.sum);
  }
}

/** `valid` as it was `cycles` ago, 0 after reset so that nothing is stored that never came in. */
function validDelay(valid: UInt, cycles: number): UInt {
  let late = valid;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const stageValid = register(bit, { reset: 0 });
    stageValid.next = late;
    late = stageValid;
  }
  return late;
}
