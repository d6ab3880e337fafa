import { bit, input, Module, mux, output, uint, Vec } from "../../hdl/index.ts";

/** The arithmetic and logic of RV32I, chosen by an instruction's function bits. One cycle, no state. */
export class Alu extends Module {
  readonly a = input(uint(32));
  readonly b = input(uint(32));
  readonly function3 = input(uint(3));
  /** Subtract in place of add, and shift right keeping the sign. */
  readonly alternative = input(bit);
  readonly result = output(uint(32));

  build() {
    const { a, b } = this;
    const amount = b.slice(4, 0);
    const sum = mux(this.alternative, a.subWrap(b), a.addWrap(b));
    const shiftedRight = mux(this.alternative, a.asSint().shiftRight(amount).asUint(), a.shiftRight(amount));
    const results = new Vec([
      sum,
      a.shiftLeftWrap(amount),
      a.asSint().lt(b.asSint()).extend(32),
      a.lt(b).extend(32),
      a.xor(b),
      shiftedRight,
      a.or(b),
      a.and(b),
    ]);
    this.result.value = results.at(this.function3);
  }
}
