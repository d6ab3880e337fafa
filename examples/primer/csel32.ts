import { bit, cat, input, instance, Module, mux, output, uint } from "../../hdl/index.ts";

/** The half that the adder is made of: a 17-bit sum. */
export class Add16 extends Module {
  readonly a = input(uint(16));
  readonly b = input(uint(16));
  readonly cin = input(bit);
  readonly sum = output(uint(16));
  readonly cout = output(bit);

  override get moduleName() {
    return "add16";
  }

  build() {
    const total = this.a.add(this.b).addWrap(this.cin);
    this.sum.value = total.wrap(16);
    this.cout.value = total.bit(16);
  }
}

/** Exercise 22. Adds 32 bits in two halves: the upper one is added for both carries while the lower one is on its way. */
export class Csel32 extends Module {
  readonly a = input(uint(32));
  readonly b = input(uint(32));
  readonly cin = input(bit);
  readonly sum = output(uint(32));
  readonly cout = output(bit);

  override get moduleName() {
    return "csel32";
  }

  build() {
    const lower = instance(new Add16({}));
    const upper0 = instance(new Add16({}));
    const upper1 = instance(new Add16({}));
    lower.a.value = this.a.slice(15, 0);
    lower.b.value = this.b.slice(15, 0);
    lower.cin.value = this.cin;
    for (const [carry, upper] of [upper0, upper1].entries()) {
      upper.a.value = this.a.slice(31, 16);
      upper.b.value = this.b.slice(31, 16);
      upper.cin.value = carry;
    }
    this.sum.value = cat(mux(lower.cout, upper1.sum, upper0.sum), lower.sum);
    this.cout.value = mux(lower.cout, upper1.cout, upper0.cout);
  }
}
