import { input, Module, mux, output, sint, type UInt, uint } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { signOf, unfoldedMagnitude } from "./folded-magnitude.ts";
import { shiftBits, shiftedLeft } from "./normalize.ts";
import { signedCode } from "./signed-code.ts";
import { multipliedBits, productPoint } from "./vector-reciprocal.ts";
import { scaleCanMeetLimit } from "./vector-scale.ts";

/** The code of one element: its magnitude, shifted as the peak was, times the vector's factor, rounded. */
export class ReciprocalCode extends Module<VsqQuantizerParameters> {
  readonly folded = input(uint(this.params.inputBits));
  readonly shift = input(uint(shiftBits(this.params.inputBits)));
  readonly factor = input(uint(this.params.reciprocalBits));
  readonly rounding = input(uint(productPoint(this.params)));
  /** Present with a clip: 0 makes the code 0. */
  readonly nonzero = this.params.clip ? input(uint(1)) : undefined;
  readonly code = output(sint(this.params.elementBits));

  override get description(): string {
    return "The code of one element, by multiplication with the reciprocal of its vector";
  }

  build(): void {
    const { clip, elementBits, inputBits } = this.params;
    const { value, lost } = shiftedLeft(unfoldedMagnitude(this.folded), this.shift);
    const upper = value.shiftRight(inputBits - multipliedBits(this.params));
    const product = upper.mul(this.factor).shiftLeft(1).add(this.rounding);
    const rounded = product.shiftRight(productPoint(this.params));
    let magnitude: UInt = rounded.wrap(elementBits - 1);
    // Only where the peak has given way can a magnitude be above it.
    if (clip || scaleCanMeetLimit(this.params)) {
      magnitude = mux(lost, largestCode(elementBits), rounded.saturate(elementBits - 1));
    }
    if (this.nonzero) magnitude = mux(this.nonzero, magnitude, 0);
    this.code.value = signedCode(magnitude, signOf(this.folded));
  }
}
