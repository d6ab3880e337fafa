import { cat, input, Module, mux, output, sint, type UInt, uint } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { signOf, unfoldedMagnitude } from "./folded-magnitude.ts";
import { signedCode } from "./signed-code.ts";
import { scaleCanMeetLimit } from "./vector-scale.ts";

/**
 * The code of one element by restoring division, exact: nearest(L·a / m) = ⌊(2L·a + m) / 2m⌋, one subtraction per bit of
 * the magnitude, from the top. Its size grows with the bits of a code, where a search in thresholds doubles with each.
 */
export class ElementDivision extends Module<VsqQuantizerParameters> {
  readonly folded = input(uint(this.params.inputBits));
  /** Not 0. */
  readonly divisor = input(uint(this.params.inputBits));
  /** Present with a clip: 0 makes the code 0. */
  readonly nonzero = this.params.clip ? input(uint(1)) : undefined;
  readonly code = output(sint(this.params.elementBits));

  override get description(): string {
    return "The code of one element, by division by the largest magnitude of its vector";
  }

  build(): void {
    const { clip, elementBits } = this.params;
    const most = largestCode(elementBits);
    const magnitude = unfoldedMagnitude(this.folded);
    let remainder: UInt = magnitude.mul(2 * most).add(this.divisor);
    const quotient: UInt<1>[] = [];
    for (let place = elementBits - 1; place > 0; place--) {
      // What is below the place takes no part in this subtraction.
      const upper = remainder.shiftRight(place);
      const lower = remainder.wrap(place);
      const difference = upper.sub(this.divisor);
      const fits = difference.bit(difference.width - 1).not();
      const kept = mux(fits, difference.asUint().wrap(upper.width), upper);
      remainder = cat(kept, lower).resize(this.divisor.width + place);
      quotient.push(fits);
    }
    let code: UInt = cat(...quotient);
    // Only where the maximum has given way can a magnitude be above it.
    if (clip || scaleCanMeetLimit(this.params)) code = mux(magnitude.ge(this.divisor), most, code);
    if (this.nonzero) code = mux(this.nonzero, code, 0);
    this.code.value = signedCode(code, signOf(this.folded));
  }
}
