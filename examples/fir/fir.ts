import { bit, input, Module, output, register, type SInt, sint, when } from "../../hdl/index.ts";

export interface FirParameters {
  /** h₀, h₁, …: real numbers, rounded to multiples of 2^−fractionBits. */
  readonly coefficients: readonly number[];
  /** Bits of a coefficient after the binary point. */
  readonly fractionBits: number;
  /** Bits of a sample, in and out. */
  readonly sampleBits: number;
}

/**
 * A filter of finite impulse response, yₙ = h₀xₙ + h₁xₙ₋₁ + h₂xₙ₋₂ + …, in transposed form: every sample meets all
 * coefficients at once, and the partial sums, not the samples, move from register to register.
 *
 *     x ────┬──────────┬──────────┬──────────┐
 *          ×h₃        ×h₂        ×h₁        ×h₀
 *           └──[reg]───+──[reg]───+──[reg]───+── round, saturate ──[reg]── y
 *
 * So the path from a sample to a sum has one multiplier and one adder, however many taps there are. All sums are
 * exact; the result is rounded to nearest (ties to even) and saturated once, at the end. Samples are taken while
 * `valid` is 1; each result comes one clock after its sample, with `yValid`.
 */
export class Fir extends Module<FirParameters> {
  readonly x = input(sint(this.params.sampleBits));
  readonly valid = input(bit);
  readonly y = output(sint(this.params.sampleBits));
  readonly yValid = output(bit);

  build() {
    const { coefficients, fractionBits, sampleBits } = this.params;
    if (coefficients.length === 0) throw new RangeError("a filter needs at least one coefficient");
    const minusX = this.x.neg(); // one negation serves all negative coefficients
    const products = coefficients.map((h) => {
      const scaled = Math.round(h * 2 ** fractionBits);
      return scaled < 0 ? minusX.mul(-scaled) : this.x.mul(scaled);
    });

    // From the last tap to the first; each sum is one bit wider than what it adds, so nothing can overflow.
    const sum = products.reduceRight((later: SInt, product) => {
      const partial = register(sint(later.width), { reset: 0 });
      when(this.valid, () => {
        partial.next = later;
      });
      return product.add(partial);
    });

    const rounded = sum.roundHalfEven(fractionBits);
    const y = register(sint(sampleBits), { reset: 0 });
    const yValid = register(bit, { reset: 0 });
    when(this.valid, () => {
      y.next = rounded.saturate(Math.min(sampleBits, rounded.width)); // a low gain leaves fewer bits than a sample
    });
    yValid.next = this.valid;

    this.y.value = y;
    this.yValid.value = yValid;
  }
}
