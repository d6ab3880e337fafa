import { bit, input, Module, output, register, sint, sumTree, vec, when } from "lodestone";

/** Adds a dot product to a running total every cycle; nothing is lost before the one saturation. */
export class DotAccumulate extends Module<{ size: number; bits: number; sumBits: number }> {
  readonly a = input(vec(this.params.size, sint(this.params.bits)));
  readonly b = input(vec(this.params.size, sint(this.params.bits)));
  readonly clear = input(bit);
  readonly sum = output(sint(this.params.sumBits));

  build() {
    const products = this.a.map((a, i) => a.mul(this.b.at(i))); // as wide as a product can be
    const dot = sumTree(products); // one bit wider per level
    const total = register(sint(this.params.sumBits), { reset: 0 });
    when(this.clear, () => {
      total.next = 0;
    }).otherwise(() => {
      total.next = total.add(dot).saturate(this.params.sumBits); // without `saturate` this line is an error
    });
    this.sum.value = total;
  }
}
