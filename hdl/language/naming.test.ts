import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { elaborate } from "../elaborate.ts";
import {
  assert,
  bit,
  cat,
  emitVerilog,
  enumeration,
  input,
  instance,
  Module,
  memory,
  mux,
  output,
  register,
  sint,
  stateMachine,
  sumTree,
  type UInt,
  uint,
  vec,
  when,
  wire,
} from "../index.ts";
import { lint } from "../verilog/testing/tools.ts";

class Child extends Module {
  readonly c = input(uint(4));
  readonly y = output(bit);
  readonly z = output(bit);
  build() {
    when(this.c.ne(9), () => {
      this.y.value = 1;
    }).otherwise(() => {
      this.y.value = 0;
    });
    this.z.value = this.c.ne(9);
  }
}

class Parent extends Module {
  readonly c = input(uint(4));
  readonly y = output(vec(2, bit));
  build() {
    const left = instance(new Child({}));
    left.c.value = this.c;
    this.y.value = [left.y, left.z];
  }
}

test("a child is emitted the same whoever builds it: no name comes from its parent", () => {
  const options = { sourceComments: false };
  const alone = emitVerilog(compile(new Child({})), options)[0]!.text;
  const inside = emitVerilog(compile(new Parent({})), options)[0]!.text;
  expect(inside).toBe(alone);
  expect(inside).not.toContain("left");
});

class Names extends Module {
  readonly x = input(vec(4, sint(4)));
  readonly total = output(sint(12));
  build() {
    const sum = sumTree(this.x);
    const total = register(sint(12), { reset: 0 });
    total.next = total.add(sum).saturate(12);
    const logic = register(bit);
    logic.next = total.bit(0);
    when(logic, () => {
      total.next = 1;
    });
    this.total.value = total;
  }
}

test("names come from the code; a reserved word and the name of a port get an ending", () => {
  const [file] = emitVerilog(compile(new Names({})), { sourceComments: false });
  expect(file!.text).toMatch(/reg logic_reg;/);
  expect(file!.text).toMatch(/wire signed \[\d+:0\] sum/);
  expect(file!.text).toMatch(/total/);
  expect(file!.text).not.toMatch(/_T_|_GEN|tmp/);
});

/** The names of the registers, wires, instances and memories that remain declared, in order. */
function namesIn(module: Module): string[] {
  const { top } = elaborate(module);
  return [...top.wires, ...top.registers, ...top.memories, ...top.instances].map(({ name }) => name);
}

/** A digit that counts to nine: a helper with names of its own. */
function digit(enable: UInt<1>): UInt<4> {
  const held = register(uint(4), { reset: 0 });
  when(enable, () => {
    held.next = mux(held.eq(9), 0, held.addWrap(1));
  });
  return held;
}

function pair(enable: UInt<1>): UInt<4>[] {
  const ones = digit(enable);
  return [ones, digit(ones.eq(9))];
}

class Digits extends Module<{ more: boolean }> {
  readonly enable = input(bit);
  readonly low = output(uint(4));
  readonly high = output(uint(4));
  readonly lanes = output(vec(2, uint(4)));
  build() {
    if (this.params.more) {
      const first = digit(this.enable);
      this.low.value = first;
    } else this.low.value = 0;
    const seconds = pair(this.enable);
    const minutes = pair(seconds[1]!.eq(5));
    this.high.value = digit(minutes[0]!.eq(1));
    this.lanes.value = [0, 1].map((number) => {
      const lane = register(uint(4), { reset: 0 });
      lane.next = minutes[number]!;
      return lane;
    });
  }
}

test("what a helper declares bears the caller's name in front; what a callback declares does not", () => {
  const names = namesIn(new Digits({ more: false }));
  expect(names).toEqual([
    "seconds_ones_held",
    "seconds_held",
    "minutes_ones_held",
    "minutes_held",
    "high_held",
    "lane_0",
    "lane_1",
  ]);
  // One more call of the helper leaves all other names as they are.
  expect(namesIn(new Digits({ more: true }))).toEqual(["first_held", ...names]);
});

test("a name given by hand takes the place of the one in the code", () => {
  class Named extends Module {
    readonly a = input(bit);
    readonly y = output(bit);
    build() {
      const made = [0, 1].map((i) => register(bit, { reset: 0, name: `stage${i}` }));
      const through = wire(bit, { name: "tap" });
      const words = memory(bit, 2, { name: "words_of_y" });
      const child = instance(new Child({}), { name: "counter" });
      child.c.value = 3;
      through.value = this.a;
      made[0]!.next = through;
      made[1]!.next = made[0]!.and(child.y).and(child.z);
      words.write(made[0]!, made[1]!);
      this.y.value = words.read(made[0]!);
    }
  }
  expect(namesIn(new Named({}))).toEqual(["tap", "stage0", "stage1", "words_of_y", "counter"]);
});

