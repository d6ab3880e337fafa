import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import {
  assert,
  assume,
  bit,
  cover,
  input,
  instance,
  Module,
  output,
  past,
  register,
  uint,
  vec,
  when,
} from "../index.ts";
import { randomNetlist } from "../ir/testing/random-netlist.ts";
import { withProperties } from "../ir/testing/with-properties.ts";
import { optimize } from "../transform/index.ts";
import { type EmittedFile, emitVerilog } from "./index.ts";
import { inFolder, lint } from "./testing/tools.ts";

class Counter extends Module<{ limit: number }> {
  readonly enable = input(bit);
  readonly count = output(uint(4));
  build() {
    const value = register(uint(4), { reset: 0 });
    when(this.enable.and(value.ne(this.params.limit)), () => {
      value.next = value.addWrap(1);
    });
    this.count.value = value;
    assert(value.le(this.params.limit), 'at most 100% of the "limit"');
    when(this.enable, () => assert(value.ge(past(value)), "it never falls"));
    assume(this.enable.or(value.eq(0)), "enabled once it runs", { duringReset: true });
    cover(value.eq(this.params.limit), "limit reached");
  }
}

class Two extends Module {
  readonly enable = input(bit);
  readonly count = output(uint(4));
  build() {
    const counter = instance(new Counter({ limit: 9 }));
    counter.enable.value = this.enable;
    this.count.value = counter.count;
    assume(this.enable, "always enabled");
  }
}

const run = (program: string, args: readonly string[], cwd: string): string =>
  execFileSync(program, args, { cwd, encoding: "utf8", timeout: 60_000, stdio: "pipe" });

/** Every way in which the emitted text is meant to be read. */
function readEverywhere(files: readonly EmittedFile[]): void {
  const names = files.map((file) => file.fileName).reverse();
  lint(files);
  inFolder(files, (folder) => {
    expect(run("verilator", ["--lint-only", "-Wall", "--assert", ...names], folder)).toBe("");
    for (const flags of [["-g2005"], ["-g2012", "-DFORMAL"]]) {
      expect(run("iverilog", [...flags, "-Wall", "-Wno-timescale", "-o", "out", ...names], folder)).toBe("");
    }
  });
}

test("the text", () => {
  const [text] = emitVerilog(compile(new Counter({ limit: 9 })), { sourceComments: false }).map((file) => file.text);
  expect(text).toMatchSnapshot();
});

test("is read by all tools, without a warning, guarded and for a proof", () => {
  readEverywhere(emitVerilog(compile(new Two({}))));
  const limits = { operators: 20, memories: false, maxWidth: 12 };
  // Random properties tell values that their conditions do not read; formal tools see the conditions alone.
  for (const seed of [1, 2]) readEverywhere(emitVerilog(optimize(withProperties(randomNetlist(seed, limits), seed))));
});

test("synthesis sees nothing of the properties; with -formal all are there", () => {
  const cells = (files: readonly EmittedFile[], read: string): string => {
    const script = `${read} ${files.map((file) => file.fileName).join(" ")}; hierarchy -top Counter; proc; opt; stat`;
    return inFolder(files, (folder) => run("yosys", ["-p", script], folder)).replace(/^[\s\S]*Printing statistics/, "");
  };
  const files = emitVerilog(compile(new Counter({ limit: 9 })));
  const hidden = cells(files, "read_verilog");
  expect(hidden).not.toMatch(/\$(assert|assume|cover)/);
  expect(hidden).toMatch(/\$s?dffe?\w* +1\n/);
  const formal = cells(files, "read_verilog -formal");
  for (const [cell, count] of [
    ["assert", 2],
    ["assume", 1],
    ["cover", 1],
  ] as const) {
    expect(formal).toMatch(new RegExp(`\\$${cell} +${count}\\n`));
  }
});

test("for a proof, an assumption below the top is an assertion, and each bears its name", () => {
  const [child, top] = emitVerilog(compile(new Two({})), { properties: "proof" });
  expect(child!.text).toContain("assume_enabled_once_it_runs$goal: assert (assume_enabled_once_it_runs);");
  expect(top!.text).toContain("assume_always_enabled$goal: assume (assume_always_enabled);");
  expect(child!.text).not.toContain("$error");
  expect(child!.text).not.toContain("`");
});

test("a vector that only properties read is declared with them, register by register", () => {
  class Seen extends Module {
    readonly a = input(uint(8));
    readonly at = input(uint(2));
    readonly from = input(uint(2));
    readonly y = output(uint(8));
    build() {
      const seen = register(vec(4, uint(8)), { reset: 0 });
      seen.at(this.at).next = this.a;
      const three = register(bit, { reset: 0 });
      three.next = seen.at(this.from).eq(3);
      assert(three.not().or(this.a.ne(7)), "no seven after a three");
      this.y.value = this.a;
    }
  }
  for (const properties of ["guarded", "proof"] as const) {
    const files = emitVerilog(compile(new Seen({})), { properties });
    expect(files[0]!.text).toContain("reg [7:0] seen_3;");
    if (properties === "guarded") readEverywhere(files);
  }
});

test("a design without properties has none of this", () => {
  for (const file of emitVerilog(optimize(randomNetlist(3)))) expect(file.text).not.toContain("`");
});
