import { describe, expect, test } from "vitest";
import { compile, emitVerilog, inspect, simulate } from "../index.ts";
import { bit, bundle, sint, uint, vec } from "../types/index.ts";
import { lint } from "../verilog/testing/tools.ts";
import { input, instance, Module, output, register, when, wire } from "./index.ts";

const zero = { beyond: "zero" } as const;

class Inverter extends Module {
  readonly x = input(uint(6));
  readonly y = output(uint(6));
  build() {
    this.y.value = this.x.not();
  }
}

/** Bits that signals choose, of everything that can be driven. */
class Driven extends Module {
  readonly write = input(bit);
  readonly clear = input(bit);
  readonly i = input(uint(3));
  readonly j = input(uint(3));
  readonly place = input(uint(4));
  readonly deep = input(uint(7));
  readonly one = input(bit);
  readonly nibble = input(uint(4));
  readonly flags = output(uint(8));
  readonly marks = output(sint(11));
  readonly decoded = output(uint(8));
  readonly patched = output(uint(8));
  readonly counted = output(uint(12));
  readonly mixed = output(uint(8));
  readonly inverted = output(uint(6));
  readonly upper = output(uint(8));
  readonly lanes = output(vec(2, uint(4)));
  readonly rows = output(vec(2, vec(2, uint(8))));
  readonly pair = output(bundle({ a: uint(8), b: vec(2, uint(8)) }));
  readonly wide = output(uint(100));
  readonly seen = output(bit);
  build() {
    const { i, j, place, one, nibble } = this;
    const flags = register(uint(8), { reset: 0 });
    when(this.write, () => {
      flags.bit(i).next = one;
    });
    when(this.clear, () => {
      flags.bit(j).next = 0;
    });
    this.flags.value = flags;
    this.seen.value = flags.bit(j);

    const marks = register(sint(11), { reset: -1 });
    when(this.write, () => {
      marks.bit(place, zero).next = 1;
    }).otherwise(() => {
      marks.sliceAt(place, 3, zero).next = 2;
    });
    this.marks.value = marks;

    this.decoded.value = 0;
    this.decoded.bit(i).value = 1;
    const patched = wire(uint(8));
    patched.value = nibble;
    patched.bit(i).value = one;
    patched.sliceAt(place.wrap(2), 4).value = nibble;
    this.patched.value = patched;

    const counted = register(uint(12), { reset: 0 });
    counted.next = counted.addWrap(1);
    counted.sliceAt(place, 4, zero).next = nibble;
    this.counted.value = counted;

    const mixed = register(uint(8), { reset: 0 });
    mixed.bit(0).next = one;
    mixed.bit(i).next = 1;
    mixed.sliceAt(i, 3, zero).next = nibble.wrap(3);
    mixed.slice(6, 5).next = nibble.wrap(2);
    this.mixed.value = mixed;

    const inverter = instance(new Inverter({}));
    inverter.x.value = 0;
    inverter.x.bit(i, zero).value = one;
    this.inverted.value = inverter.y;

    const upper = register(uint(8), { reset: 0 });
    upper.slice(7, 4).bit(i.wrap(2)).next = one;
    upper.slice(3, 0).next = nibble;
    this.upper.value = upper;

    const lanes = register(vec(2, uint(4)), { reset: 0 });
    lanes.at(one).bit(i.wrap(2)).next = this.write;
    lanes.at(this.write).slice(3, 2).next = nibble.wrap(2);
    this.lanes.value = lanes;

    const rows = register(vec(2, vec(2, uint(8))), { reset: 0 });
    rows.at(one).at(this.write).next = nibble;
    rows.at(one).at(this.clear).bit(i).next = 1;
    this.rows.value = rows;

    const a = register(uint(8), { reset: 0 });
    a.bit(i).next = one;
    this.pair.a.value = a;
    this.pair.b.value = [nibble, 0];
    this.pair.b.at(one).bit(i).value = this.write;

    const wide = register(uint(100), { reset: 0 });
    wide.bit(this.deep, zero).next = one;
    wide.sliceAt(place, 40).next = patched;
    this.wide.value = wide;
  }
}

