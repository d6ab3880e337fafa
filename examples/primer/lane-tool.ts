import { cat, input, Module, match, output, sint, uint, unpack, vec } from "../../hdl/index.ts";

/** Exercise 02. A word with its bytes or bits in another order, one of its digits, and one of its bytes with the sign extended. */
export class LaneTool extends Module {
  readonly in = input(uint(32));
  readonly mode = input(uint(2));
  readonly idx = input(uint(3));
  readonly out = output(uint(32));
  readonly nib = output(uint(4));
  readonly sext = output(uint(32));

  override get moduleName() {
    return "lane_tool";
  }

  build() {
    const word = this.in;
    const byte = [0, 1, 2, 3].map((k) => word.slice(8 * k + 7, 8 * k));
    const [b0, b1, b2, b3] = byte;
    this.out.value = match(this.mode, {
      0: word,
      1: cat(b0!, b1!, b2!, b3!),
      2: cat(b2!, b3!, b0!, b1!),
      3: word.reverseBits(),
    });
    this.nib.value = unpack(vec(8, uint(4)), word).at(this.idx);
    const chosen = unpack(vec(4, sint(8)), word).at(this.idx.slice(1, 0));
    this.sext.value = chosen.extend(32).asUint();
  }
}
