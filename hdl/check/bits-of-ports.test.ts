import { describe, expect, test } from "vitest";
import { compile, emitVerilog, inspect, simulate } from "../index.ts";
import { BlackBox, cat, input, instance, Module, output, type UInt, wire } from "../language/index.ts";
import { bit, sint, uint, vec } from "../types/index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";

/** One bit of an adder for each bit of its ports: sums and carries depend on bits of the same number. */
class Carries extends Module<{ bits: number }> {
  readonly a = input(uint(this.params.bits));
  readonly b = input(uint(this.params.bits));
  readonly carry_in = input(uint(this.params.bits));
  readonly carry_out = output(uint(this.params.bits));
  readonly sum = output(uint(this.params.bits));
  build() {
    const either = this.a.xor(this.b);
    this.sum.value = either.xor(this.carry_in);
    this.carry_out.value = this.a.and(this.b).or(either.and(this.carry_in));
  }
}

/** The same behind one more level, with a signed port on the way. */
class Wrapped extends Module<{ bits: number }> {
  readonly a = input(uint(this.params.bits));
  readonly b = input(uint(this.params.bits));
  readonly carry_in = input(sint(this.params.bits));
  readonly carry_out = output(sint(this.params.bits));
  readonly sum = output(uint(this.params.bits));
  build() {
    const carries = instance(new Carries({ bits: this.params.bits }));
    const into = wire(uint(this.params.bits));
    into.value = this.carry_in.asUint();
    carries.a.value = this.a;
    carries.b.value = this.b;
    carries.carry_in.value = into;
    this.carry_out.value = carries.carry_out.asSint();
    this.sum.value = carries.sum;
  }
}

/** An adder made of one child whose carries go round: out of bit i, into bit i + 1. */
class Ripple extends Module<{ bits: number; wrapped?: boolean }> {
  readonly a = input(uint(this.params.bits));
  readonly b = input(uint(this.params.bits));
  readonly sum = output(uint(this.params.bits + 1));
  readonly other = output(uint(this.params.bits));
  build() {
    const { bits, wrapped } = this.params;
    // A second one whose carries do not go round: modules of one name stay one module.
    const plain = instance(new Carries({ bits }));
    plain.a.value = this.a;
    plain.b.value = this.b;
    plain.carry_in.value = 0;
    this.other.value = plain.carry_out;
    const adder = wrapped ? instance(new Wrapped({ bits })) : instance(new Carries({ bits }));
    adder.a.value = this.a;
    adder.b.value = this.b;
    const out = adder instanceof Wrapped ? adder.carry_out.asUint() : adder.carry_out;
    const around = bits === 1 ? this.a.xor(this.a) : cat(out.slice(bits - 2, 0), this.a.bit(0).xor(this.a.bit(0)));
    if (adder instanceof Wrapped) adder.carry_in.value = around.asSint();
    else adder.carry_in.value = around;
    this.sum.value = cat(out.bit(bits - 1), adder.sum);
  }
}

/** Digits of an adder and a subtractor in one child: carries go from element to element, outside. */
class Digits extends Module<{ count: number }> {
  readonly a = input(vec(this.params.count, uint(4)));
  readonly b = input(vec(this.params.count, uint(4)));
  /** Bit 0 for the sum, bit 1 for the difference. */
  readonly carry_in = input(vec(this.params.count, uint(2)));
  readonly carry_out = output(vec(this.params.count, uint(2)));
  readonly sum = output(vec(this.params.count, uint(4)));
  readonly difference = output(vec(this.params.count, uint(4)));
  build() {
    this.a.forEach((a, i) => {
      const [b, carry] = [this.b.at(i), this.carry_in.at(i)];
      const sum = a.add(b).add(carry.bit(0)).wrap(5);
      const difference = a.add(b.not()).add(carry.bit(1)).wrap(5);
      this.sum.at(i).value = sum.wrap(4);
      this.difference.at(i).value = difference.wrap(4);
      this.carry_out.at(i).value = cat(difference.bit(4), sum.bit(4));
    });
  }
}

class DigitAdder extends Module<{ count: number }> {
  readonly a = input(vec(this.params.count, uint(4)));
  readonly b = input(vec(this.params.count, uint(4)));
  readonly sum = output(vec(this.params.count, uint(4)));
  readonly difference = output(vec(this.params.count, uint(4)));
  build() {
    const digits = instance(new Digits({ count: this.params.count }));
    digits.a.value = this.a;
    digits.b.value = this.b;
    // The carries of the sum go up from element 0, those of the difference down from the last, its lowest digit.
    const last = this.params.count - 1;
    for (let i = 0; i <= last; i++) {
      digits.carry_in.at(i).bit(0).value = i === 0 ? 0 : digits.carry_out.at(i - 1).bit(0);
      digits.carry_in.at(i).bit(1).value = i === last ? 1 : digits.carry_out.at(i + 1).bit(1);
    }
    this.sum.value = digits.sum;
    this.difference.value = digits.difference;
  }
}

