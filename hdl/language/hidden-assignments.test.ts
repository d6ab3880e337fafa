import { expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { bit, uint, vec } from "../types/index.ts";
import { input, Module, output, register, type UInt, type Vec, when } from "./index.ts";

interface Signals {
  readonly a: UInt<8>;
  readonly go: UInt<1>;
  readonly i: UInt<2>;
  readonly y: { value: unknown };
  readonly r: Vec<UInt<8>>;
}

/** Statements on an output `y` and registers `r`, of which all else is read. */
class Statements extends Module<{ body: (signals: Signals) => void }> {
  readonly a = input(uint(8));
  readonly go = input(bit);
  readonly i = input(uint(2));
  readonly y = output(uint(8));
  readonly seen = output(uint(8));
  readonly also = output(uint(4));
  build() {
    const r = register(vec(4, uint(8)), { reset: 0 });
    this.params.body({ a: this.a, go: this.go, i: this.i, y: this.y as never, r: r as never });
    this.seen.value = r.at(this.i).xor(this.a);
    this.also.value = this.go.extend(4);
  }
}

const keep = ({ r, a }: Signals): void => {
  for (const element of r.elements) element.next = a;
};
const told = (body: (signals: Signals) => void): string[] =>
  inspect(new Statements({ body: (signals) => body(signals) })).diagnostics.map(
    ({ code, signal }) => `${code} ${signal}`,
  );

test.each<[string, (signals: Signals) => void]>([
  [
    "a default before a when()",
    ({ y, a, go }) => {
      y.value = 0;
      when(go, () => {
        y.value = a;
      });
    },
  ],
  [
    "one when() behind another",
    ({ y, a, go }) => {
      y.value = 0;
      when(go, () => {
        y.value = a;
      });
      when(a.bit(0), () => {
        y.value = 1;
      });
    },
  ],
  [
    "a default that every branch overrides",
    ({ y, a, go }) => {
      y.value = 0;
      when(go, () => {
        y.value = a;
      }).otherwise(() => {
        y.value = 1;
      });
    },
  ],
])("is right: %s", (_name, body) => {
  expect(
    told((signals) => {
      keep(signals);
      body(signals);
    }),
  ).toEqual([]);
});

test("is right: an element of its own behind one that a signal names, as register 0 of a processor", () => {
  expect(
    told(({ r, a, go, i, y }) => {
      y.value = a;
      when(go, () => {
        r.at(i).next = a;
      });
      r.at(0).next = 0;
    }),
  ).toEqual([]);
});

test.each<[string, (signals: Signals) => void]>([
  [
    "a default behind a when()",
    ({ y, a, go }) => {
      when(go, () => {
        y.value = a;
      });
      y.value = 0;
    },
  ],
  [
    "behind a nested one",
    ({ y, a, go }) => {
      when(go, () => {
        when(a.bit(0), () => {
          y.value = a;
        });
      });
      y.value = 0;
    },
  ],
  [
    "inside a branch",
    ({ y, a, go }) => {
      y.value = 0;
      when(go, () => {
        when(a.bit(0), () => {
          y.value = a;
        });
        y.value = 1;
      });
    },
  ],
])("is told: %s", (_name, body) => {
  expect(
    told((signals) => {
      keep(signals);
      body(signals);
    }),
  ).toEqual(["LS0203 y"]);
});
