import { expect, test } from "vitest";
import {
  assert,
  assume,
  clockDomain,
  inDomain,
  input,
  instance,
  Module,
  mux,
  output,
  register,
  stable,
  when,
} from "../language/index.ts";
import { axiLite, axiLiteRegisters, registerMap } from "../library/index.ts";
import { prove } from "../prove.ts";
import { bit, uint } from "../types/index.ts";

/** Relies on a digit, and shows what follows from it. */
class Digit extends Module {
  readonly digit = input(uint(4));
  readonly held = output(uint(4));
  build(): void {
    const held = register(uint(4), { reset: 0 });
    held.next = this.digit;
    this.held.value = held;
    assume(this.digit.le(9), "a decimal digit");
    assert(held.le(9), "a digit is held");
  }
}

const statuses = async (module: Module, options = {}): Promise<Record<string, string>> => {
  const { properties } = await prove(module, { depth: 5, induction: 3, ...options });
  return Object.fromEntries(
    properties.map(({ kind, message, path, status }) => [`${kind} ${path.join(".")}: ${message}`, status]),
  );
};

test("what a child assumes of inputs of the top, two levels up, is assumed", async () => {
  class Between extends Module {
    readonly pair = input(uint(5));
    readonly held = output(uint(4));
    build(): void {
      const low = instance(new Digit({}));
      low.digit.value = this.pair.truncate(4);
      this.held.value = mux(this.pair.bit(4), low.held, 0);
    }
  }
  class Top extends Module {
    readonly pair = input(uint(5));
    readonly held = output(uint(4));
    build(): void {
      const between = instance(new Between({}));
      between.pair.value = this.pair;
      this.held.value = between.held;
    }
  }
  const { properties, assumptions } = await prove(new Top({}), { depth: 5, induction: 3 });
  expect(properties.map(({ kind, status }) => [kind, status])).toEqual([["assert", "proven"]]);
  expect(assumptions).toEqual(["a decimal digit (in Top.between.low)"]);
});

test("of two instances of a module, that with computed inputs has to be given what it assumes", async () => {
  class Top extends Module<{ most: number }> {
    readonly digit = input(uint(4));
    readonly first = output(uint(4));
    readonly second = output(uint(4));
    build(): void {
      const straight = instance(new Digit({}));
      straight.digit.value = this.digit;
      this.first.value = straight.held;
      const count = register(uint(4), { reset: 0 });
      when(count.lt(this.params.most), () => {
        count.next = count.addWrap(1);
      });
      const computed = instance(new Digit({}));
      computed.digit.value = count;
      this.second.value = computed.held;
      assert(count.le(this.params.most), "the count ends");
    }
  }
  const good = await statuses(new Top({ most: 9 }));
  expect(good).toEqual({
    "assert Top: the count ends": "proven",
    "assert Top.straight: a digit is held": "proven",
    "assume Top.computed: a decimal digit": "proven",
    "assert Top.computed: a digit is held": "proven",
  });
  const bad = await statuses(new Top({ most: 10 }), { depth: 12 });
  expect(bad["assume Top.computed: a decimal digit"]).toBe("fails");
  expect(bad["assert Top.straight: a digit is held"]).toBe("proven");
});

test("inputs that logic changes on the way are signals of the design", async () => {
  class Top extends Module {
    readonly digit = input(uint(4));
    readonly held = output(uint(4));
    build(): void {
      const more = instance(new Digit({}));
      more.digit.value = this.digit.addWrap(1);
      this.held.value = more.held;
    }
  }
  expect((await statuses(new Top({})))["assume Top.more: a decimal digit"]).toBe("fails");
});

// With resets at any time an induction is too short: it may be made of steps in which the clock has no edge.
test.each([
  [{}, "proven"],
  [{ periods: { other: 2 } }, "proven"],
  [{ resets: "any" }, "holds"],
])("in another clock domain it restricts its clock's edges: %j", async (options, expected) => {
  class Steady extends Module {
    readonly level = input(bit);
    readonly seen = output(bit);
    build(): void {
      const [first, second] = [register(bit, { reset: 0 }), register(bit, { reset: 0 })];
      first.next = this.level;
      second.next = first;
      this.seen.value = second;
      assume(this.level.or(first.not()), "the level stays");
      assert(first.or(second.not()), "what was seen stays");
    }
  }
  class Top extends Module {
    readonly other = clockDomain();
    readonly level = input(bit);
    readonly free = input(bit);
    readonly seen = output(bit);
    readonly last = output(bit);
    build(): void {
      inDomain(this.other, () => {
        const child = instance(new Steady({}));
        child.level.value = this.level;
        this.seen.value = child.seen;
      });
      const last = register(bit, { reset: 0 });
      last.next = this.free;
      this.last.value = last;
      assert(stable(last), "nothing is known of the other input");
    }
  }
  const found = await statuses(new Top({}), options);
  const steady = Object.entries(found).filter(([name]) => name.endsWith("what was seen stays"));
  expect(steady.map(([, status]) => status)).toEqual([expected]);
  expect(found["assert Top: nothing is known of the other input"]).toBe("fails");
});

test("a peripheral on AXI4-Lite is proven as it is written", async () => {
  const registers = { limit: { offset: 0, fields: { value: { bits: [7, 0], access: "rw" } } } } as const;
  const map = registerMap({ name: "Peripheral", registers });
  class Peripheral extends Module {
    readonly s_axi = input(axiLite(map));
    readonly limit = output(uint(8));
    build(): void {
      const { limit } = axiLiteRegisters(this.s_axi, map);
      this.limit.value = limit.value.value;
      when(limit.value.written.not(), () => assert(stable(limit.value.value).or(1), "stays unless it is written"));
    }
  }
  const report = await prove(new Peripheral({}), { depth: 5, induction: 3 });
  expect(report.properties.filter(({ status }) => status !== "proven")).toEqual([]);
  expect(report.assumptions).toHaveLength(6);
});
