import {
  bit,
  bitsFor,
  cat,
  constant,
  gated,
  input,
  Module,
  mux,
  output,
  register,
  type ScalarType,
  sint,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { type OctavUnitParameters, octavWidths } from "../../spec/index.ts";
import { foldedMagnitude } from "../scaling/folded-magnitude.ts";
import { octavClip } from "./octav-clip.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { octavDividend } from "./octav-dividend.ts";
import { restoringRows } from "./restoring-rows.ts";
import { tailOf } from "./tail-of.ts";

/**
 * `octav-unit` in mode tensor: the clipping magnitude of a tensor that is streamed once per pass (design contract 5.4).
 *
 * A pass is a run of beats from `pass_start` to `pass_last`, with any gaps. `latency` cycles after `pass_last` either
 * `out_again` asks for the same stream once more, or `out_valid` ends the tensor. Between a `pass_last` and that cycle
 * `in_ready` is 0 and nothing is accepted. The threshold is divided out one bit per cycle meanwhile.
 *
 * A replay whose non-zero elements differ from the first pass in number or in sum, and a tensor of more than
 * `maxElements` non-zero elements, end with `out_error` and a clip of 0.
 */
export class OctavTensor extends Module<OctavUnitParameters> {
  readonly in_valid = input(bit);
  /** Unused places of a last beat hold zeros, which never count. */
  readonly in_values = input(vec(this.params.elementsPerBeat, this.valueType));
  /** With the first beat of a pass. */
  readonly pass_start = input(bit);
  /** With the last beat of a pass. */
  readonly pass_last = input(bit);
  /** A beat is accepted in cycles in which this and `in_valid` are 1. */
  readonly in_ready = output(bit);
  /** The stream is wanted once more. */
  readonly out_again = output(bit);
  readonly out_valid = output(bit);
  /** The clipping magnitude, `fractionBits` of it behind the point; 0 for a tensor of zeros. */
  readonly out_clip = output(uint(this.widths.clipBits));
  /** Rounds that it took; 0 for a tensor of zeros. */
  readonly out_rounds = output(uint(this.widths.roundBits));
  /** 0: the rounds ran out, or ended in a 2-cycle, or there was an error. */
  readonly out_converged = output(bit);
  /** With `out_valid`: a replay was not the first pass again, or the tensor was too long. */
  readonly out_error = output(bit);

  private get widths() {
    return octavWidths(this.params, this.params.maxElements);
  }

  private get valueType(): ScalarType {
    return this.params.unsigned ? uint(this.params.inputBits) : sint(this.params.inputBits);
  }

  override get moduleName(): string {
    return "OctavUnit";
  }

  override get description(): string {
    return "OCTAV: the clipping magnitude of a tensor, streamed once per pass";
  }

  build(): void {
    const { elementsPerBeat, iterations, maxElements, unsigned } = this.params;
    const w = this.widths;
    const { countBits, denominatorBits, roundBits, sumBits, thresholdBits } = w;
    // Between passes: step 0 looks at the pass, 1 to thresholdBits divide, the last one answers.
    const answering = thresholdBits + 1;
    const busy = register(bit, { reset: 0 });
    const step = register(uint(bitsFor(BigInt(answering), false)));
    const accept = this.in_valid.and(busy.not());

    const threshold = register(uint(thresholdBits));
    const previous = register(uint(thresholdBits));
    const remainder = register(uint(denominatorBits));
    const tail = register(uint(countBits));
    const tailBefore = register(uint(countBits));
    const total = register(uint(countBits));
    const totalSum = register(uint(sumBits));
    const rounds = register(uint(roundBits));
    /** The first pass of a tensor is over. */
    const started = register(bit, { reset: 0 });
    const finished = register(bit);
    const converged = register(bit);
    const failed = register(bit);
    /** The answer stands as it is; nothing is divided. */
    const keeps = register(bit);

    // A pass: sums and counts of the tail, and of all, which a replay is known again by.
    const folded = this.in_values.map((value) => (value.signed ? foldedMagnitude(value) : value));
    const limit = mux(started, threshold, 0);
    const beatTail = tailOf(folded, limit, unsigned);
    const beatAll = tailOf(folded, constant(uint(thresholdBits), 0), unsigned);
    const roomBits = bitsFor(BigInt(maxElements + elementsPerBeat), false);
    const sum = register(uint(sumBits));
    const count = register(uint(countBits));
    const sumAll = register(uint(sumBits));
    const countAll = register(uint(roomBits));
    const tooMany = register(bit);
    const before = <W extends number>(value: UInt<W>): UInt<W> => gated(value, this.pass_start.not());
    const counted = before(countAll).add(beatAll.count).truncate(roomBits);
    when(accept, () => {
      sum.next = before(sum).addWrap(beatTail.sum).resize(sumBits);
      count.next = before(count).addWrap(beatTail.count).resize(countBits);
      sumAll.next = before(sumAll).addWrap(beatAll.sum).resize(sumBits);
      countAll.next = counted;
      tooMany.next = before(tooMany).or(counted.gt(maxElements));
    });

    const none = started.not().and(count.eq(0));
    const settled = started.and(count.eq(tail));
    const cycles = started.and(count.eq(tailBefore));
    const other = started.and(countAll.ne(total).or(sumAll.ne(totalSum)));
    const fails = tooMany.or(other);
    const larger = cycles.and(threshold.gt(previous));
    const ends = fails.or(none).or(settled);
    const roundsNext = mux(started, rounds.addWrap(1), 0);
    const dividend = octavDividend(sum, w);
    const denominator = octavDenominator(total, count, w);
    const row = restoringRows(remainder, [threshold.bit(thresholdBits - 1)], denominator);
    const isAnswer = step.eq(answering);

    busy.next = accept.and(this.pass_last).or(busy.and(isAnswer.not()));
    step.next = mux(busy, step.addWrap(1), 0);
    when(busy.and(step.eq(0)), () => {
      started.next = 1;
      rounds.next = roundsNext.resize(roundBits);
      finished.next = ends.or(cycles).or(started.and(roundsNext.eq(iterations)));
      converged.next = none.or(settled).and(fails.not());
      failed.next = fails;
      keeps.next = ends.or(larger);
      when(started.not(), () => {
        // A tensor of zeros counts as one element, which keeps the denominator above zero.
        total.next = mux(none, 1, count);
        totalSum.next = sum;
      });
      when(ends.or(larger).not(), () => {
        previous.next = threshold;
        tailBefore.next = gated(tail, started);
        tail.next = count;
        // The digits of the dividend make room for those of the quotient.
        threshold.next = dividend.wrap(thresholdBits);
        remainder.next = dividend.shiftRight(thresholdBits).resize(denominatorBits);
      });
    })
      .elsewhen(busy.and(isAnswer.not()).and(keeps.not()), () => {
        threshold.next = cat(threshold, row.quotient).wrap(thresholdBits);
        remainder.next = row.remainder;
      })
      .elsewhen(busy.and(isAnswer).and(finished), () => {
        started.next = 0;
      });

    const clip = octavClip({ threshold, remainder, tail, total, rounds }, this.params, maxElements);
    this.in_ready.value = busy.not();
    this.out_again.value = busy.and(isAnswer).and(finished.not());
    this.out_valid.value = busy.and(isAnswer).and(finished);
    this.out_clip.value = gated(clip, failed.not());
    this.out_rounds.value = rounds;
    this.out_converged.value = converged;
    this.out_error.value = failed;
  }
}
