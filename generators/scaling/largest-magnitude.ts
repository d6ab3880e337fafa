import { delay, input, Module, output, reduceTree, uint, vec } from "../../hdl/index.ts";
import { largerOf } from "./folded-magnitude.ts";

/** The largest of several folded magnitudes, as a balanced tree. */
export class LargestMagnitude extends Module<{ elements: number; bits: number; stages: 0 | 1 }> {
  readonly folded = input(vec(this.params.elements, uint(this.params.bits)));
  /** `stages` cycles later. */
  readonly largest = output(uint(this.params.bits));

  override get description(): string {
    return "The largest of several folded magnitudes";
  }

  build(): void {
    const { elements, stages } = this.params;
    const middle = Math.ceil(Math.log2(elements) / 2);
    const largest = reduceTree(this.folded.elements, largerOf, (value, level) =>
      delay(value, level === middle ? stages : 0),
    );
    this.largest.value = elements === 1 ? delay(largest, stages) : largest;
  }
}
