import { expect, test } from "vitest";
import { formatDiagnostic } from "../diagnostics/index.ts";
import { bit, bundle, compile, emitVerilog, flipped, inspect, simulate, uint } from "../index.ts";
import { lint } from "../verilog/testing/tools.ts";
import { allow, cat, input, instance, instances, Module, output } from "./index.ts";

const word = bundle({ data: uint(4), ready: flipped(bit) });

/** Ports in arrays: plain ones, as many as a parameter says, of bundles, and within each other. */
class Several extends Module<{ count: number }> {
  readonly ins = Array.from({ length: this.params.count }, () => input(bit));
  readonly words = [input(word), input(word)] as const;
  readonly grid = [[input(uint(2))], [input(uint(2)), input(uint(2))]];
  readonly all = output(bit);
  readonly outs = [output(uint(4)), output(uint(6))] as const;
  build() {
    this.all.value = cat(...this.ins).reduceAnd();
    const [first, second] = this.words;
    first.ready.value = this.ins[0]!;
    second.ready.value = 1;
    this.outs[0].value = first.data.xor(second.data);
    this.outs[1].value = this.grid
      .flat()
      .reduce((sum, each) => sum.add(each.resize(5)).wrap(6), this.grid[0]![0]!.resize(6));
  }
}

class Top extends Module {
  readonly a = input(bit);
  readonly d = input(uint(4));
  readonly y = output(bit);
  readonly z = output(uint(4));
  build() {
    // What a module keeps of others' ports is none of its own.
    const children = instances(2, () => allow("LS0205", "half of each is used", new Several({ count: 2 })));
    for (const child of children) {
      for (const port of child.ins) port.value = this.a;
      for (const port of child.grid.flat()) port.value = 1;
      for (const { data } of child.words) data.value = this.d;
    }
    this.kept = children.map(({ all }) => all);
    this.y.value = this.kept[0]!.and(children[1]!.words[0].ready);
    this.z.value = children[1]!.outs[0];
  }
  kept: Several["all"][] = [];
}

test("ports in arrays are named by their number", () => {
  const { design, diagnostics } = inspect(new Several({ count: 3 }));
  expect(diagnostics).toEqual([]);
  expect(design!.top.ports.map(({ direction, name }) => `${direction} ${name}`)).toEqual([
    "input ins_0",
    "input ins_1",
    "input ins_2",
    "input words_0_data",
    "output words_0_ready",
    "input words_1_data",
    "output words_1_ready",
    "input grid_0_0",
    "input grid_1_0",
    "input grid_1_1",
    "output all",
    "output outs_0",
    "output outs_1",
  ]);
});

test.each(["inprocess", "icarus"] as const)("a bench has them as arrays, %s", async (engine) => {
  const bench = await simulate(new Several({ count: 2 }), { engine });
  bench.in.ins = [1, 1];
  bench.in.words[0] = { data: 9 };
  bench.in.words[1].data = 3;
  bench.in.grid = [[1], [2, 3]];
  expect(bench.out.all).toBe(1);
  expect(bench.out.outs).toEqual([10, 7]);
  expect(bench.out.words[0].ready).toBe(1);
  bench.in.ins[0] = 0;
  expect(bench.out.all).toBe(0);
  expect(bench.out.words[0].ready).toBe(0);
  bench.close();
});

test("a parent drives and reads them, and keeping another module's port does not make it one's own", () => {
  const files = emitVerilog(compile(new Top({})), { sourceComments: false });
  lint(files);
  expect(files.at(-1)!.text).toContain(".ins_1(a)");
  expect(files.at(-1)!.text).toContain(".words_1_data(d)");
  expect(files.at(-1)!.text).not.toContain("kept_");
});

test("a name that two ports come to is refused", () => {
  class Twice extends Module {
    readonly ins = [input(bit)];
    readonly ins_0 = input(bit);
    readonly y = output(bit);
    build() {
      this.y.value = this.ins[0]!.and(this.ins_0);
    }
  }
  const [diagnostic] = inspect(new Twice({})).diagnostics;
  expect(diagnostic?.message).toBe("`ins[0]` and `ins_0` both become the port `ins_0`");
});

test("a port that no field holds is told as that, in a child too; a child that is not in place as that", () => {
  class Hidden extends Module {
    readonly io = {
      a: input(bit),
    };
    readonly y = output(bit);
    build() {
      this.y.value = this.io.a;
    }
  }
  class Parent extends Module {
    readonly y = output(bit);
    build() {
      this.y.value = instance(new Hidden({})).y;
    }
  }
  class Loose extends Module {
    readonly y = output(bit);
    build() {
      this.y.value = new Hidden({}).y;
    }
  }
  const told = (module: Module): string => inspect(module).diagnostics.map(formatDiagnostic).join("\n");
  for (const module of [new Hidden({}), new Parent({})]) {
    expect(told(module)).toContain("LS0302: `a` is no port of Hidden, because no field holds it");
    expect(told(module)).toContain("readonly ins = [input(bit), input(bit)]");
  }
  expect(told(new Loose({}))).toContain("LS0302: port `y` of a module is used that is not an instance yet");
});