const engines = ["inprocess", "icarus", "verilator"] as const;

function randomOf(seed: number): (bits: number) => bigint {
  let state = seed;
  return (bits) => {
    let value = 0n;
    for (let i = 0; i < bits; i += 16) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      value = (value << 16n) | BigInt(state >>> 16);
    }
    return BigInt.asUintN(bits, value);
  };
}

describe("chains through different bits of a child's ports", () => {
  test.each([
    { bits: 5, wrapped: false },
    { bits: 40, wrapped: false },
    { bits: 12, wrapped: true },
  ])("an adder of one child adds, %o", async (params) => {
    expect(inspect(new Ripple(params)).diagnostics).toEqual([]);
    for (const engine of engines) {
      const bench = await simulate(new Ripple(params), { engine });
      const random = randomOf(7);
      const most = (1n << BigInt(params.bits)) - 1n;
      for (let i = 0; i < 60; i++) {
        const [a, b] = i === 0 ? [most, 1n] : [random(params.bits), random(params.bits)];
        bench.in.a = a;
        bench.in.b = b;
        expect(bench.outBig.sum).toBe(a + b);
        expect(bench.outBig.other).toBe(a & b);
      }
      bench.close();
    }
  });

  test("elements of several bits", async () => {
    expect(inspect(new DigitAdder({ count: 6 })).diagnostics).toEqual([]);
    for (const engine of engines) {
      const bench = await simulate(new DigitAdder({ count: 6 }), { engine });
      const random = randomOf(11);
      for (let i = 0; i < 40; i++) {
        const [a, b] = [random(24), random(24)];
        const digits = (value: bigint) => Array.from({ length: 6 }, (_, k) => Number((value >> BigInt(4 * k)) & 15n));
        bench.in.a = digits(a);
        bench.in.b = digits(b);
        expect([...bench.out.sum]).toEqual(digits(a + b));
        const reversed = (value: bigint) => digits(value).reduce((sum, digit) => sum * 16n + BigInt(digit), 0n);
        const difference = BigInt.asUintN(24, reversed(a) - reversed(b));
        expect([...bench.out.difference]).toEqual(digits(difference).reverse());
      }
      bench.close();
    }
  });

  test("the Verilog keeps the ports, says why no tool need look for loops, and pleases linter and Yosys", () => {
    for (const design of [compile(new Ripple({ bits: 4 })), compile(new Ripple({ bits: 6, wrapped: true }))]) {
      const files = emitVerilog(design, { sourceComments: false });
      lint(files);
      checkWithYosys(files);
    }
    const files = emitVerilog(compile(new Ripple({ bits: 3 })), { sourceComments: false });
    expect(files.map(({ fileName }) => fileName)).toEqual(["Carries.v", "Ripple.v"]);
    expect(files[0]!.text).toMatchInlineSnapshot(`
      "// Carries
      // bits = 3
      // Generated by Lodestone
      // Bits of some vectors depend on other bits of the same by way of ports: no loop, except
      // for a tool that looks at whole vectors.
      // verilator lint_off UNOPTFLAT
      module Carries (
        input wire [2:0] a,
        input wire [2:0] b,
        input wire [2:0] carry_in,
        output wire [2:0] carry_out,
        output wire [2:0] sum
      );
        wire [2:0] masked = a & b;
        wire [2:0] either = a ^ b;
        wire carry_out_0 = masked[0] | (either[0] & carry_in[0]);
        wire carry_out_1 = masked[1] | (either[1] & carry_in[1]);
        wire carry_out_2 = masked[2] | (either[2] & carry_in[2]);

        assign carry_out = {carry_out_2, carry_out_1, carry_out_0};
        assign sum = either ^ carry_in;
      endmodule
      // verilator lint_on UNOPTFLAT
      "
    `);
    expect(files[1]!.text).toContain(".carry_in({adder_carry_out[1:0], 1'b0})");
  });

  test("nothing of it where there is no such chain", () => {
    class Straight extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        const carries = instance(new Carries({ bits: 4 }));
        carries.a.value = this.a;
        carries.b.value = this.a;
        carries.carry_in.value = 0;
        this.y.value = carries.sum.xor(carries.carry_out);
      }
    }
    const [file] = emitVerilog(compile(new Straight({})), { sourceComments: false });
    expect(file!.text).not.toMatch(/verilator|carry_out_0/);
  });
});

/** Bits go straight through, by way of a child of its own whose ports are wider than its own ones. */
class Crossed extends Module {
  readonly x = input(bit);
  readonly z = input(bit);
  readonly y = output(bit);
  readonly w = output(bit);
  build() {
    const pass = instance(new Pass({}));
    pass.x.value = cat(this.x, this.x.not(), this.x, this.z);
    this.y.value = pass.y.bit(0);
    this.w.value = pass.y.bit(1);
  }
}

