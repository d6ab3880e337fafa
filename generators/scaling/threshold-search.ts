import { cat, constant, input, Module, mux, output, sint, type UInt, uint, vec } from "../../hdl/index.ts";
import { largestCode, type VsqQuantizerParameters } from "../../spec/index.ts";
import { signOf } from "./folded-magnitude.ts";
import { signedCode } from "./signed-code.ts";
import { thresholdBits } from "./vector-thresholds.ts";

/**
 * The code of one element by binary search in the thresholds of its vector: one comparison per bit of the magnitude,
 * from the top, each with the threshold that the bits before it choose.
 */
export class ThresholdSearch extends Module<VsqQuantizerParameters> {
  readonly folded = input(uint(this.params.inputBits));
  readonly thresholds = input(vec(largestCode(this.params.elementBits), uint(thresholdBits(this.params))));
  readonly code = output(sint(this.params.elementBits));

  override get description(): string {
    return "The code of one element, by binary search in the thresholds of its vector";
  }

  build(): void {
    const { elementBits } = this.params;
    const found: UInt[] = [];
    for (let rest = elementBits - 1; rest > 0; rest--) {
      const chosen = this.choose(found, 0, rest);
      // |v| > t, with |v| folded: 2|v| or 2|v| − 1 against 2t + 1.
      const reached = this.folded.ge(cat(chosen, constant(uint(1), 1)));
      found.push(reached);
    }
    this.code.value = signedCode(cat(...found), signOf(this.folded));
  }

  /** The threshold to compare with next, the last bit found choosing last: it is the latest to come. */
  private choose(found: readonly UInt[], prefix: number, rest: number, first = 0): UInt {
    if (first === found.length) return this.thresholds.at((2 * prefix + 1) * 2 ** (rest - 1) - 1);
    const last = found.length - 1 - first;
    const weight = 2 ** first;
    return mux(
      found[last]!,
      this.choose(found, prefix + weight, rest, first + 1),
      this.choose(found, prefix, rest, first + 1),
    );
  }
}
