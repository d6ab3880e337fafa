import { describe, expect, test } from "vitest";
import { compile, DesignError, emitVerilog, inspect, simulate } from "../index.ts";
import { bit, sint, uint } from "../types/index.ts";
import { lint } from "../verilog/testing/tools.ts";
import {
  attribute,
  BlackBox,
  clockDomain,
  input,
  instance,
  instances,
  Module,
  memory,
  output,
  register,
  when,
} from "./index.ts";

const file = new URL("testing/vendor_counter.v", import.meta.url);

/** A counter that exists in Verilog, with ports and parameters in a style of its own. */
class VendorCounter extends BlackBox<{ width: number; limit: number }> {
  readonly defaultDomain = clockDomain({ clockName: "clk", resetName: "rst_n", resetActive: "low" });
  readonly enable = input(bit);
  readonly Q = output(uint(this.params.width));
  readonly full = output(bit);
  override get moduleName() {
    return "vendor_counter";
  }
  override get parameters() {
    return { WIDTH: this.params.width, LIMIT: this.params.limit };
  }
  override get sources() {
    return [file];
  }
}

class ModelledCounter extends VendorCounter {
  override model() {
    const count = register(uint(this.params.width), { reset: 0 });
    const full = count.eq(this.params.limit);
    when(this.enable.and(full.not()), () => {
      count.next = count.addWrap(1);
    });
    this.Q.value = count;
    this.full.value = full;
  }
}

class Two extends Module<{ counter: typeof VendorCounter }> {
  readonly enable = input(bit);
  readonly low = output(uint(3));
  readonly high = output(uint(6));
  readonly done = output(bit);
  build() {
    const first = instance(new this.params.counter({ width: 3, limit: 5 }));
    const second = instance(new this.params.counter({ width: 6, limit: 40 }));
    first.enable.value = this.enable;
    second.enable.value = this.enable.and(first.full);
    this.low.value = first.Q;
    this.high.value = second.Q;
    this.done.value = second.full;
  }
}

async function run(engine: "inprocess" | "icarus" | "verilator"): Promise<number[][]> {
  const bench = await simulate(new Two({ counter: ModelledCounter }), { engine });
  bench.reset();
  const seen: number[][] = [];
  for (let cycle = 0; cycle < 60; cycle++) {
    bench.in.enable = cycle % 7 === 3 ? 0 : 1;
    seen.push([bench.out.low, bench.out.high, bench.out.done]);
    bench.step();
  }
  bench.reset();
  seen.push([bench.out.low, bench.out.high, bench.out.done]);
  bench.close();
  return seen;
}

