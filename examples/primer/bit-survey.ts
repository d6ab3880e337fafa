import { bit, input, Module, output, uint } from "../../hdl/index.ts";

/** Exercise 03. How many bits are 1, and where the lowest and the highest of them are. */
export class BitSurvey extends Module {
  readonly in = input(uint(64));
  readonly count = output(uint(7));
  readonly first = output(uint(6));
  readonly last = output(uint(6));
  readonly none = output(bit);

  override get moduleName() {
    return "bit_survey";
  }

  build() {
    this.count.value = this.in.countOnes();
    this.first.value = this.in.priorityIndex();
    this.last.value = this.in.highestIndex();
    this.none.value = this.in.eq(0);
  }
}
