import { bit, input, Module, mux, output, uint } from "../../hdl/index.ts";

/** Exercise 05. Sum or difference, with the flags of a processor. A difference is the sum with the inverted number and a one. */
export class Addsub32 extends Module {
  readonly a = input(uint(32));
  readonly b = input(uint(32));
  readonly do_sub = input(bit);
  readonly result = output(uint(32));
  readonly cout = output(bit);
  readonly overflow = output(bit);
  readonly zero = output(bit);

  override get moduleName() {
    return "addsub32";
  }

  build() {
    const addend = mux(this.do_sub, this.b.not(), this.b);
    const total = this.a.add(addend).addWrap(this.do_sub); // 33 bits
    const result = total.wrap(32);
    this.result.value = result;
    this.cout.value = total.bit(32);
    const sameSign = this.a.bit(31).eq(addend.bit(31));
    this.overflow.value = sameSign.and(result.bit(31).ne(this.a.bit(31)));
    this.zero.value = result.eq(0);
  }
}