test("a state machine without a const is called after its enumeration, or by hand", () => {
  const RunState = enumeration("RunState", ["idle", "run"]);
  class Machines extends Module {
    readonly go = input(bit);
    readonly y = output(bit);
    build() {
      const y = register(bit, { reset: 0 });
      const states = {
        idle: (go: (to: "run") => void) => {
          when(this.go, () => go("run"));
        },
        run: (go: (to: "idle") => void) => {
          y.next = y.not();
          go("idle");
        },
      };
      stateMachine(RunState, { reset: "idle" }, states);
      stateMachine(RunState, { reset: "idle", name: "other" }, states);
      this.y.value = y;
    }
  }
  expect(namesIn(new Machines({}))).toEqual(["y_reg", "runState", "other"]);
});

/** Every kind of thing under names that Verilog has not. */
class Foreign extends Module {
  readonly c = input(uint(4));
  readonly y = output(uint(4));
  readonly z = output(uint(4));
  #kept: UInt<4> | undefined;
  build() {
    const $x = register(uint(4), { reset: 0 });
    const x = register(uint(4), { reset: 0 });
    const élan = register(uint(4), { reset: 0 });
    const 値 = wire(uint(4));
    const $words = memory(uint(4), 4);
    const _ = instance(new Child({}));
    const größe = instance(new Child({}));
    this.#kept = register(uint(4), { reset: 0 });
    $x.next = this.c;
    x.next = $x;
    élan.next = x;
    値.value = élan.not();
    this.#kept.next = 値;
    $words.write(this.c.slice(1, 0), this.#kept);
    _.c.value = $words.read(this.c.slice(3, 2));
    größe.c.value = 値;
    const Δt = x.addWrap(élan);
    this.y.value = Δt.xor(Δt.shiftRight(1));
    this.z.value = cat(_.y, _.z, größe.y, größe.z);
    assert(Δt.ne(値), "größer als α");
  }
}

test("names that Verilog cannot hold are spelled out, in every process alike, and never refused", () => {
  const files = emitVerilog(compile(new Foreign({})), { sourceComments: false });
  const text = files.at(-1)!.text;
  for (const line of [
    "reg [3:0] x_0;",
    "reg [3:0] x_1;",
    "reg [3:0] elan;",
    "reg [3:0] kept;",
    "reg [3:0] words [0:3];",
    "wire [3:0] u5024 = ~elan;",
    "wire [3:0] Deltat = x_1 + elan;",
    "Child Child (",
    "Child grosse (",
    "wire assert_grosser_als_alpha = reset | (Deltat != u5024);",
  ]) {
    expect(text).toContain(`  ${line}`);
  }
  expect(text.split("\n").filter((line) => /^ *(?!.*\$error).*[^ -~]/.test(line))).toEqual([]);
  lint(files);
});

test("what a base class computes is named by who calls its build(), whatever was built before", () => {
  class Base extends Module {
    readonly a = input(uint(8));
    readonly y = output(uint(8));
    override build(): unknown {
      this.y.value = 0;
      return this.a.mul(this.a).truncate(8);
    }
  }
  class Derived extends Base {
    readonly z = output(uint(8));
    override build(): void {
      const square = super.build() as UInt<8>;
      this.z.value = square.xor(square.add(1).truncate(8));
    }
  }
  const textOf = (module: Module): string => emitVerilog(compile(module, () => {}))[0]!.text;
  const before = textOf(new Derived({}));
  expect(textOf(new Base({}))).not.toContain("square");
  expect(before).toContain("wire [7:0] square = a * a;");
  expect(textOf(new Derived({}))).toBe(before);
});

test("code that is no file of the user's gives no names", () => {
  class Made extends Module {
    readonly a = input(uint(8));
    readonly y = output(uint(8));
    build() {
      const make = runInThisContext("(x => { const inside = x.mul(x).truncate(8); return inside.xor(1); })", {
        filename: "",
      }) as (x: UInt) => UInt;
      const made = make(this.a);
      this.y.value = made.truncate(8);
    }
  }
  const { text } = emitVerilog(compile(new Made({})))[0]!;
  expect(text).not.toContain("inside");
  expect(text).not.toContain("anonymous");
});

test("each of several declarations in one statement gives its own name", () => {
  class Several extends Module {
    readonly x = input(bit);
    readonly y = output(bit);
    build() {
      // biome-ignore format: several on one line are what is looked at
      const left = instance(new Parent({})), right = instance(new Parent({}));
      left.c.value = cat(this.x, this.x, this.x, this.x);
      right.c.value = 3;
      // biome-ignore format: several on one line are what is looked at
      const alpha = register(bit, { reset: 0 }), beta = register(bit, { reset: 0 });
      alpha.next = left.y.at(0);
      beta.next = alpha.and(right.y.at(1));
      const [p, q] = [register(bit, { reset: 0 }), register(bit, { reset: 0 })];
      const { r, of: s } = { r: register(bit, { reset: 0 }), of: register(bit, { reset: 0 }) };
      p.next = beta;
      q.next = p;
      r.next = q;
      s.next = r;
      this.y.value = s.xor(this.x);
    }
  }
  const text = emitVerilog(compile(new Several({})), { sourceComments: false }).at(-1)!.text;
  const registers = [...text.matchAll(/^ {2}reg (\w+);/gm)].map((match) => match[1]);
  expect(registers).toEqual(["alpha", "beta", "p", "q", "r", "s"]);
  expect([...text.matchAll(/^ {2}Parent (\w+)/gm)].map((match) => match[1])).toEqual(["left", "right"]);
});