/** The registers of `Driven`, kept by a model that writes bit by bit. */
class Model {
  flags = 0n;
  marks = (1n << 11n) - 1n;
  counted = 0n;
  mixed = 0n;
  wide = 0n;

  step(given: Readonly<Record<"write" | "clear" | "i" | "j" | "place" | "deep" | "one" | "nibble", number>>): void {
    const { write, clear, i, j, place, deep, one, nibble } = given;
    if (write) this.flags = put(this.flags, 8, i, 1, one);
    if (clear) this.flags = put(this.flags, 8, j, 1, 0);
    this.marks = write ? put(this.marks, 11, place, 1, 1) : put(this.marks, 11, place, 3, 2);
    this.counted = put((this.counted + 1n) % 4096n, 12, place, 4, nibble);
    const mixed = put(put(put(this.mixed, 8, 0, 1, one), 8, i, 1, 1), 8, i, 3, nibble % 8);
    this.mixed = put(mixed, 8, 5, 2, nibble % 4);
    this.wide = put(put(this.wide, 100, deep, 1, one), 100, place, 40, patchedBy(given));
  }
}

/** `x` with `count` bits of `value` from bit `at` on, as far as x has bits. */
function put(x: bigint, width: number, at: number, count: number, value: number | bigint): bigint {
  let result = x;
  for (let k = 0; k < count && at + k < width; k++) {
    const mask = 1n << BigInt(at + k);
    result = (BigInt(value) >> BigInt(k)) & 1n ? result | mask : result & ~mask;
  }
  return result;
}

function patchedBy({ nibble, i, one, place }: Readonly<Record<"nibble" | "i" | "one" | "place", number>>): bigint {
  return put(put(BigInt(nibble), 8, i, 1, one), 8, place % 4, 4, nibble);
}

async function run(engine: "inprocess" | "icarus" | "verilator"): Promise<unknown[]> {
  const bench = await simulate(new Driven({}), { engine });
  bench.reset();
  const model = new Model();
  let state = 4711;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const seen: unknown[] = [];
  for (let cycle = 0; cycle < 300; cycle++) {
    const given = {
      write: next(2),
      clear: next(2),
      i: next(8),
      j: next(8),
      place: next(16),
      deep: next(128),
      one: next(2),
      nibble: next(16),
    };
    Object.assign(bench.in, given);
    const { flags, marks, counted, mixed, wide, decoded, patched, inverted, pair, seen: bitSeen } = bench.outBig;
    expect({ flags, marks, counted, mixed, wide }).toEqual({
      flags: model.flags,
      marks: BigInt.asIntN(11, model.marks),
      counted: model.counted,
      mixed: model.mixed,
      wide: model.wide,
    });
    expect(bitSeen).toBe((model.flags >> BigInt(given.j)) & 1n);
    expect(decoded).toBe(1n << BigInt(given.i));
    expect(patched).toBe(patchedBy(given));
    expect(inverted).toBe(63n ^ put(0n, 6, given.i, 1, given.one));
    const b = [BigInt(given.nibble), 0n];
    b[given.one] = put(b[given.one]!, 8, given.i, 1, given.write);
    expect([...pair.b]).toEqual(b);
    seen.push([bench.out.upper, bench.out.lanes, bench.out.rows, pair.a]);
    model.step(given);
    bench.step();
  }
  bench.close();
  return seen;
}

describe("driving bits that a signal chooses", () => {
  test("is the same in Icarus, Verilator, this process and a model", async () => {
    const here = await run("inprocess");
    expect(await run("icarus")).toEqual(here);
    expect(await run("verilator")).toEqual(here);
  });

  test("reads well and passes Verilator's lint", () => {
    const files = emitVerilog(compile(new Driven({})), { sourceComments: false });
    lint(files);
    const { text } = files.at(-1)!;
    expect(text).toContain("      if (write) begin\n        flags[i] <= one;\n");
    expect(text).toContain("      if (clear) begin\n        flags[j] <= 1'b0;\n");
    expect(text).toContain("      counted <= counted + 12'd1;\n      counted[place +: 4] <= nibble;\n");
    expect(text).toContain("marks[place +: 3] <= 3'd2;");
  });

  test("a decoder is a shift", () => {
    class Decoder extends Module {
      readonly i = input(uint(3));
      readonly y = output(uint(8));
      build() {
        this.y.value = 0;
        this.y.bit(this.i).value = 1;
      }
    }
    const [file] = emitVerilog(compile(new Decoder({})), { sourceComments: false });
    expect(file!.text).toContain("  assign y = 8'd1 << i;\n");
  });
});

