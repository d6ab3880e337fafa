import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  AssertionFailure,
  type Bench,
  BlackBox,
  bit,
  clockDomain,
  compile,
  cover,
  emitVerilog,
  engineNames,
  input,
  instance,
  Module,
  output,
  register,
  simulate,
  uint,
  vec,
  when,
  wire,
} from "../index.ts";
import { lint } from "../verilog/testing/tools.ts";

const folder = mkdtempSync(join(tmpdir(), "property-engines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Combinational: without its check it has no clock. It has ports of the names that clock and reset would have. */
class Lane extends Module {
  readonly clock = input(bit);
  readonly reset = input(bit);
  readonly index = input(uint(3));
  readonly lanes = input(vec(5, uint(4)));
  readonly y = output(uint(4));
  build() {
    const clock_ = wire(bit);
    clock_.value = this.clock.xor(this.reset);
    this.y.value = this.lanes.at(this.index).xor(clock_.resize(4));
  }
}

/** Two lanes below a module with state; the check of its own index is reached only under a condition. */
class Lanes extends Module {
  readonly valid = input(bit);
  readonly index = input(uint(3));
  readonly lanes = input(vec(5, uint(4)));
  readonly sum = output(uint(5));
  readonly kept = output(uint(4));
  build() {
    const first = instance(new Lane({}));
    const second = instance(new Lane({}));
    for (const lane of [first, second]) {
      lane.clock.value = 0;
      lane.reset.value = this.valid;
      lane.lanes.value = this.lanes;
    }
    first.index.value = this.index;
    second.index.value = this.index.and(3);
    this.sum.value = first.y.add(second.y);
    const kept = register(uint(4), { reset: 0 });
    when(this.valid, () => {
      kept.next = this.lanes.at(this.index);
    });
    this.kept.value = kept;
  }
}

const parts = ({ failures }: Bench<Module>): unknown[] =>
  failures
    .map(({ cycle, path, kind, name, message, values, source }) => {
      return { cycle, path: path.join("."), kind, name, message, values, line: source?.location?.line };
    })
    .sort((a, b) => a.cycle - b.cycle || a.path.localeCompare(b.path));

/** What the engines tell of an index that goes through all its values, reset in between. */
async function indexFailures(engine: (typeof engineNames)[number]): Promise<unknown[]> {
  const bench = await simulate(new Lanes({}), { engine, assertions: "collect" });
  bench.in.lanes = [1, 2, 3, 4, 5];
  bench.reset();
  for (const valid of [0, 1]) {
    bench.in.valid = valid;
    for (let index = 0; index < 8; index++) {
      bench.in.index = index;
      bench.step();
    }
    bench.reset(2);
  }
  bench.close();
  return parts(bench);
}

describe("an index beyond the end", () => {
  test("is told alike by every engine, below the top and in modules without a clock too", async () => {
    const here = await indexFailures("inprocess");
    // Three indices beyond the end in the first lane, twice, and in the register's when() once.
    expect(here).toHaveLength(9);
    expect(here[0]).toMatchObject({ cycle: 6, path: "Lanes.first", message: "the index of `lanes` is at most 4" });
    expect(await indexFailures("icarus")).toEqual(here);
    expect(await indexFailures("verilator")).toEqual(here);
  });

  test("in the top alone, a combinational one", async () => {
    for (const engine of engineNames) {
      const wave = join(folder, `${engine}.vcd`);
      const bench = await simulate(new Lane({}), { engine, wave });
      bench.in.lanes = [1, 2, 3, 4, 5];
      bench.in.index = 4;
      bench.step(3);
      bench.in.index = 6;
      expect(bench.out.y).toBe(0);
      expect(existsSync(wave)).toBe(false);
      let told: unknown;
      try {
        bench.step();
      } catch (error) {
        told = error;
      }
      expect(told).toBeInstanceOf(AssertionFailure);
      const { failure, message } = told as AssertionFailure;
      expect(failure).toMatchObject({ cycle: 3, path: ["Lane"], values: [{ name: "index", value: 6n }] });
      expect(message).toMatch(/^assertion failed in cycle 3: the index of `lanes` is at most 4 \(in Lane\)\n/);
      expect(message).toMatch(/property-engines\.test\.ts:\d+:\d+\n[\s\S]*this\.lanes\.at\(this\.index\)/);
      expect(readFileSync(wave, "utf8"), engine).toMatch(/^b0*110 /m);
      bench.close();
    }
  });

  test("is nobody's business where assertions are off, and no part of the Verilog", async () => {
    for (const engine of engineNames) {
      const bench = await simulate(new Lanes({}), { engine, assertions: "off" });
      bench.in.lanes = [1, 2, 3, 4, 5];
      bench.in.valid = 1;
      bench.in.index = 7;
      bench.reset();
      bench.step(3);
      expect([bench.failures, bench.covers]).toEqual([[], {}]);
      bench.close();
    }
    const files = emitVerilog(compile(new Lanes({})));
    lint(files);
    const text = files.map((file) => file.text).join("");
    expect(text).not.toMatch(/\$error|in_range|SYNTHESIS/);
    expect(text.match(/\bclock\b/g)).toEqual(expect.arrayContaining(["clock"]));
    expect(files.find(({ module }) => module === "Lane")!.text).not.toContain("posedge");
  });

  test("is not looked at inside a model, which other engines do not run", async () => {
    class Tens extends Module {
      readonly index = input(uint(2));
      readonly tens = output(bit);
      build() {
        const bits = wire(vec(3, bit));
        bits.value = [0, 1, 0];
        this.tens.value = bits.at(this.index);
      }
    }
    class Vendor extends BlackBox {
      readonly defaultDomain = clockDomain({ clockName: "clk", resetName: "rst_n", resetActive: "low" });
      readonly enable = input(bit);
      readonly Q = output(uint(4));
      readonly full = output(bit);
      override get moduleName() {
        return "vendor_counter";
      }
      override get sources() {
        return [new URL("../language/testing/vendor_counter.v", import.meta.url)];
      }
      override model() {
        const count = register(uint(4), { reset: 0 });
        when(this.enable, () => {
          count.next = count.addWrap(1);
        });
        const tens = instance(new Tens({}));
        tens.index.value = count.slice(1, 0);
        this.Q.value = count;
        this.full.value = tens.tens.and(count.eq(15));
      }
    }
    class Board extends Module {
      readonly enable = input(bit);
      readonly count = output(uint(4));
      readonly full = output(bit);
      build() {
        const counter = instance(new Vendor({}));
        counter.enable.value = this.enable;
        this.count.value = counter.Q;
        this.full.value = counter.full;
      }
    }
    const here = await simulate(new Board({}), { assertions: "collect" });
    const there = await simulate(new Board({}), { engine: "icarus", assertions: "collect" });
    for (const bench of [here, there]) {
      bench.reset();
      bench.in.enable = 1;
      bench.step(5);
      expect(bench.out.count).toBe(5);
      bench.close();
    }
    expect(here.failures.map(({ cycle, path }) => [cycle, path.join(".")])).toEqual([[4, "Board.counter.tens"]]);
    expect(there.failures).toEqual([]);
  });
});

/** Covers of its own and in two children; a wire has the name that the Verilog would give a counter. */
class Covered extends Module {
  readonly a = input(uint(3));
  readonly y = output(uint(3));
  build() {
    const cover_high_count = wire(uint(3));
    cover_high_count.value = this.a.xor(1);
    const left = instance(new Inner({}));
    const right = instance(new Inner({}));
    left.a.value = this.a;
    right.a.value = cover_high_count;
    cover(this.a.gt(5), "high");
    cover(this.a.gt(6), 'more than "6", 100%', { duringReset: true });
    cover(this.a.eq(0).and(this.a.eq(1)), "never");
    this.y.value = left.y.xor(right.y);
  }
}

class Inner extends Module {
  readonly a = input(uint(3));
  readonly y = output(uint(3));
  build() {
    const before = register(uint(3), { reset: 0 });
    before.next = this.a;
    cover(before.eq(this.a), "same");
    cover(before.lt(this.a), "high");
    this.y.value = before;
  }
}

describe("covers", () => {
  test("are counted alike by every engine, at any time and after the end", async () => {
    const counts: unknown[] = [];
    for (const engine of engineNames) {
      const bench = await simulate(new Covered({}), { engine });
      const seen: unknown[] = [bench.covers];
      bench.in.a = 7;
      bench.reset(2);
      seen.push(bench.covers);
      for (let i = 0; i < 40; i++) {
        bench.in.a = (i * i + (i >> 2)) % 8;
        bench.step(1 + (i % 3));
        if (i % 10 === 0) seen.push(bench.covers);
      }
      bench.engine.replay(
        Array.from({ length: 500 }, (_, i) => [[i % 8]]),
        () => undefined,
      );
      seen.push(bench.covers);
      bench.close();
      seen.push(bench.covers);
      counts.push(seen);
    }
    const [here, ...others] = counts as [unknown[], ...unknown[][]];
    expect(here[0]).toEqual(expect.objectContaining({ high: 0, "left.same": 0, never: 0 }));
    expect(here[1]).toMatchObject({ high: 0, 'more than "6", 100%': 2 });
    expect(here.at(-1)).toMatchObject({ never: 0 });
    expect(Object.keys(here[0] as object).sort()).toEqual(
      ["high", 'more than "6", 100%', "never", "left.same", "left.high", "right.same", "right.high"].sort(),
    );
    expect(
      Math.min(...Object.entries(here.at(-1) as object).map(([name, n]) => (name === "never" ? 9 : n))),
    ).toBeGreaterThan(8);
    for (const other of others) expect(other).toEqual(here);
  });

  test("of Verilog that was not emitted from the design cannot be told", async () => {
    const design = compile(new Inner({}));
    const [file] = emitVerilog(design);
    const { createIcarusEngine } = await import("./process/icarus-engine.ts");
    const engine = await createIcarusEngine(design, [{ ...file!, counters: undefined }]);
    expect(() => engine.covers()).toThrow("the Verilog that icarus runs was not emitted from this design");
    engine.dispose();
  });
});
