import { input, Module, output, type UInt, uint, vec } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { dividedBy, lookup, remainderOf } from "./constant-division.ts";
import { vectorScale } from "./vector-scale.ts";

/** Bits of a threshold: those of the magnitudes it is compared with, one more where a clip may lie above them all. */
export function thresholdBits({ clip, inputBits }: Pick<VsqQuantizerParameters, "clip" | "inputBits">): number {
  return clip ? inputBits : inputBits - 1;
}

/** n·x for an odd n out of smaller odd multiples: one adder each. */
function oddMultiples(x: UInt, count: number): UInt[] {
  const multiples: UInt[] = [x];
  for (let n = 3; n < 2 * count; n += 2) {
    const power = Math.floor(Math.log2(n));
    const rest = multiples[(n - 2 ** power - 1) / 2]!;
    multiples.push(x.shiftLeft(power).add(rest));
  }
  return multiples;
}

/**
 * Where the codes of a vector change. An element of magnitude a has a code of at least k exactly when
 * 2L·a >= (2k − 1)·m, which is a > t with t = ⌊((2k − 1)·m − 1) / 2L⌋: a whole number that all elements share. With
 * m = 2L·q + r it is (2k − 1)·q + ⌊((2k − 1)·r − 1) / 2L⌋, so that one division serves all k and the rest is a small table. For m = 0
 * it is −1, in two's complement above every magnitude, so that all codes are 0.
 */
export class VectorThresholds extends Module<VsqQuantizerParameters> {
  /** The largest magnitude, or the clip. */
  readonly peak = input(uint(this.params.inputBits));
  /** t of code k at index k − 1. */
  readonly thresholds = output(vec(largestCode(this.params.elementBits), uint(thresholdBits(this.params))));
  readonly scale = output(uint(this.params.scaleBits));

  override get description(): string {
    return "The scale of a vector, and the magnitudes at which its codes change";
  }

  build(): void {
    const { elementBits } = this.params;
    const most = largestCode(elementBits);
    const { magnitude, scale } = vectorScale(this.peak, this.params);
    const quotient = dividedBy(magnitude, 2 * most);
    const remainder = remainderOf(magnitude, quotient, 2 * most);
    const bits = thresholdBits(this.params);
    this.thresholds.value = oddMultiples(quotient, most).map((multiple, i) => {
      const table = Array.from({ length: 2 * most }, (_, r) => Math.floor(((2 * i + 1) * r - 1) / (2 * most)));
      const rest = lookup(remainder, table, elementBits + 1).asSint();
      return multiple.toSint().add(rest).resize(bits).asUint();
    });
    this.scale.value = scale;
  }
}
