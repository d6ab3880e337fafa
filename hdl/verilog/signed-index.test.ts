import { expect, test } from "vitest";
import { input, Module, memory, output } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { sint, uint, vec } from "../types/index.ts";

/** Bits of a signed number as an index: Verilog would read a negative place. */
class SignedBits extends Module {
  readonly index = input(sint(3));
  readonly values = input(vec(8, uint(4)));
  readonly word = output(uint(4));
  readonly picked = output(uint(1));
  readonly stored = output(uint(4));
  build(): void {
    const words = memory(uint(4), 8);
    words.write(this.index.asUint(), this.values.at(this.index.asUint()));
    this.word.value = this.values.at(this.index.asUint());
    this.picked.value = this.values.at(0).bit(this.index.asUint().wrap(2));
    this.stored.value = words.read(this.index.asUint());
  }
}

test.each(["inprocess", "icarus", "verilator"] as const)("a signed number's bits as an index, %s", async (engine) => {
  const bench = await simulate(new SignedBits({}), { engine });
  bench.in.values = [5, 1, 2, 3, 4, 5, 6, 7];
  for (let index = -4; index < 4; index++) {
    bench.in.index = index;
    bench.step();
    const place = index & 7;
    const value = place === 0 ? 5 : place;
    expect([bench.out.word, bench.out.picked, bench.out.stored]).toEqual([value, (5 >> (place & 3)) & 1, value]);
  }
  bench.close();
});
