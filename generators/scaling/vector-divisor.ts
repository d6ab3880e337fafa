import { input, Module, output, uint } from "../../hdl/index.ts";
import type { VsqQuantizerParameters } from "../../spec/index.ts";
import { vectorScale } from "./vector-scale.ts";

/** What the elements of a vector are divided by, and the scale that says so. */
export class VectorDivisor extends Module<VsqQuantizerParameters> {
  /** The largest magnitude, or the clip. */
  readonly peak = input(uint(this.params.inputBits));
  /** Never 0: 1 for a vector of zeros, whose codes are then 0. */
  readonly divisor = output(uint(this.params.inputBits));
  /** 0 for a clip of 0, whose codes are all 0. */
  readonly nonzero = this.params.clip ? output(uint(1)) : undefined;
  readonly scale = output(uint(this.params.scaleBits));

  override get description(): string {
    return "The scale of a vector, and the magnitude that its elements are divided by";
  }

  build(): void {
    const { magnitude, scale } = vectorScale(this.peak, this.params);
    const nonzero = this.peak.reduceOr();
    this.divisor.value = magnitude.or(nonzero.not());
    if (this.nonzero) this.nonzero.value = nonzero;
    this.scale.value = scale;
  }
}
