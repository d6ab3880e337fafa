import { bit, input, Module, mux, output, uint, vec } from "../../hdl/index.ts";
import { type OctavCoreParameters, type OctavUnitParameters, octavWidths } from "../../spec/index.ts";
import { octavDenominator } from "./octav-denominator.ts";
import { octavDividend } from "./octav-dividend.ts";
import { restoringRows } from "./restoring-rows.ts";
import { tailOf } from "./tail-of.ts";

/** What a pass depends on. */
export type OctavPassParameters = Omit<OctavCoreParameters, "fractionBits" | "iterations"> & {
  readonly vectorSize: number;
};

/** The parameters of a pass from those of the unit. */
export function passParameters(params: OctavUnitParameters): OctavPassParameters {
  const { elementBits, inputBits, unsigned, vectorSize } = params;
  return { vectorSize, inputBits, elementBits, unsigned };
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
    const { countBits, denominatorBits, sumBits, thresholdBits } = this.widths;
    const tail = tailOf(this.folded.elements, this.threshold, this.params.unsigned);
    const sum = tail.sum.resize(sumBits);
    const count = tail.count.resize(countBits);
    const total = mux(this.start, mux(count.eq(0), 1, count), this.total);
    const denominator = octavDenominator(total, count, this.widths);
    const dividend = octavDividend(sum, this.widths);
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
