import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../compile.ts";
import { inspect } from "../elaborate.ts";
import { simulate } from "../simulate.ts";
import { bit, sint, uint } from "../types/index.ts";
import { emitVerilog } from "../verilog/index.ts";
import { input, instance, Module, mux, output, register, type UInt, when, wire } from "./index.ts";

/** What `module` is told, as `code message`. */
const told = (module: Module): string[] => inspect(module).diagnostics.map(({ code, message }) => `${code} ${message}`);

/** The same adder as a person writes it in Verilog: one carry per bit, in one vector. */
class Ripple extends Module<{ bits: number }> {
  readonly a = input(uint(this.params.bits));
  readonly b = input(uint(this.params.bits));
  readonly sum = output(uint(this.params.bits + 1));
  build() {
    const { bits } = this.params;
    const carry = wire(uint(bits + 1));
    carry.bit(0).value = 0;
    for (let i = 0; i < bits; i++) {
      const [a, b, c] = [this.a.bit(i), this.b.bit(i), carry.bit(i)];
      this.sum.bit(i).value = a.xor(b).xor(c);
      carry.bit(i + 1).value = a.and(b).or(c.and(a.xor(b)));
    }
    this.sum.bit(bits).value = carry.bit(bits);
  }
}

/** A status register whose bits are set and cleared on their own. */
class Flags extends Module {
  readonly set = input(bit);
  readonly clear = input(bit);
  readonly level = input(sint(4));
  readonly flags = output(sint(8));
  build() {
    const flags = register(sint(8), { reset: 0 });
    when(this.set, () => {
      flags.bit(7).next = 1;
    });
    when(this.clear, () => {
      flags.bit(7).next = 0;
    });
    flags.slice(6, 4).next = this.level.asUint().slice(2, 0);
    when(this.set, () => {
      flags.slice(3, 0).next = this.level.asUint();
    }).otherwise(() => {
      flags.slice(3, 0).next = flags.asUint().slice(3, 0).addWrap(1);
    });
    this.flags.value = flags;
  }
}

class Child extends Module {
  readonly x = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.x;
    this.y.bit(0).value = this.x.bit(3).xor(this.x.bit(0)); // overrides one bit of the default
  }
}

class Parent extends Module {
  readonly a = input(uint(2));
  readonly y = output(uint(4));
  build() {
    const child = instance(new Child({}));
    child.x.slice(1, 0).value = this.a;
    child.x.slice(3, 2).value = this.a.not();
    const swapped = wire(uint(4));
    swapped.slice(3, 0).slice(3, 2).value = child.y.slice(1, 0);
    swapped.slice(1, 0).value = child.y.slice(3, 2);
    this.y.value = swapped;
  }
}

describe("bits driven one by one", () => {
  test.each(["inprocess", "icarus"] as const)("a chain of carries is no loop, %s", async (engine) => {
    const bench = await simulate(new Ripple({ bits: 4 }), { engine });
    for (let a = 0; a < 16; a++) {
      for (let b = 0; b < 16; b++) {
        bench.in.a = a;
        bench.in.b = b;
        expect(bench.out.sum).toBe(a + b);
      }
    }
    bench.close();
  });

  test.each(["inprocess", "verilator"] as const)("register bits keep what nothing assigns, %s", async (engine) => {
    const bench = await simulate(new Flags({}), { engine });
    bench.reset();
    let flags = 0;
    await fc.assert(
      fc.property(fc.nat(1), fc.nat(1), fc.integer({ min: -8, max: 7 }), (set, clear, level) => {
        bench.in.set = set;
        bench.in.clear = clear;
        bench.in.level = level;
        bench.step();
        const top = clear === 1 ? 0 : set === 1 ? 128 : flags & 128;
        const low = set === 1 ? level & 15 : (flags + 1) & 15;
        flags = top | ((level & 7) << 4) | low;
        expect(bench.out.flags).toBe((flags << 24) >> 24);
      }),
      { numRuns: 200 },
    );
    bench.close();
  });

  test("all bits of a signed register", async () => {
    class Whole extends Module {
      readonly load = input(bit);
      readonly word = input(uint(8));
      readonly level = output(sint(8));
      build() {
        const level = register(sint(8), { reset: 0 });
        when(this.load, () => {
          level.slice(7, 0).next = this.word;
        });
        this.level.value = level;
      }
    }
    const bench = await simulate(new Whole({}));
    bench.reset();
    bench.in.load = 1;
    bench.in.word = 200;
    bench.step();
    expect(bench.out.level).toBe(-56);
  });

  test("inputs of children, wires and parts of parts", async () => {
    const bench = await simulate(new Parent({}));
    for (let a = 0; a < 4; a++) {
      bench.in.a = a;
      const x = ((~a & 3) << 2) | a;
      const y = (x & 14) | ((x >> 3) ^ (x & 1));
      expect(bench.out.y).toBe(((y & 3) << 2) | (y >> 2));
    }
    bench.close();
  });

  test("the Verilog is told nothing by Lodestone and has no loop", () => {
    expect(told(new Ripple({ bits: 8 }))).toEqual([]);
    expect(told(new Flags({}))).toEqual([]);
    const [file] = emitVerilog(compile(new Ripple({ bits: 2 })));
    expect(file!.text).toContain("carry_1");
  });
});

