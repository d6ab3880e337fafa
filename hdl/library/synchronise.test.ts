import { expect, test } from "vitest";
import { bit, compile, elaborate, emitVerilog, input, Module, output, synchronise, type UInt, uint } from "../index.ts";

/** Several bits by a width that the type checker does not know. */
class Synchronised extends Module<{ width: number; stages: number }> {
  readonly x = input(uint(this.params.width));
  readonly y = output(bit);
  build() {
    this.y.value = synchronise(this.x as UInt<number> as UInt<1>, { stages: this.params.stages });
  }
}

test("several bits and a single stage are refused, with what to do instead", () => {
  expect(() => elaborate(new Synchronised({ width: 8, stages: 2 }))).toThrow(
    /^synchronise\(\) takes one bit, not 8: .* in Gray code \(toGray\), or by a stream's asyncFifo\(\)$/,
  );
  expect(() => elaborate(new Synchronised({ width: 1, stages: 1 }))).toThrow(/2 stages or more, not 1/);
  expect(elaborate(new Synchronised({ width: 1, stages: 3 })).top.registers).toHaveLength(3);
});

test("attributes go to every register", () => {
  class Marked extends Module {
    readonly x = input(bit);
    readonly y = output(bit);
    build() {
      this.y.value = synchronise(this.x, { stages: 3, attributes: { async_reg: "true" } });
    }
  }
  expect(emitVerilog(compile(new Marked({})))[0]!.text.match(/\(\* async_reg = "true" \*\)/g)).toHaveLength(3);
});
