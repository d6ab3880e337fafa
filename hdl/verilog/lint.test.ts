import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  AxiLiteFront,
  assert,
  axiLite,
  axiLiteRegisters,
  BlackBox,
  bit,
  clockDomain,
  compile,
  constant,
  inDomain,
  input,
  instance,
  Module,
  memory,
  output,
  register,
  registerMap,
  rom,
  Stream,
  stream,
  type UInt,
  uint,
  when,
} from "../index.ts";
import { emitVerilog } from "./emit.ts";
import { lint } from "./testing/tools.ts";

/** The text of the top, which passes the lint with all below it. */
function linted(module: Module): string {
  const design = compile(module);
  lint(emitVerilog(design));
  return emitVerilog(design, { sourceComments: false }).at(-1)!.text;
}

/** Names after `lint_off` comments, in order. */
const muted = (text: string): string[] => [...text.matchAll(/lint_off (\w+)/g)].map((match) => match[1]!);

class Counter extends Module {
  readonly go = input(bit);
  readonly count = output(uint(4));
  build() {
    const value = register(uint(4), { reset: 0 });
    const total = value.addWrap(this.go);
    value.next = total.xor(total.shiftRight(1));
    this.count.value = total.not();
    assert(value.ne(15), "never all ones");
  }
}

describe("an instance with the name of something inside its module", () => {
  class Named extends Module {
    readonly go = input(bit);
    readonly y = output(uint(4));
    build() {
      const count = instance(new Counter({}));
      const value = instance(new Counter({}));
      const total = instance(new Counter({}));
      const assert_never_all_ones = instance(new Counter({}));
      const other = instance(new Counter({}));
      const all = [count, value, total, assert_never_all_ones, other];
      for (const each of all) each.go.value = this.go;
      this.y.value = all.reduce<UInt<4>>((sum, each) => sum.xor(each.count), constant(uint(4), 0));
    }
  }

  it("keeps its name; port, register, net or property, Verilator is told", () => {
    const text = linted(new Named({}));
    for (const name of ["count", "value", "total", "assert_never_all_ones"]) {
      expect(text).toContain(`  // verilator lint_off VARHIDDEN\n  Counter ${name} (\n`);
    }
    expect(text).toContain("wire [3:0] other_count;\n  Counter other (\n");
    expect(muted(text)).toHaveLength(4);
  });

  it("changes nothing in the child", () => {
    const [child] = emitVerilog(compile(new Named({})), { sourceComments: false });
    expect(child!.text).toBe(emitVerilog(compile(new Counter({})), { sourceComments: false })[0]!.text);
  });

  it("may be what a stream makes", () => {
    class Streams extends Module {
      readonly a = input(stream(uint(4)));
      readonly b = input(stream(uint(4)));
      readonly c = output(stream(uint(4)));
      build() {
        const words = Stream.from(this.a).fifo(4);
        const level = Stream.arbitrate([words, Stream.from(this.b)]).fifo(3);
        level.into(this.c);
      }
    }
    expect(muted(linted(new Streams({})))).toEqual(["VARHIDDEN", "VARHIDDEN"]);
  });

  it("may be of a module that exists in Verilog", () => {
    const folder = mkdtempSync(join(tmpdir(), "lint-"));
    try {
      const file = join(folder, "held.v");
      writeFileSync(
        file,
        "module held (input wire clk, input wire d, output reg q);\n  wire next = ~d;\n  always @(posedge clk) q <= next;\nendmodule\n",
      );
      class Held extends BlackBox {
        readonly defaultDomain = clockDomain({ clockName: "clk", reset: "none" });
        readonly d = input(bit);
        readonly q = output(bit);
        override get moduleName() {
          return "held";
        }
        override get sources() {
          return [file];
        }
      }
      class Around extends Module {
        readonly a = input(bit);
        readonly y = output(bit);
        build() {
          const next = instance(new Held({}));
          const q = instance(new Held({}));
          const last = instance(new Held({}));
          next.d.value = this.a;
          q.d.value = next.q;
          last.d.value = q.q;
          this.y.value = last.q;
        }
      }
      expect(muted(linted(new Around({})))).toEqual(["VARHIDDEN", "VARHIDDEN"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("an asynchronous reset", () => {
  const asynchronous = { reset: "asynchronous", resetActive: "low" } as const;

  it("is no part of a clocked block of assertions, here and in children", () => {
    class Outer extends Module {
      readonly defaultDomain = clockDomain(asynchronous);
      readonly go = input(bit);
      readonly y = output(uint(4));
      build() {
        const counter = instance(new Counter({}));
        counter.go.value = this.go;
        const kept = register(uint(4), { reset: 0 });
        kept.next = counter.count;
        assert(kept.ne(7), "never seven");
        this.y.value = kept;
      }
    }
    const text = linted(new Outer({}));
    expect(text).toContain("wire assert_never_seven = ~reset_n | (kept != 4'd7);");
    expect(muted(text)).toEqual([]);
  });

  it("goes with an asynchronous FIFO, and with AXI4-Lite", () => {
    class Crossing extends Module {
      readonly defaultDomain = clockDomain(asynchronous);
      readonly other = clockDomain({ ...asynchronous, edge: "falling" });
      readonly a = input(stream(uint(4)));
      readonly b = output(stream(uint(4)), { domain: this.other });
      build() {
        const words = Stream.from(this.a).asyncFifo({ depth: 4, to: this.other });
        inDomain(this.other, () => words.into(this.b));
      }
    }
    const map = registerMap({
      name: "Axi",
      registers: { control: { offset: 0, fields: { enable: { bits: 0, access: "rw" } } } },
    });
    class Axi extends Module {
      readonly defaultDomain = clockDomain({ ...asynchronous, clockName: "aclk", resetName: "aresetn" });
      readonly axi = input(axiLite(map));
      readonly y = output(bit);
      build() {
        const registers = axiLiteRegisters(this.axi, map);
        this.y.value = registers.control.enable.value;
      }
    }
    // The FIFO has the kinds of domain that are around it.
    expect(muted(linted(new Crossing({})))).toEqual(["VARHIDDEN"]);
    expect(muted(linted(new Axi({})))).toEqual([]);
  });

  class Synchronous extends Module<{ active: "high" | "low" }> {
    readonly defaultDomain = clockDomain({ reset: "synchronous", resetActive: this.params.active });
    readonly d = input(bit);
    readonly q = output(bit);
    build() {
      const kept = register(bit, { reset: 0 });
      kept.next = this.d;
      this.q.value = kept;
    }
  }

  /** A register reset at once, then one that is not. */
  class Both extends Module<{ inner: "high" | "low" }> {
    readonly defaultDomain = clockDomain(asynchronous);
    readonly d = input(bit);
    readonly q = output(bit);
    build() {
      const first = register(bit, { reset: 0 });
      first.next = this.d;
      const second = instance(new Synchronous({ active: this.params.inner }));
      second.d.value = first;
      this.q.value = second.q;
    }
  }

  it("may be a synchronous one elsewhere: Verilator is told at the port that both have", () => {
    expect(linted(new Both({ inner: "low" }))).toContain(
      "  // verilator lint_off SYNCASYNCNET\n  input wire reset_n,\n  // verilator lint_on SYNCASYNCNET\n",
    );
  });

  it("may be both when it is inverted: the net says so for those who cannot know of each other", () => {
    expect(linted(new Both({ inner: "high" }))).toContain(
      "  // verilator lint_off SYNCASYNCNET\n  wire reset = ~reset_n;\n  // verilator lint_on SYNCASYNCNET\n",
    );
    class High extends Module {
      readonly d = input(bit);
      readonly q = output(bit);
      build() {
        const left = instance(new Both({ inner: "high" }));
        const right = instance(new Synchronous({ active: "low" }));
        left.d.value = this.d;
        right.d.value = left.q;
        this.q.value = right.q;
      }
    }
    linted(new High({}));
  });
});

describe("what only properties read", () => {
  it("is nothing that synthesis finds unused, a clock and a reset included", () => {
    class Sum extends Module {
      readonly a = input(uint(4));
      readonly b = input(uint(4));
      readonly unseen = input(uint(4));
      readonly sum = output(uint(5));
      build() {
        this.sum.value = this.a.add(this.b);
        when(this.unseen.bit(3), () => assert(this.a.ne(this.b), "they differ"));
      }
    }
    const text = linted(new Sum({}));
    expect(text).toContain("// Bits that nothing but properties reads.");
    expect(text).toContain("wire unused = &{1'b0, clock, reset, unseen};");
  });

  it("is much of an AXI4-Lite port", () => {
    expect(linted(new AxiLiteFront({ addressBits: 8, dataBits: 32 }))).toContain("axi_awaddr[1:0], axi_awprot");
  });
});

describe("memories", () => {
  it("may be written at two clocks", () => {
    class Dual extends Module {
      readonly other = clockDomain();
      readonly a = input(uint(2));
      readonly b = input(uint(2), { domain: this.other });
      readonly y = output(uint(4));
      build() {
        const words = memory(uint(4), 4, { crossing: "the two never write the same word" });
        words.write(this.a, 5);
        inDomain(this.other, () => words.write(this.b, 6));
        this.y.value = words.readSync(this.a);
      }
    }
    expect(muted(linted(new Dual({})))).toEqual(["MULTIDRIVEN"]);
  });

  it("have no word beyond their depth, however it is asked for", () => {
    class Beyond extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      readonly z = output(uint(4));
      build() {
        const words = memory(uint(4), 3, { init: [1, 2, 3] });
        // A number is refused; a value that turns out to be one is not.
        const three = this.a.wrap(2).or(3);
        words.write(three, this.a);
        words.write(2, this.a);
        this.y.value = words.read(three);
        this.z.value = words.read(2);
      }
    }
    expect(linted(new Beyond({}))).toContain("assign y = 4'd0;");
    class One extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        this.y.value = rom(uint(4), [7]).read(this.a.wrap(1).or(1));
      }
    }
    linted(new One({}));
  });
});

describe("comments", () => {
  it("give no orders to tools", () => {
    class Described extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      override get description() {
        return "Two lines.\nverilator lint_off everything\n synopsys full_case\nSynthesis translate_off";
      }
      build() {
        this.y.value = this.a;
      }
    }
    const text = linted(new Described({}));
    expect(text).toContain(
      "\n// - verilator lint_off everything\n// - synopsys full_case\n// - Synthesis translate_off\n",
    );
  });
});