const told = (module: Module): string[] =>
  inspect(module).diagnostics.map(({ code, message, hint }) => `${code} ${message}; ${hint}`);

describe("what is told of them", () => {
  test("a bit beyond the end, at the clock edge; nothing is written", async () => {
    class Beyond extends Module {
      readonly i = input(uint(3));
      readonly y = output(uint(5));
      build() {
        const kept = register(uint(5), { reset: 0 });
        kept.bit(this.i).next = 1;
        this.y.value = kept;
      }
    }
    const bench = await simulate(new Beyond({}));
    bench.reset();
    bench.in.i = 4;
    bench.step();
    expect(bench.out.y).toBe(16);
    bench.in.i = 5;
    expect(() => bench.step()).toThrow(/the index of bit\(\) is at most 4[\s\S]*chosen-bits\.test\.ts:\d+[\s\S]*i = 5/);
    bench.close();
  });

  test("bits without a default, values too wide, what cannot be driven", () => {
    class Wrong extends Module {
      readonly i = input(uint(2));
      readonly x = input(uint(4));
      readonly y = output(uint(4));
      readonly z = output(uint(4));
      build() {
        this.y.bit(this.i).value = 1;
        this.z.value = this.x;
        this.z.sliceAt(this.i.wrap(1), 2).value = this.x as never;
        this.x.bit(this.i).value = 0;
        this.x.add(1).bit(this.i.extend(3)).value = 0;
      }
    }
    expect(
      told(new Wrong({}))
        .map((text) => text.replace(/;.*/, ""))
        .sort(),
    ).toEqual([
      "LS0101 a part of `z` has 2 bits, but the value has 4: 2 bits would be lost",
      "LS0202 output `y` is driven only under some conditions: it would have to remember its value",
      "LS0204 `the value` is an expression, so nothing can be assigned to it",
      "LS0204 input `x` is driven inside its own module",
    ]);
    expect(told(new Wrong({})).find((text) => text.startsWith("LS0202"))).toMatch(
      /; drive all of it before as a default: `this\.y\.value = 0`/,
    );
  });

  test("bits that neither a number nor a signal drives, and a value that hides what a signal chose", () => {
    class Gaps extends Module {
      readonly i = input(uint(1));
      readonly y = output(uint(4));
      build() {
        const kept = register(uint(4), { reset: 0 });
        kept.slice(2, 1).bit(this.i).next = 1;
        this.y.value = kept;
      }
    }
    expect(told(new Gaps({}))[0]).toMatch(/^LS0206 bits 3 and 0 of register `kept` are never given a next value/);
    class Hidden extends Module {
      readonly i = input(uint(2));
      readonly y = output(uint(4));
      build() {
        this.y.value = 0;
        this.y.bit(this.i).value = 1;
        this.y.value = 3;
      }
    }
    expect(told(new Hidden({}))[0]).toMatch(/^LS0203 `y` is driven twice/);
  });

  test("an index of more bits than the last one needs", () => {
    class TooWide extends Module {
      readonly i = input(uint(4));
      readonly y = output(uint(8));
      build() {
        this.y.value = 0;
        this.y.bit(this.i as never).value = 1;
      }
    }
    expect(inspect(new TooWide({})).diagnostics.map(({ code }) => code)).toEqual(["LS0101"]);
  });

  test("a wire one bit of which depends on another of it is a loop, and the chosen bit is not known", () => {
    class Loop extends Module {
      readonly i = input(uint(2));
      readonly y = output(uint(4));
      build() {
        const x = wire(uint(4));
        x.value = 0;
        x.bit(this.i).value = x.bit(0).not();
        this.y.value = x;
      }
    }
    expect(inspect(new Loop({})).diagnostics.map(({ code }) => code)).toEqual(["LS0301"]);
  });
});
