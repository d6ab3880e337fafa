import {
  bit,
  cat,
  constant,
  gated,
  input,
  Module,
  mux,
  output,
  sumTree,
  type UInt,
  uint,
  vec,
} from "../../hdl/index.ts";
import { type OctavCoreParameters, type OctavUnitParameters, octavWidths } from "../../spec/index.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { restoringRows } from "./restoring-rows.ts";

/** What a pass depends on. */
export type OctavPassParameters = Omit<OctavCoreParameters, "fractionBits" | "iterations"> & {
  readonly vectorSize: number;
};

/** The parameters of a pass from those of the unit. */
export function passParameters(params: OctavUnitParameters): OctavPassParameters {
  const { elementBits, inputBits, unsigned, vectorSize } = params;
  return { vectorSize, inputBits, elementBits, unsigned };
}

/** The sum of folded magnitudes: that of the bits before the sign, and one for every negative value. */
function unfoldedSum(folded: readonly UInt[]): UInt {
  const bits = sumTree(folded.map((value) => value.shiftRight(1)));
  const negative = sumTree(folded.map((value) => value.bit(0)));
  return bits.add(negative);
}

/**
 * One pass of OCTAV over a vector, in one cycle: the tail above a threshold, its sum S and count P, and the integer
 * part of s' = N/D, N = W·S, D = Z + W·P (OCTAV, equation 6, times W = 3·2^weightShift).
 *
 * Magnitudes are integers, so |x| >= N/D is |x| > q with q the largest integer below N/D: one division per pass, and a
 * plain comparison per element instead of a product. q = ⌊(N − 1)/D⌋.
 */
export class OctavPass extends Module<OctavPassParameters> {
  /** Folded magnitudes: the sign behind the bits, inverted where it is set. Unsigned: the values themselves. */
  readonly folded = input(vec(this.params.vectorSize, uint(this.params.inputBits)));
  /** q: magnitudes above it are the tail. */
  readonly threshold = input(uint(this.widths.thresholdBits));
  /** The first pass of a vector, with q = 0: the tail is all that is not zero. */
  readonly start = input(bit);
  /** Non-zero magnitudes of the vector; not looked at in a first pass. */
  readonly total = input(uint(this.widths.countBits));
  /** The same, found in the first pass; 1 for a vector of zeros, which keeps D above 0. */
  readonly total_next = output(uint(this.widths.countBits));
  /** P; 0 only for a vector of zeros. */
  readonly count = output(uint(this.widths.countBits));
  /** S. */
  readonly sum = output(uint(this.widths.sumBits));
  /** The next q. */
  readonly threshold_next = output(uint(this.widths.thresholdBits));
  /** N − 1 − q·D, below D. Like `threshold_next` without meaning for a vector of zeros. */
  readonly remainder = output(uint(this.widths.denominatorBits));

  private get widths() {
    return octavWidths({ ...this.params, fractionBits: 0, iterations: 1 }, this.params.vectorSize);
  }

  override get description(): string {
    return "One pass of OCTAV: sum and count of the tail, and the next threshold";
  }

  build(): void {
    const { countBits, denominatorBits, numeratorBits, sumBits, thresholdBits, weightShift } = this.widths;
    const { unsigned } = this.params;
    // A folded magnitude is 2·|x|, or 2·|x| − 1 for a negative x, so it is compared with 2·q.
    const limit = unsigned ? this.threshold : this.threshold.shiftLeft(1);
    const above = this.folded.map((folded) => folded.gt(limit));
    const tail = this.folded.map((folded, i) => gated(folded, above[i]!));
    const sum = unsigned ? sumTree(tail).resize(sumBits) : unfoldedSum(tail).resize(sumBits);
    const count = sumTree(above).resize(countBits);
    const total = mux(this.start, mux(count.eq(0), 1, count), this.total);
    const denominator = octavDenominator(total, count, this.widths);
    // 3·S − 1 in one adder, as −S − 1 is what inverting gives; below it come ones: N − 1.
    const tripled = sum.shiftLeft(2).addWrap(cat(constant(uint(2), 3), sum.not()));
    const dividend = cat(tripled, constant(uint(weightShift), 2n ** BigInt(weightShift) - 1n)).truncate(numeratorBits);
    const upper = dividend.shiftRight(thresholdBits).resize(denominatorBits);
    const digits = Array.from({ length: thresholdBits }, (_, i) => dividend.bit(thresholdBits - 1 - i));
    const { quotient, remainder } = restoringRows(upper, digits, denominator);
    this.total_next.value = total;
    this.count.value = count;
    this.sum.value = sum;
    this.threshold_next.value = quotient;
    this.remainder.value = remainder;
  }
}
