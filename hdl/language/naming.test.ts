import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import {
  bit,
  emitVerilog,
  input,
  instance,
  Module,
  output,
  register,
  sint,
  sumTree,
  uint,
  vec,
  when,
} from "../index.ts";

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
