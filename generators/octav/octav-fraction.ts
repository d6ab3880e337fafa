import { constant, input, Module, output, uint } from "../../hdl/index.ts";
import { restoringRows } from "./restoring-rows.ts";

/** Widths of the final division. */
export interface OctavFractionParameters {
  readonly thresholdBits: number;
  readonly denominatorBits: number;
  readonly fractionBits: number;
  readonly clipBits: number;
}

/**
 * The final division, restoring: goes on where the last pass stopped, by as many rows as there are fraction bits, and
 * rounds to nearest with ties up: ⌊N·2^fractionBits/D + 1/2⌋. Combinational.
 */
export class OctavFraction extends Module<OctavFractionParameters> {
  /** q of the answer. */
  readonly threshold = input(uint(this.params.thresholdBits));
  /** N − 1 − q·D. */
  readonly remainder = input(uint(this.params.denominatorBits));
  /** D. */
  readonly denominator = input(uint(this.params.denominatorBits));
  readonly clip = output(uint(this.params.clipBits));

  override get description(): string {
    return "Final division of OCTAV: the fraction of the clip, rounded once";
  }

  build(): void {
    const { clipBits, fractionBits } = this.params;
    // N − q·D is 1 to D. Its lowest bit is the first digit, so that what stands before it is below D, as rows need it.
    const rest = this.remainder.add(1);
    const zero = constant(uint(1), 0);
    const digits = [rest.bit(0), ...Array.from({ length: fractionBits }, () => zero)];
    const rows = restoringRows(rest.shiftRight(1), digits, this.denominator);
    const roundUp = rows.remainder.shiftLeft(1).ge(this.denominator);
    const fraction = rows.quotient.add(roundUp);
    this.clip.value = this.threshold.shiftLeft(fractionBits).add(fraction).truncate(clipBits);
  }
}