describe("what is told of bits", () => {
  test("bits that nothing drives", () => {
    class Gaps extends Module {
      readonly y = output(uint(8));
      build() {
        const kept = register(uint(4), { reset: 0 });
        kept.slice(3, 1).next = 0;
        this.y.bit(0).value = kept.bit(0);
        this.y.slice(4, 2).value = kept.slice(3, 1);
        this.y.bit(7).value = 1;
      }
    }
    expect(told(new Gaps({}))).toEqual([
      "LS0206 bits 6 to 5 and 1 of output `y` are never driven, but others are",
      "LS0206 bit 0 of register `kept` is never given a next value, but others are",
    ]);
  });

  test("bits driven twice, with both places", () => {
    class Twice extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(6));
      build() {
        this.y.slice(3, 0).value = this.a;
        this.y.slice(5, 2).value = this.a;
      }
    }
    const { diagnostics } = inspect(new Twice({}));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "bits 3 to 2 of `y` are driven twice: the second assignment always hides the first",
    ]);
    expect(diagnostics[0]!.places.map(({ note }) => note)).toEqual(["driven again here", "first driven here"]);
    const lines = diagnostics[0]!.places.map(({ source }) => source.location!.line);
    expect(lines[0]).toBe(lines[1]! + 1);
  });

  test("the whole driven after its bits hides them", () => {
    class After extends Module {
      readonly y = output(uint(2));
      build() {
        this.y.bit(0).value = 1;
        this.y.value = 0;
      }
    }
    expect(told(new After({}))).toEqual([
      "LS0203 bit 0 of `y` is driven twice: the second assignment always hides the first",
    ]);
  });

  test("bits driven on some paths only", () => {
    class Sometimes extends Module {
      readonly enable = input(bit);
      readonly y = output(uint(4));
      build() {
        this.y.slice(1, 0).value = 0;
        when(this.enable, () => {
          this.y.value = 5;
        });
      }
    }
    expect(told(new Sometimes({}))[0]).toMatch(
      /^LS0202 bits 3 to 2 of output `y` are driven only under some conditions/,
    );
  });

  test("a value too wide for its bits", () => {
    class Wide extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        this.y.slice(3, 1).value = this.a as UInt;
        this.y.bit(0).value = 2;
      }
    }
    expect(told(new Wide({}))).toEqual([
      "LS0101 bits 3 to 1 of `y` has 3 bits, but the value has 4: 1 bit would be lost",
      "LS0103 the literal 2 does not fit bit 0 of `y`, which holds 0 to 1",
    ]);
  });

  test("bits of an input or an expression", () => {
    class Wrong extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        this.a.bit(0).value = 1;
        const sum = this.a.addWrap(1);
        sum.bit(2).value = 0;
        this.y.bit(1).next = 0 as never;
        this.y.value = sum;
      }
    }
    expect(told(new Wrong({})).map((text) => text.slice(0, 6))).toEqual(["LS0204", "LS0204", "LS0204"]);
  });
});

describe("loops through bits", () => {
  test("a true loop names the bits of what is driven in parts", () => {
    class Ring extends Module {
      readonly a = input(bit);
      readonly y = output(uint(4));
      build() {
        const ring = wire(uint(4));
        ring.bit(0).value = mux(this.a, ring.bit(2), 0);
        ring.bit(1).value = ring.bit(0);
        ring.bit(2).value = ring.bit(1).not();
        ring.bit(3).value = ring.bit(0);
        this.y.value = ring;
      }
    }
    expect(told(new Ring({}))).toEqual([
      "LS0301 bit 0 of wire `ring` depends on itself without a register in between, through bit 2 of wire `ring`, bit 1 of wire `ring`",
    ]);
  });

  test("a whole wire shifted into itself is no loop, a sum is one", async () => {
    class Shifted extends Module {
      readonly a = input(bit);
      readonly y = output(uint(6));
      build() {
        const chain = wire(uint(6));
        chain.value = chain.shiftLeft(1).wrap(6).or(this.a);
        this.y.value = chain;
      }
    }
    expect(told(new Shifted({}))).toEqual([]);
    const bench = await simulate(new Shifted({}));
    bench.in.a = 1;
    expect(bench.out.y).toBe(63);
    bench.in.a = 0;
    expect(bench.out.y).toBe(0);
    bench.close();
    class Summed extends Module {
      readonly y = output(uint(6));
      build() {
        const chain = wire(uint(6));
        chain.value = chain.addWrap(1).not();
        this.y.value = chain;
      }
    }
    expect(told(new Summed({}))).toEqual(["LS0301 wire `chain` depends on itself without a register in between"]);
  });
});
