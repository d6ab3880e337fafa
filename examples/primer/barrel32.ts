import { input, Module, match, output, uint } from "../../hdl/index.ts";

/** Exercise 20. Shifts and rotates a word by any number of places. */
export class Barrel32 extends Module {
  readonly in = input(uint(32));
  readonly amt = input(uint(5));
  readonly op = input(uint(3));
  readonly out = output(uint(32));

  override get moduleName() {
    return "barrel32";
  }

  build() {
    const { amt } = this;
    this.out.value = match(this.op, {
      0: this.in.shiftLeftWrap(amt),
      1: this.in.shiftRight(amt),
      2: this.in.asSint().shiftRight(amt).asUint(),
      3: this.in.rotateLeft(amt),
      4: this.in.rotateRight(amt),
      otherwise: this.in,
    });
  }
}
