import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bit, bundle, input, Module, mux, output, register, simulate, sint, uint, vec, when } from "../index.ts";

class Mixed extends Module {
  readonly enable = input(bit);
  readonly little = input(sint(4));
  readonly wide = input(uint(70));
  readonly grid = input(vec(2, vec(3, uint(8))));
  readonly count = output(uint(8));
  readonly picked = output(sint(5));
  readonly wideOut = output(uint(71));
  readonly gridOut = output(vec(2, vec(3, uint(8))));
  build() {
    const count = register(uint(8), { reset: 7 });
    when(this.enable, () => {
      count.next = count.addWrap(1);
    });
    this.count.value = count;
    this.picked.value = mux(this.enable, this.little.neg(), 0);
    this.wideOut.value = this.wide.add(1);
    this.gridOut.value = this.grid;
  }
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lodestone-bench-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["inprocess", "verilator", "icarus"] as const)("a bench on %s", (engine) => {
  test("ports are printed, compared and awaited as any object is", async () => {
    class Pair extends Module {
      readonly a = input(bundle({ low: uint(3), high: vec(2, uint(3)) }));
      readonly y = output(bundle({ low: uint(3), high: vec(2, uint(3)) }));
      build() {
        this.y.value = this.a;
      }
    }
    const bench = await simulate(new Pair({}), { engine });
    const record = { low: 1, high: [2, 3] };
    bench.in.a = record;
    expect(JSON.stringify(bench.out)).toBe(JSON.stringify({ y: record }));
    expect(JSON.stringify(bench.in)).toBe(JSON.stringify({ a: record }));
    expect(bench.out).toEqual({ y: record });
    expect({ ...bench.out }).toEqual({ y: record });
    expect(await bench.out).toBe(bench.out);
    expect(() => (bench.out as unknown as Record<string, unknown>).z).toThrow(/no output `z`; outputs: y/);
    bench.close();
  });

  test("peek, poke, step, reset", async () => {
    const bench = await simulate(new Mixed({}), { engine });
    bench.in.enable = 0;
    bench.in.little = 0;
    bench.in.wide = 0;
    bench.in.grid = [0, 0, 0, 0, 0, 0];
    bench.reset(2);
    expect(bench.out.count).toBe(7);
    bench.step(3);
    expect(bench.out.count).toBe(7);
    bench.in.enable = true;
    bench.step(255);
    expect(bench.out.count).toBe(6);
    expect(bench.cycle).toBe(260);
    bench.in.little = -8;
    expect(bench.out.picked).toBe(8);
    expect(bench.in.little).toBe(-8);
    bench.in.wide = (1n << 70n) - 1n;
    expect(bench.outBig.wideOut).toBe(1n << 70n);
    // @ts-expect-error the editor knows that it is no number
    expect((): number => bench.out.wideOut).toThrow(/71 bits.*outBig\.wideOut/);
    bench.in.grid = [
      [1, 2, 3],
      [4, 5, 255],
    ];
    expect(bench.out.gridOut).toEqual([
      [1, 2, 3],
      [4, 5, 255],
    ]);
    bench.in.grid = Uint8Array.of(9, 8, 7, 6, 5, 4);
    expect(bench.out.gridOut).toEqual([
      [9, 8, 7],
      [6, 5, 4],
    ]);
    bench.close();
    bench.close();
    expect(() => bench.step()).toThrow(/closed/);
    expect(() => bench.out.count).toThrow(/closed/);
  });

  test("a wave", async () => {
    const wave = join(folder, "deep", `${engine}.vcd`);
    const bench = await simulate(new Mixed({}), { engine, wave });
    bench.in.enable = 1;
    bench.reset();
    bench.step(3);
    bench.close();
    const text = readFileSync(wave, "utf8");
    expect(text).toMatch(/\$var \w+ +8 \S+ count/);
    expect(text).toMatch(/\$enddefinitions/);
    expect(existsSync(`${wave}.${process.pid}.tmp`)).toBe(false);
  });
});

describe("mistakes in a test bench are told", () => {
  test.each([
    ["a number out of range", 8, /^little is 8; sint\(4\) holds -8 to 7$/],
    ["a fraction", 0.5, /^little is 0.5, not a whole number$/],
    ["too many elements", [1, 2], /^little takes 1 element, not 2$/],
    ["text", "1", /^little is given 1 \(string\): give a number/],
    ["null", null, /^little is given null/],
    ["a hole", [undefined], /^little is given undefined/],
  ])("%s", async (_what, value, message) => {
    const bench = await simulate(new Mixed({}));
    expect(() => {
      bench.in.little = value as never;
    }).toThrow(message);
    bench.close();
  });

  test("a misspelt port", async () => {
    const bench = await simulate(new Mixed({}));
    const misspelt = bench as unknown as { in: Record<string, number>; out: Record<string, number> };
    expect(() => {
      misspelt.in.enabel = 1;
    }).toThrow("there is no input `enabel`; inputs: enable, little, wide, grid");
    expect(() => misspelt.out.cuont).toThrow("there is no output `cuont`; outputs: count, picked, wideOut, gridOut");
    bench.close();
  });

  test("an engine that there is none, a class for an object, a wave that cannot be written", async () => {
    await expect(simulate(new Mixed({}), { engine: "modelsim" as never })).rejects.toThrow(
      'there is no engine "modelsim"; engines: inprocess, verilator, icarus',
    );
    await expect(simulate(Mixed as never)).rejects.toThrow(/new Counter/);
    await expect(simulate(new Mixed({}), { wave: folder })).rejects.toThrow(/cannot write the wave .*: it is a folder/);
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(simulate(new Mixed({}), { wave: join(file, "x.vcd") })).rejects.toThrow(/cannot write the wave/);
  });
});
