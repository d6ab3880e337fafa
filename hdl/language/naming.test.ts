import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import {
  assert,
  bit,
  cat,
  emitVerilog,
  input,
  instance,
  Module,
  memory,
  output,
  register,
  sint,
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
