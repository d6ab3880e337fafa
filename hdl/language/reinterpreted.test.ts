import { expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { sint, uint, vec } from "../types/index.ts";
import { allow, input, Module, match, mux, output, register, type SInt, type UInt } from "./index.ts";

interface Signals {
  readonly s: SInt<7>;
  readonly t: SInt<7>;
  readonly a: UInt<8>;
  readonly b: UInt<7>;
}

/** An output of eight bits made of signals of seven and eight. */
class Compute extends Module<{ compute: (signals: Signals) => UInt<8> | UInt }> {
  readonly s = input(sint(7));
  readonly t = input(sint(7));
  readonly a = input(uint(8));
  readonly b = input(uint(7));
  readonly y = output(uint(8));
  readonly seen = output(uint(8));
  build() {
    allow("LS0205", "not every case reads everything");
    allow("LS0207", "some do");
    const { s, t, a, b } = this;
    this.y.value = this.params.compute({ s, t, a, b }) as UInt<8>;
    this.seen.value = 0;
  }
}

const told = (compute: (signals: Signals) => UInt): string[] =>
  inspect(new Compute({ compute })).diagnostics.map(({ code }) => code);

test.each<[string, (signals: Signals) => UInt]>([
  ["assigned to something wider", ({ s }) => s.asUint()],
  ["after an arithmetic shift", ({ s }) => s.shiftRight(1).asUint()],
  ["a negative of a value", ({ b }) => b.wrap(6).neg().asUint()],
  ["added to something wider", ({ s, a }) => a.addWrap(s.asUint())],
  ["something wider taken from it", ({ s, a }) => s.asUint().subWrap(a)],
  ["joined with something wider", ({ s, a }) => s.asUint().xor(a)],
  ["joined by something wider", ({ s, a }) => a.and(s.asUint())],
  ["compared", ({ s, a }) => a.eq(s.asUint())],
  ["the larger", ({ s, a }) => a.max(s.asUint())],
  ["an arm", ({ s, a }) => mux(a.bit(0), s.asUint(), a)],
  ["an arm of match()", ({ s, a }) => match(a, { 0: s.asUint(), otherwise: a })],
])("is told: %s", (_name, compute) => {
  expect(told(compute)).toEqual(["LS0124"]);
});

test.each<[string, (signals: Signals) => UInt]>([
  ["extended before", ({ s }) => s.extend(8).asUint()],
  ["shifted with its width kept", ({ s }) => s.extend(8).shiftRightKeep(1).asUint()],
  ["zeros by name", ({ s }) => s.asUint().extend(8)],
  ["resized by name", ({ s }) => s.asUint().resize(8)],
  ["joined to bits of the same width", ({ s, b }) => s.asUint().xor(b)],
  ["added to what is not wider, as one adds bits", ({ s, t }) => s.asUint().add(t.asUint())],
  ["a product", ({ s, b }) => s.asUint().wrap(2).mul(b.wrap(3))],
  ["never negative: clipped", ({ s }) => s.max(0).asUint()],
  ["never negative: unsigned before", ({ b }) => b.wrap(6).toSint().asUint()],
  ["the magnitude", ({ s }) => s.abs()],
  ["a slice, which has no sign", ({ s }) => s.slice(6, 0)],
  ["a number beside it", ({ s }) => s.asUint().addWrap(1).extend(8)],
  ["an index", ({ s, a }) => a.bit(s.asUint().wrap(3))],
])("is right: %s", (_name, compute) => {
  const found = inspect(new Compute({ compute })).diagnostics.filter(({ code }) => code !== "LS0209");
  expect(found.map(({ code }) => code)).toEqual([]);
});

test("the elements of vectors and registers are looked at too, each told with its signal", () => {
  class Elements extends Module {
    readonly s = input(vec(2, sint(4)));
    readonly y = output(vec(2, uint(5)));
    build() {
      const kept = register(uint(5), { reset: 0 });
      kept.next = this.s.at(0).asUint();
      this.y.value = [kept, this.s.at(1).asUint()];
    }
  }
  const { diagnostics } = inspect(new Elements({}));
  expect(diagnostics.map(({ code, signal }) => `${code} ${signal}`)).toEqual(["LS0124 kept", "LS0124 y[1]"]);
});

test("it is allowed with a reason, of the value or of what takes it", () => {
  class Allowed extends Module {
    readonly s = input(sint(4));
    readonly y = output(uint(5));
    readonly z = output(uint(5));
    build() {
      const bits = allow("LS0124", "a pattern, not a number", this.s.asUint());
      this.y.value = bits;
      this.z.value = this.s.asUint();
      allow("LS0124", "likewise", this.z);
    }
  }
  const { diagnostics, suppressed } = inspect(new Allowed({}));
  expect(diagnostics).toEqual([]);
  expect(suppressed).toHaveLength(2);
});
