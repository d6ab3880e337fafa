import { expect, test } from "vitest";
import { bit, elaborate, input, instance, Module, output, register, uint } from "../index.ts";

class Stage extends Module<{ start: number }> {
  readonly d = input(uint(4));
  readonly q = output(uint(4));
  readonly spare = input(bit);
  override build(): void {
    const held = register(uint(4), { reset: this.params.start });
    held.next = this.d;
    this.q.value = held;
  }
}

class Chain extends Module<{ starts: readonly number[] }> {
  readonly d = input(uint(4));
  readonly q = output(uint(4));
  override build(): void {
    let value: Stage["q"] | Chain["d"] = this.d;
    for (const start of this.params.starts) {
      const stage = instance(new Stage({ start }));
      stage.d.value = value;
      stage.spare.value = 0;
      value = stage.q;
    }
    this.q.value = value;
  }
}

test("children that say the same are one netlist, checked once; those that differ are not", () => {
  const warnings: string[] = [];
  const starts = [0, 1, 0, 0, 1];
  const { modules, top } = elaborate(new Chain({ starts }), ({ code }) => warnings.push(code));
  expect(modules).toHaveLength(3);
  expect(top.instances.map(({ module }) => module.params.start)).toEqual(starts);
  expect(new Set(top.instances.map(({ module }) => module)).size).toBe(2);
  expect(warnings).toEqual(["LS0205"]);
});
