import { constant, input, Module, output, type UInt, uint } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { lookup } from "./constant-division.ts";
import { normalized, shiftBits } from "./normalize.ts";
import { vectorScale } from "./vector-scale.ts";

/** Bits of a magnitude that are multiplied: reciprocalBits, or all there are. */
export function multipliedBits({ inputBits, reciprocalBits }: VsqQuantizerParameters): number {
  return Math.min(inputBits, reciprocalBits);
}

/** Bits behind the point of twice the product of a magnitude and the factor. */
export function productPoint(params: VsqQuantizerParameters): number {
  return multipliedBits(params) + params.reciprocalBits - params.elementBits + 1;
}

/**
 * L over the maximum of a vector, for all its elements: the maximum is shifted until its top bit is 1, a small table
 * gives a first reciprocal and one Newton step doubles its good bits. The design contract's `reciprocal` architecture;
 * its golden model says what is kept and dropped at each step.
 */
export class VectorReciprocal extends Module<VsqQuantizerParameters> {
  /** The largest magnitude, or the clip. */
  readonly peak = input(uint(this.params.inputBits));
  /** Places by which the peak was shifted; every magnitude is shifted as much. */
  readonly shift = output(uint(shiftBits(this.params.inputBits)));
  /** L times the reciprocal of the shifted peak. */
  readonly factor = output(uint(this.params.reciprocalBits));
  /** What rounds the product: one half, and the mean of what was cut from a magnitude times the factor. */
  readonly rounding = output(uint(productPoint(this.params)));
  /** 0 for a clip of 0, whose codes are all 0. */
  readonly nonzero = this.params.clip ? output(uint(1)) : undefined;
  readonly scale = output(uint(this.params.scaleBits));

  override get description(): string {
    return "The scale of a vector, and the reciprocal of its largest magnitude";
  }

  build(): void {
    const { inputBits, reciprocalBits } = this.params;
    const { magnitude, scale } = vectorScale(this.peak, this.params);
    const { value, shift } = normalized(magnitude);
    const factor = this.factorOf(value).truncate(reciprocalBits);
    const half = 2 ** (productPoint(this.params) - 1);
    this.shift.value = shift;
    this.factor.value = factor;
    this.rounding.value =
      multipliedBits(this.params) < inputBits ? factor.add(half).truncate(productPoint(this.params)) : half;
    if (this.nonzero) this.nonzero.value = this.peak.reduceOr();
    this.scale.value = scale;
  }

  /** nearest(L·r₁·2^(P − N + 1)), r₁ the reciprocal of the shifted peak read as a number from 1 to 2. */
  private factorOf(shifted: UInt): UInt {
    const { elementBits, inputBits, reciprocalBits } = this.params;
    const point = reciprocalBits + 2;
    const divisor =
      point + 1 < inputBits ? shifted.shiftRight(inputBits - point - 1) : shifted.shiftLeft(point + 1 - inputBits);
    const indexBits = Math.ceil((reciprocalBits - 1) / 2);
    const seedPoint = indexBits + 3;
    const table = Array.from({ length: 2 ** indexBits }, (_, i) =>
      Math.floor(2 ** (seedPoint + indexBits + 1) / (2 ** (indexBits + 1) + 2 * i + 1) + 0.5),
    );
    const seed = lookup(divisor.slice(point - 1, point - indexBits), table, seedPoint);
    const two = constant(uint(point + seedPoint + 2), 2n ** BigInt(point + seedPoint + 1));
    const correction = two.subWrap(divisor.mul(seed)).truncate(point + seedPoint + 1);
    const reciprocal = seed
      .mul(correction)
      .shiftRight(2 * seedPoint)
      .truncate(point + 1);
    return reciprocal
      .mul(largestCode(elementBits))
      .add(2 ** elementBits)
      .shiftRight(elementBits + 1);
  }
}
