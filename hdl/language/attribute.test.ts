import { expect, test } from "vitest";
import { compile, DesignError, emitVerilog, simulate } from "../index.ts";
import { bit, uint, vec } from "../types/index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";
import { attribute, input, instance, Module, memory, output, register, wire } from "./index.ts";

class Child extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  override get attributes() {
    return { keep_hierarchy: "yes", level: 3 };
  }
  build() {
    this.y.value = this.a.not();
  }
}

class Marked extends Module {
  readonly a = input(bit);
  readonly address = input(uint(2));
  readonly y = output(bit);
  readonly count = output(uint(4));
  readonly word = output(bit);
  readonly late = output(bit);
  build() {
    attribute(this.a, "iob", "true");
    const chain = attribute(register(vec(2, bit), { reset: 0 }), "async_reg");
    chain.next = [this.a, chain.at(0)];
    const counter = attribute(register(uint(4), { reset: 0 }), "keep", "true");
    counter.next = counter.addWrap(1);
    this.count.value = attribute(counter, "max_fanout", 8);
    const words = attribute(memory(bit, 4), "ram_style", "distributed");
    words.write(this.address, this.a);
    this.word.value = words.read(this.address);
    const delayed = attribute(register(bit), "iob", "true");
    delayed.next = this.a;
    this.late.value = delayed;
    const middle = attribute(wire(bit), "mark_debug");
    middle.value = this.a.and(chain.at(1));
    const child = attribute(instance(new Child({})), "dont_touch", true);
    child.a.value = middle;
    this.y.value = child.y;
    const forgotten = attribute(wire(bit), "keep");
    forgotten.value = this.a;
  }
}

test("attributes stand before what they are of, and keep it in the design", async () => {
  const files = emitVerilog(compile(new Marked({})), { sourceComments: false });
  lint(files);
  checkWithYosys(files);
  const text = files.map((file) => file.text).join("");
  for (const line of [
    '(* keep_hierarchy = "yes", level = 3 *)\nmodule Child (',
    '  (* iob = "true" *) input wire a,',
    '  (* keep = "true", max_fanout = 8 *) reg [3:0] counter;',
    '  (* iob = "true" *) output reg late',
    "  (* async_reg *) reg chain_0;\n  (* async_reg *) reg chain_1;",
    '  (* ram_style = "distributed" *) reg words [0:3];',
    "  (* mark_debug *) wire middle = ",
    "  (* dont_touch *)\n  Child child (",
    "  (* keep *) wire forgotten = a;",
  ]) {
    expect(text).toContain(line);
  }
  const bench = await simulate(new Marked({}));
  bench.reset();
  bench.step(3);
  expect(bench.out.count).toBe(3);
  bench.close();
});

test("modules that differ in an attribute alone are two", () => {
  class Kept extends Module<{ keep: boolean }> {
    readonly a = input(bit);
    readonly y = output(bit);
    build() {
      const value = wire(bit);
      if (this.params.keep) attribute(value, "keep");
      value.value = this.a.not();
      this.y.value = value;
    }
  }
  class Top extends Module {
    readonly a = input(bit);
    readonly y = output(vec(2, bit));
    build() {
      this.y.value = [true, false].map((keep) => {
        const kept = instance(new Kept({ keep }));
        kept.a.value = this.a;
        return kept.y;
      });
    }
  }
  expect(compile(new Top({})).modules.map(({ name }) => name)).toEqual(["Kept_keep_true", "Kept_keep_false", "Top"]);
});

test("what Verilog cannot take is refused", () => {
  class Bad extends Module<{ name: string; value: string | number }> {
    readonly y = output(bit);
    build() {
      attribute(this.y, this.params.name, this.params.value);
      this.y.value = 1;
    }
  }
  for (const params of [
    { name: "not a name", value: 1 },
    { name: "keep", value: 1.5 },
    { name: "keep", value: "two\nlines" },
  ]) {
    expect(() => compile(new Bad(params))).toThrow(DesignError);
  }
});
