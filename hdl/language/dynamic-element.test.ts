import { describe, expect, test } from "vitest";
import { compile, emitVerilog, inspect, simulate } from "../index.ts";
import { bit, bundle, sint, uint, vec } from "../types/index.ts";
import { lint } from "../verilog/testing/tools.ts";
import { input, Module, mux, output, register, when } from "./index.ts";

/** Everything that an index chosen by a signal can be used for, on lengths that are powers of two and not. */
class Indexed extends Module {
  readonly write = input(bit);
  readonly at = input(uint(3));
  readonly to = input(uint(2));
  readonly data = input(sint(5));
  readonly lanes = input(vec(5, sint(5)));
  readonly rows = input(vec(4, vec(3, uint(3))));
  readonly word = input(uint(11));
  readonly wide = input(uint(70));
  readonly place = input(uint(4));
  readonly first = input(uint(5));
  readonly lane = output(sint(5));
  readonly row = output(vec(3, uint(3)));
  readonly item = output(uint(3));
  readonly stored = output(sint(5));
  readonly all = output(vec(3, sint(5)));
  readonly one = output(bit);
  readonly some = output(uint(4));
  readonly many = output(uint(40));
  readonly shifted = output(sint(12));
  readonly down = output(sint(5));
  readonly around = output(uint(11));
  readonly fifth = output(uint(9));
  readonly zeros = output(uint(7));
  readonly decoded = output(vec(6, bit));

  build() {
    const zero = { beyond: "zero" } as const;
    this.lane.value = this.lanes.at(this.at, zero);
    this.row.value = this.rows.at(this.to);
    this.item.value = this.rows.at(this.to).at(this.to, zero);
    const kept = register(vec(3, sint(5)), { reset: -3 });
    when(this.write, () => {
      kept.at(this.to, zero).next = this.data;
    });
    this.stored.value = kept.at(this.to, zero);
    this.all.value = kept;
    this.one.value = this.word.bit(this.place, zero);
    this.some.value = this.word.sliceAt(this.place.wrap(3), 4);
    this.many.value = this.wide.sliceAt(this.first, 40, zero);
    this.shifted.value = this.data.shiftLeft(this.at);
    this.down.value = this.data.shiftRight(this.at);
    this.around.value = this.word.rotateLeft(this.at);
    this.fifth.value = this.word.divFloor(5);
    this.zeros.value = this.wide.leadingZeros();
    this.decoded.value = [0, 0, 0, 0, 0, 0];
    this.decoded.at(this.at, zero).value = 1;
  }
}

async function run(engine: "inprocess" | "icarus" | "verilator"): Promise<unknown[]> {
  const bench = await simulate(new Indexed({}), { engine });
  bench.reset();
  let state = 12345;
  const next = (bits: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * 2 ** bits);
  };
  const seen: unknown[] = [];
  for (let cycle = 0; cycle < 150; cycle++) {
    bench.in.write = next(1);
    bench.in.at = next(3);
    bench.in.to = next(2);
    bench.in.data = next(5) - 16;
    bench.in.lanes = Array.from({ length: 5 }, () => next(5) - 16);
    bench.in.rows = Array.from({ length: 12 }, () => next(3));
    bench.in.word = next(11);
    bench.in.wide = (BigInt(next(30)) << BigInt(next(6))) % 2n ** 70n;
    bench.in.place = next(4);
    bench.in.first = next(5);
    const { lane, row, item, stored, all, one, some, many } = bench.out;
    const { shifted, down, around, fifth, zeros, decoded } = bench.out;
    seen.push([lane, row, item, stored, all, one, some, many, shifted, down, around, fifth, zeros, decoded]);
    bench.step();
  }
  bench.close();
  return seen;
}

describe("indices, shifts and divisions", () => {
  test("are the same in Icarus, Verilator and this process", async () => {
    const here = await run("inprocess");
    expect(await run("icarus")).toEqual(here);
    expect(await run("verilator")).toEqual(here);
  });

  test("read well and pass Verilator's lint", () => {
    const files = emitVerilog(compile(new Indexed({})), { sourceComments: false });
    lint(files);
    const { text } = files.at(-1)!;
    expect(text).toContain("assign one = word_padded[place];");
    expect(text).toContain("assign some = word[{1'b0, place[2:0]} +: 4];");
  });
});

