import { bit, cat, input, Module, mux, output, type UInt, uint } from "../../hdl/index.ts";

/** Exercise 04. Adds decimal numbers of eight digits, a carry from digit to digit. */
export class BcdAdd8 extends Module {
  readonly a = input(uint(32));
  readonly b = input(uint(32));
  readonly cin = input(bit);
  readonly sum = output(uint(32));
  readonly cout = output(bit);

  override get moduleName() {
    return "bcd_add8";
  }

  build() {
    let carry: UInt<1> = this.cin;
    const digits: UInt<4>[] = [];
    for (let k = 0; k < 8; k++) {
      const total = this.a
        .slice(4 * k + 3, 4 * k)
        .add(this.b.slice(4 * k + 3, 4 * k))
        .addWrap(carry); // 0 to 19
      const carries = total.ge(10);
      digits.unshift(mux(carries, total.subWrap(10), total).wrap(4));
      carry = carries;
    }
    this.sum.value = cat(...digits);
    this.cout.value = carry;
  }
}
