import {
  assert,
  assume,
  bit,
  input,
  instance,
  Module,
  output,
  register,
  type UInt,
  uint,
  vec,
  when,
} from "../../hdl/index.ts";
import { type OctavUnitParameters, octavVectorLatency, octavWidths } from "../../spec/index.ts";
import { OctavFraction, type OctavFractionParameters } from "./octav-fraction.ts";
import { OctavNewton } from "./octav-newton.ts";
import { OctavPass, passParameters } from "./octav-pass.ts";
import { OctavVector } from "./octav-vector.ts";

/** A pass beside what it must find, said with products in place of the division. Unsigned, where nothing is folded. */
export class OctavPassContract extends Module<OctavUnitParameters> {
  readonly values = input(vec(this.params.vectorSize, uint(this.params.inputBits)));
  readonly threshold = input(uint(octavWidths(this.params, this.params.vectorSize).thresholdBits));
  readonly start = input(bit);

  build(): void {
    const { params } = this;
    const { vectorSize } = params;
    const { weightShift } = octavWidths(params, vectorSize);
    const pass = instance(new OctavPass(passParameters(params)));
    const nonZero = sumOf(this.values.map((value) => value.ne(0)));
    pass.folded.value = this.values;
    pass.threshold.value = this.threshold;
    pass.start.value = this.start;
    pass.total.value = nonZero.resize(pass.total.width);
    when(this.start, () => assume(this.threshold.eq(0), "a first pass looks at all"));

    const inTail = this.values.map((value) => value.gt(this.threshold));
    const sum = sumOf(this.values.map((value, i) => value.mul(inTail[i]!)));
    const count = sumOf(inTail);
    const below = sumOf(this.values.map((value, i) => value.ne(0).and(inTail[i]!.not())));
    const numerator = sum.mul(3).shiftLeft(weightShift);
    const denominator = count.mul(3).shiftLeft(weightShift).add(below);
    assert(pass.count.eq(count), "the count of the tail");
    assert(pass.sum.eq(sum), "the sum of the tail");
    when(this.start, () => assert(pass.total_next.ge(count), "the total holds the tail"));
    // A tail with nothing in it belongs to a vector of zeros, or to no threshold that a pass gives.
    when(count.ne(0), () => {
      const product = pass.threshold_next.mul(denominator);
      assert(denominator.ne(0), "nothing is divided by 0");
      assert(product.lt(numerator), "q is below N/D");
      assert(product.add(denominator).ge(numerator), "and nothing that is larger by 1 is");
      assert(product.add(pass.remainder).add(1).eq(numerator), "the remainder");
      const reached = this.values.map((value) => value.gt(pass.threshold_next));
      assert(sumOf(reached).ne(0), "the next tail is not empty");
    });
  }
}

/** The sum of some values. */
function sumOf(values: readonly UInt[]): UInt {
  return values.reduce((sum, value) => sum.add(value));
}

/** A final division beside what it must give: the nearest clip to q + R/D, ties up. */
export class OctavDivisionContract extends Module<OctavFractionParameters & { readonly newton: boolean }> {
  readonly threshold = input(uint(this.params.thresholdBits));
  readonly remainder = input(uint(this.params.denominatorBits));
  readonly denominator = input(uint(this.params.denominatorBits));

  build(): void {
    const { newton, ...own } = this.params;
    const unit = instance(newton ? new OctavNewton(own) : new OctavFraction(own));
    assume(this.remainder.lt(this.denominator), "a remainder is below its divisor");
    unit.threshold.value = this.threshold;
    unit.remainder.value = this.remainder;
    unit.denominator.value = this.denominator;
    // ⌊x + 1/2⌋ = c says 2·c <= 2·x + 1 < 2·c + 2; times D.
    const numerator = this.threshold.mul(this.denominator).add(this.remainder).add(1);
    const doubled = numerator.shiftLeft(own.fractionBits + 1).add(this.denominator);
    const least = unit.clip.shiftLeft(1).mul(this.denominator);
    assert(least.le(doubled), "the clip is not too large");
    assert(doubled.lt(least.add(this.denominator.shiftLeft(1))), "the clip is not too small");
  }
}

/** The unit beside the moments at which it must answer, and the most rounds it may take. */
export class OctavTiming extends Module<OctavUnitParameters> {
  readonly valid = input(bit);
  readonly values = input(vec(this.params.vectorSize, uint(this.params.inputBits)));
  readonly out_clip = output(uint(octavWidths(this.params, this.params.vectorSize).clipBits));

  build(): void {
    const { params } = this;
    const unit = instance(new OctavVector(params));
    unit.in_valid.value = this.valid;
    unit.in_values.value = this.values;
    this.out_clip.value = unit.out_clip;
    const latency = octavVectorLatency(params);
    let due = this.valid.and(unit.in_ready);
    for (let cycle = 0; cycle < latency; cycle++) {
      const later = register(bit, { reset: 0 });
      later.next = due;
      due = later;
    }
    assert(
      unit.out_valid.eq(due),
      `out_valid comes ${latency} cycles after a vector is accepted, and at no other time`,
    );
    when(unit.out_valid, () => {
      assert(unit.out_rounds.le(params.iterations), "never more rounds than allowed");
      assert(unit.out_rounds.ne(0).or(unit.out_converged), "without a round it has converged");
    });
  }
}