describe("an external module", () => {
  test("keeps its names, gets its parameters, its clock and its reset", () => {
    const files = emitVerilog(compile(new Two({ counter: VendorCounter })), { sourceComments: false });
    expect(files.map(({ fileName }) => fileName)).toEqual(["vendor_counter.v", "Two.v"]);
    expect(files[1]!.text).toContain(`  vendor_counter #(.WIDTH(3), .LIMIT(5)) first (
    .clk(clock),
    .rst_n(reset_n),
    .enable(enable),
    .Q(low),
    .full(first_full)
  );`);
    expect(files[1]!.text).toContain("vendor_counter #(.WIDTH(6), .LIMIT(40)) second (");
    lint(files);
  });

  test("does in Icarus and Verilator what its model does here", async () => {
    const here = await run("inprocess");
    expect(here.at(-2)![1]).toBe(40);
    expect(await run("icarus")).toEqual(here);
    expect(await run("verilator")).toEqual(here);
  });

  test("without a model runs elsewhere, and is refused here", async () => {
    await expect(simulate(new Two({ counter: VendorCounter }))).rejects.toThrow(
      /vendor_counter is external Verilog without a model.*model\(\).*verilator/,
    );
    const bench = await simulate(new Two({ counter: VendorCounter }), { engine: "icarus" });
    bench.reset();
    bench.in.enable = 1;
    bench.step(4);
    expect(bench.out.low).toBe(4);
    bench.close();
  });

  test("without sources is refused elsewhere", async () => {
    class Unknown extends BlackBox {
      readonly a = input(bit);
      readonly y = output(bit);
      override model() {
        this.y.value = this.a.not();
      }
    }
    class Top extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        const unknown = instance(new Unknown({}));
        unknown.a.value = this.a;
        this.y.value = unknown.y;
      }
    }
    await expect(simulate(new Top({}), { engine: "icarus" })).rejects.toThrow(/Unknown is external.*sources/);
    const bench = await simulate(new Top({}));
    expect(bench.out.y).toBe(1);
    bench.close();
    // The model is never emitted.
    const files = emitVerilog(compile(new Top({})));
    expect(files.map(({ fileName }) => fileName)).toEqual(["Top.v"]);
  });

  test.each(["icarus", "verilator"] as const)("gets fractions as reals, %s", async (engine) => {
    class Ratio extends BlackBox {
      readonly thousandths = output(sint(16));
      override get moduleName() {
        return "vendor_ratio";
      }
      override get parameters() {
        return { RATIO: -12.375, OFFSET: -1e-7 };
      }
      override get sources() {
        return [new URL("testing/vendor_ratio.v", import.meta.url)];
      }
    }
    class Top extends Module {
      readonly y = output(sint(16));
      build() {
        this.y.value = instance(new Ratio({})).thousandths;
      }
    }
    const files = emitVerilog(compile(new Top({})), { sourceComments: false });
    expect(files[1]!.text).toContain("vendor_ratio #(.RATIO(-12.375), .OFFSET(-1e-7)) ");
    lint(files);
    const bench = await simulate(new Top({}), { engine });
    expect(bench.out.y).toBe(-12375);
    bench.close();
  });

  test.each([Number.POSITIVE_INFINITY, Number.NaN, 2 ** 60])("takes no %d", (value) => {
    class Odd extends BlackBox {
      readonly y = output(bit);
      override get parameters() {
        return { VALUE: value };
      }
    }
    class Top extends Module {
      readonly y = output(bit);
      build() {
        this.y.value = instance(new Odd({})).y;
      }
    }
    const [told] = inspect(new Top({})).diagnostics;
    expect(told?.code).toBe("LS0321");
    expect(told?.hint).toMatch(value === 2 ** 60 ? /bigint/ : /numbers/);
  });

  test("of which no output is read is nothing to complain of, nor is what has an attribute", () => {
    class Trigger extends BlackBox {
      readonly a = input(bit);
      readonly hit = output(bit);
    }
    class Holder extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        instance(new Trigger({})).a.value = this.a;
        this.y.value = this.a;
      }
    }
    class Inverter extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        this.y.value = this.a.not();
      }
    }
    class Top extends Module<{ keep: boolean }> {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        const { keep } = this.params;
        const kept = <T extends object>(thing: T): T => (keep ? attribute(thing, "keep") : thing);
        instance(new Holder({})).a.value = this.a;
        kept(instance(new Inverter({}))).a.value = this.a;
        kept(register(bit)).next = this.a;
        const words = kept(memory(bit, 4));
        words.write(0, this.a);
        this.y.value = 0;
      }
    }
    expect(inspect(new Top({ keep: true })).diagnostics).toEqual([]);
    expect(inspect(new Top({ keep: false })).diagnostics.map(({ code }) => code)).toEqual([
      "LS0205",
      "LS0210",
      "LS0211",
    ]);
  });

  test("stays though nothing reads it, in a child too", () => {
    class Probe extends BlackBox {
      readonly a = input(bit);
      override get parameters() {
        return { NAME: 'say "a"', WIDE: 2n ** 40n, LEAST: -5, ON: true };
      }
    }
    class Inner extends Module {
      readonly a = input(bit);
      build() {
        const probe = instance(new Probe({}));
        probe.a.value = this.a;
      }
    }
    class Top extends Module {
      readonly a = input(bit);
      build() {
        const inner = instance(new Inner({}));
        inner.a.value = this.a;
      }
    }
    const text = emitVerilog(compile(new Top({})))
      .map((each) => each.text)
      .join("");
    expect(text).toContain(`Probe #(.NAME("say \\"a\\""), .WIDE(41'd1099511627776), .LEAST(-5), .ON(1)) probe (`);
    expect(text).toContain("Inner inner (");
  });

  test("and a module of ours by its name get along: ours gets another one", () => {
    class Theirs extends BlackBox {
      readonly y = output(bit);
      override get moduleName() {
        return "Ours";
      }
    }
    class Ours extends Module {
      readonly y = output(bit);
      build() {
        this.y.value = 1;
      }
    }
    class Top extends Module {
      readonly y = output(bit);
      build() {
        const theirs = instance(new Theirs({}));
        const ours = instance(new Ours({}));
        this.y.value = theirs.y.and(ours.y);
      }
    }
    const files = emitVerilog(compile(new Top({})));
    expect(files.map(({ fileName }) => fileName)).toEqual(["Ours_2.v", "Top.v"]);
    expect(files[1]!.text).toContain("Ours theirs (");
    expect(files[1]!.text).toContain("Ours_2 ours (");
  });
});