class Looked extends Module<{ beyond?: "zero"; guarded?: boolean }> {
  readonly index = input(uint(3));
  readonly valid = input(bit);
  readonly lanes = input(vec(5, uint(4)));
  readonly y = output(uint(4));
  build() {
    const found = register(uint(4), { reset: 0 });
    if (this.params.guarded) {
      when(this.valid, () => {
        found.next = this.lanes.at(this.index);
      });
    } else {
      const lane = this.lanes.at(this.index, { ...(this.params.beyond ? { beyond: this.params.beyond } : {}) });
      found.next = mux(this.valid, lane, 0);
    }
    this.y.value = found;
  }
}

describe("an index beyond the end", () => {
  test("is told at the clock edge, with vector, index and line; it reads 0", async () => {
    const bench = await simulate(new Looked({}));
    bench.reset();
    bench.in.lanes = [1, 2, 3, 4, 5];
    bench.in.valid = 1;
    bench.in.index = 4;
    bench.step();
    expect(bench.out.y).toBe(5);
    bench.in.index = 5;
    let message = "";
    try {
      bench.step();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/the index of `lanes` is at most 4/);
    expect(message).toMatch(/index = 5/);
    expect(message).toMatch(/dynamic-element\.test\.ts:\d+/);
    bench.close();
  });

  test("is nobody's business where the block is not reached, or where it is meant", async () => {
    for (const params of [{ guarded: true }, { beyond: "zero" as const }]) {
      const bench = await simulate(new Looked(params));
      bench.reset();
      bench.in.lanes = [1, 2, 3, 4, 5];
      bench.in.index = 7;
      bench.step(3);
      expect(bench.out.y).toBe(0);
      bench.close();
    }
  });

  test("leaves no trace in the Verilog, and gives nobody a clock", () => {
    const text = emitVerilog(compile(new Looked({})), { sourceComments: false })
      .map((file) => file.text)
      .join("");
    expect(text).not.toMatch(/assert|in_range|3'd5/);
    class Combinational extends Module {
      readonly index = input(uint(2));
      readonly lanes = input(vec(3, uint(4)));
      readonly y = output(uint(4));
      build() {
        this.y.value = this.lanes.at(this.index);
      }
    }
    const files = emitVerilog(compile(new Combinational({})), { sourceComments: false });
    expect(files[0]!.text).not.toContain("clock");
    lint(files);
  });

  test("is checked once for a record", () => {
    class Records extends Module {
      readonly index = input(uint(2));
      readonly records = input(vec(3, bundle({ a: uint(4), b: vec(2, uint(3)) })));
      readonly y = output(bundle({ a: uint(4), b: vec(2, uint(3)) }));
      build() {
        this.y.value = this.records.at(this.index);
      }
    }
    const { design } = inspect(new Records({}));
    expect(design!.top.properties!.map(({ message }) => message)).toEqual(["the index of `records` is at most 2"]);
  });
});

describe("driving by an index", () => {
  test("tells a wrong value once, and what cannot be driven", () => {
    class Wrong extends Module {
      readonly index = input(uint(2));
      readonly lanes = input(vec(4, uint(4)));
      readonly y = output(vec(4, uint(4)));
      build() {
        const kept = register(vec(4, uint(4)));
        kept.at(this.index).next = this.lanes.at(0).add(1) as never;
        this.lanes.at(this.index).value = 3;
        this.y.value = kept;
      }
    }
    const codes = inspect(new Wrong({})).diagnostics.map(({ code }) => code);
    expect(codes.sort()).toEqual(["LS0101", "LS0204"]);
  });

  test("an index with more bits than the vector needs is refused", () => {
    class TooWide extends Module<{ bits: number }> {
      readonly index = input(uint(this.params.bits));
      readonly lanes = input(vec(4, uint(4)));
      readonly y = output(uint(4));
      build() {
        this.y.value = this.lanes.at(this.index);
      }
    }
    expect(inspect(new TooWide({ bits: 3 })).diagnostics.map(({ code }) => code)).toEqual(["LS0101"]);
    expect(inspect(new TooWide({ bits: 1 })).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
