import { constant, input, Module, mux, output, type UInt, uint } from "../../hdl/index.ts";
import { normalized } from "../scaling/normalize.ts";
import type { OctavFractionParameters } from "./octav-fraction.ts";

/** Index bits of the table of first reciprocals. */
const seedBits = 5;
/** Fraction bits of its entries. */
const seedFraction = seedBits + 2;

/** The entry at `index`, a balanced tree of choices. */
function entry(index: UInt, entries: readonly UInt[]): UInt {
  let left = entries;
  for (let i = 0; i < index.width; i++) {
    const odd = index.bit(i);
    left = Array.from({ length: left.length / 2 }, (_, j) => mux(odd, left[2 * j + 1]!, left[2 * j]!));
  }
  return left[0]!;
}

/**
 * First reciprocals of d in (1/2, 1], by the bits behind d's leading one: rounded down for the largest d of each
 * interval, so never above 1/d.
 */
function seeds(count: number): UInt[] {
  return Array.from({ length: count }, (_, i) => {
    // The largest d of interval i is (count + i + 1) / (2·count).
    const value = Math.floor((2 ** seedFraction * 2 * count) / (count + i + 1));
    return constant(uint(seedFraction + 1), value);
  });
}

/**
 * The final division by the reciprocal of D, after Newton and Raphson: y' = y·(2 − d·y), which never passes 1/d from
 * below and doubles the number of right bits each time. Everything is rounded down, so the quotient that comes of it is
 * the right one or one too small; a comparison with the exact product says which. The result is that of
 * `OctavFraction`: ⌊N·2^fractionBits/D + 1/2⌋. Combinational.
 */
export class OctavNewton extends Module<OctavFractionParameters> {
  /** q of the answer. */
  readonly threshold = input(uint(this.params.thresholdBits));
  /** N − 1 − q·D. */
  readonly remainder = input(uint(this.params.denominatorBits));
  /** D, not 0. */
  readonly denominator = input(uint(this.params.denominatorBits));
  readonly clip = output(uint(this.params.clipBits));

  override get description(): string {
    return "Final division of OCTAV by Newton and Raphson: the fraction of the clip, rounded once";
  }

  build(): void {
    const { clipBits, denominatorBits, fractionBits } = this.params;
    // N − q·D is 1 to D, so a quotient of 0 to 2^fractionBits is to be added to q.
    const rest = this.remainder.add(1).truncate(denominatorBits);
    const { value: divisor, shift } = normalized(this.denominator);
    const dividend = rest.shiftLeftWrap(shift);

    // The leading bits are enough: four more than the quotient has leave an error of less than half a unit.
    const bits = Math.min(denominatorBits, fractionBits + 4);
    const head = (value: UInt): UInt => value.slice(denominatorBits - 1, denominatorBits - bits);
    // d, not below the divisor: one unit more where bits are left out.
    const d = bits < denominatorBits ? head(divisor).add(1) : head(divisor).extend(bits + 1);
    const reciprocal = this.reciprocal(d, head(divisor), bits);

    const product = head(dividend).mul(reciprocal.value);
    const point = bits + reciprocal.fraction - fractionBits;
    const estimate = product.add(constant(uint(point), 1n << BigInt(point - 1))).shiftRight(point);
    const quotient = estimate.resize(fractionBits + 1);
    // One more where (quotient + 1/2)·D is not above the dividend.
    const middle = quotient.shiftLeft(1).or(1).mul(this.denominator);
    const more = rest.shiftLeft(fractionBits + 1).ge(middle);
    this.clip.value = this.threshold.shiftLeft(fractionBits).add(quotient.add(more)).truncate(clipBits);
  }

  /** A reciprocal of d = `d`·2^−bits, not above the true one, right in fractionBits + 3 bits. */
  private reciprocal(d: UInt, divisor: UInt, bits: number): { value: UInt; fraction: number } {
    const { fractionBits } = this.params;
    const indexBits = Math.min(seedBits, bits - 1);
    const index = divisor.slice(bits - 2, bits - 1 - indexBits);
    let value = entry(index, seeds(2 ** indexBits));
    let fraction = seedFraction;
    // A table of n index bits is right in n bits or so; every step doubles them.
    for (let right = indexBits - 1; right < fractionBits + 3; right = 2 * right) {
      const next = Math.min(2 * right, fractionBits + 3) + 3;
      // 2 − d·y lies between 1 and 2; its error is cut off at the last bit that counts.
      const product = d.mul(value);
      const two = constant(uint(product.width), 1n << BigInt(bits + fraction + 1));
      const correction = two
        .subWrap(product)
        .truncate(bits + fraction + 1)
        .shiftRight(bits + fraction - next);
      const improved = value.mul(correction);
      value = improved.shiftRight(fraction).truncate(next + 1);
      fraction = next;
    }
    return { value, fraction };
  }
}