class Lane extends Module<{ number: number; bits?: number; taps?: readonly number[] }> {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.a.xor(this.params.number % 2);
  }
}

describe("names", () => {
  test("a module is written once, also of a design as inspect() gives it", () => {
    class Half extends Module<{ bits: number }> {
      readonly a = input(uint(this.params.bits));
      readonly y = output(uint(this.params.bits));
      build() {
        this.y.value = this.a.not();
      }
    }
    class Top extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        const halves = instances(3, (i) => new Half({ bits: i === 1 ? 2 : 4 }));
        halves[0]!.a.value = this.a;
        halves[1]!.a.value = halves[0]!.y.slice(1, 0);
        halves[2]!.a.value = halves[1]!.y;
        this.y.value = halves[2]!.y;
      }
    }
    const { design, diagnostics } = inspect(new Top({}));
    expect(diagnostics.map(({ code }) => code)).toEqual([]);
    const files = emitVerilog(design!);
    expect(files.map(({ fileName }) => fileName)).toEqual(["Half_bits4.v", "Half_bits2.v", "Top.v"]);
    lint(files);
    expect(emitVerilog(compile(new Top({}))).map(({ fileName }) => fileName)).toEqual(
      files.map(({ fileName }) => fileName),
    );
  });

  test("several instances are named by their number, one alone too", () => {
    class Lanes extends Module<{ count: number }> {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        let value = this.a as import("./index.ts").UInt;
        const lanes = instances(this.params.count, (number) => new Lane({ number }));
        for (const lane of lanes) {
          lane.a.value = value;
          value = lane.y;
        }
        this.y.value = value;
      }
    }
    const names = (count: number) => compile(new Lanes({ count })).top.instances.map(({ name }) => name);
    expect(names(3)).toEqual(["lanes_0", "lanes_1", "lanes_2"]);
    expect(names(1)).toEqual(["lanes_0"]);
    expect(names(0)).toEqual([]);
    expect(() => compile(new Lanes({ count: 1.5 }))).toThrow(DesignError);
  });

  test("a module's short names of its parameters stand in its name, wherever it is used", () => {
    class VectorMac extends Module<{ vectorSize: number; elementBits: number; mode?: string }> {
      readonly y = output(uint(8));
      override get parameterNames() {
        return { vectorSize: "v", elementBits: "e", mode: "m" };
      }
      build() {
        this.y.value = this.params.vectorSize;
      }
    }
    expect(compile(new VectorMac({ vectorSize: 64, elementBits: 4 })).top.name).toBe("VectorMac_v64_e4");
    const fast = new VectorMac({ vectorSize: 8, elementBits: 2, mode: "fast" });
    expect(compile(fast).top.name).toBe("VectorMac_v8_e2_m_fast");
  });

  test("long lists are cut between words, and differ where the lists do", () => {
    class Filter extends Module<{ taps: readonly number[] }> {
      readonly y = output(uint(16));
      build() {
        this.y.value = this.params.taps.reduce((sum, tap) => sum + tap, 0);
      }
    }
    class Top extends Module {
      readonly y = output(uint(17));
      build() {
        const first = instance(new Filter({ taps: [101, 102, 103, 104, 105, 106, 107, 108] }));
        const second = instance(new Filter({ taps: [101, 102, 103, 104, 105, 106, 107, 109] }));
        this.y.value = first.y.add(second.y);
      }
    }
    const names = compile(new Top({})).modules.map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    for (const name of names.slice(0, 2)) expect(name).toMatch(/^Filter_taps101_102_103_104_x[0-9a-f]{4}$/);
  });
});