class Pass extends Module {
  readonly x = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.x.not();
  }
}

class Built extends Module<{ body: (module: Built) => UInt }> {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.params.body(this).resize(4);
  }
}

const loopsOf = (body: (module: Built) => UInt) =>
  inspect(new Built({ body })).diagnostics.filter(({ code }) => code === "LS0301");

const pass = (into: (child: Pass, a: UInt) => void) => (module: Built) => {
  const child = instance(new Pass({}));
  into(child, module.a);
  return child.y;
};

describe("what is still a loop", () => {
  test("is told bit by bit, with the way around", () => {
    const [loop, ...others] = loopsOf(
      pass((child, a) => {
        child.x.bit(0).value = a.bit(0);
        child.x.bit(1).value = child.y.bit(0);
        child.x.bit(2).value = child.y.bit(3);
        child.x.bit(3).value = child.y.bit(2);
      }),
    );
    expect(others).toEqual([]);
    expect(loop!.message).toBe(
      "bit 3 of output `y` of `y_child` depends on itself without a register in between, through bit 2 of output `y` of `y_child`",
    );
    expect(loop!.signal).toBe("bit 3 of output y of y_child");
  });

  test("is told of the whole where every bit loops alike, and once", () => {
    const loops = loopsOf(
      pass((child) => {
        child.x.value = child.y;
      }),
    );
    expect(loops.map(({ message }) => message)).toEqual([
      "output `y` of `y_child` depends on itself without a register in between",
    ]);
  });

  test("of an element names the element", () => {
    class Lanes extends Module {
      readonly x = input(vec(3, uint(4)));
      readonly y = output(vec(3, uint(4)));
      build() {
        this.y.value = this.x;
      }
    }
    const loops = loopsOf((module) => {
      const lanes = instance(new Lanes({}));
      lanes.x.at(0).value = module.a;
      lanes.x.at(1).value = lanes.y.at(2);
      lanes.x.at(2).value = cat(lanes.y.at(1).slice(3, 1), module.a.bit(0));
      return lanes.y.at(1);
    });
    expect(loops).toHaveLength(1);
    expect(loops[0]!.message).toMatch(
      /^bit \d of output `y\[2\]` of `y_lanes` .* bit \d of output `y\[1\]` of `y_lanes`$/,
    );
  });

  test("through wires and ports, a line for each hop", () => {
    const [loop] = loopsOf((module) => {
      const child = instance(new Pass({}));
      const back = wire(uint(4));
      back.slice(3, 1).value = child.y.slice(2, 0);
      back.bit(0).value = child.y.bit(3).xor(module.a.bit(0));
      child.x.value = back;
      return child.y;
    });
    expect(loop!.message).toContain("bit 0 of wire `y_back`");
    expect(loop!.message).toContain("bit 3 of output `y` of `y_child`");
    const lines = loop!.places.map(({ source }) => source.location!.line);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(1);
  });

  test("a way through a grandchild with wider ports than the child's is none", () => {
    const body = (module: Built): UInt => {
      const crossed = instance(new Crossed({}));
      crossed.z.value = module.a.bit(0);
      crossed.x.value = crossed.y;
      return cat(crossed.y, crossed.w);
    };
    expect(loopsOf(body)).toEqual([]);
  });

  test("one bit of a port by way of wires and children of one bit is none", () => {
    class Flag extends Module {
      readonly x = input(bit);
      readonly y = output(bit);
      build() {
        this.y.value = this.x.not();
      }
    }
    const body = (module: Built): UInt => {
      const child = instance(new Pass({}));
      const flag = instance(new Flag({}));
      const low = wire(bit);
      low.value = child.y.bit(0);
      flag.x.value = child.y.bit(1);
      child.x.value = cat(module.a.bit(3), flag.y, low, module.a.bit(0));
      return child.y;
    };
    expect(loopsOf(body)).toEqual([]);
  });

  test("arithmetic counts as depending on all bits, and a black box keeps its ports", () => {
    class Increment extends Module {
      readonly x = input(uint(4));
      readonly y = output(uint(4));
      build() {
        this.y.value = this.x.addWrap(1);
      }
    }
    class Foreign extends BlackBox {
      readonly x = input(uint(4));
      readonly y = output(uint(4));
      override model() {
        this.y.value = this.x;
      }
    }
    for (const child of [() => new Increment({}), () => new Foreign({})]) {
      const loops = loopsOf((module) => {
        const made = instance(child());
        made.x.value = cat(made.y.slice(2, 0), module.a.bit(0));
        return made.y;
      });
      expect(loops).toHaveLength(1);
    }
  });
});
