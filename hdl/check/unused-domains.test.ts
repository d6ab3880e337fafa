import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diagnosticsJson } from "../diagnostics/index.ts";
import { inspect } from "../elaborate.ts";
import {
  allow,
  assert,
  type ClockDomain,
  clockDomain,
  inDomain,
  input,
  instance,
  Module,
  memory,
  output,
  register,
  type UInt,
} from "../language/index.ts";
import { bit, uint } from "../types/index.ts";

/** Counts in the domain that is the present one. */
class Ticks extends Module {
  readonly count = output(uint(4));
  build() {
    const count = register(uint(4), { reset: 0 });
    count.next = count.addWrap(1);
    this.count.value = count;
  }
}

class Inverter extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    this.y.value = this.a.not();
  }
}

type Use = (module: { readonly fast: ClockDomain; readonly a: UInt<1> }) => void;

/** Declares a domain and does something with it. */
class Domains extends Module<{ use: Use }> {
  readonly fast = clockDomain();
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    this.y.value = this.a;
    this.params.use(this);
  }
}

const told = (module: Module) => inspect(module).diagnostics.filter(({ code }) => code === "LS0308");

describe("what uses a domain", () => {
  const uses: Readonly<Record<string, Use>> = {
    "a register": ({ fast, a }) => {
      register(bit, { domain: fast }).next = a;
    },
    "a memory's write": ({ fast, a }) => inDomain(fast, () => memory(bit, 2).write(a, a)),
    "a property": ({ fast, a }) => inDomain(fast, () => assert(a, "always")),
    "a child with registers": ({ fast }) => {
      inDomain(fast, () => instance(new Ticks({})));
    },
  };
  test.each(Object.entries(uses))("%s", (_name, use) => {
    expect(told(new Domains({ use }))).toEqual([]);
  });

  test("a port that is said to be in it, and a clock port that has a name", () => {
    class Ports extends Module {
      readonly fast = clockDomain();
      readonly spare = clockDomain({ clockName: "clk2" });
      readonly a = input(bit, { domain: this.fast });
      readonly y = output(bit);
      build() {
        this.y.value = this.a;
      }
    }
    expect(told(new Ports({}))).toEqual([]);
  });

  test("the default domain is never told", () => {
    class Plain extends Module {
      readonly defaultDomain = clockDomain({ reset: "asynchronous" });
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        this.y.value = this.a;
      }
    }
    expect(told(new Plain({}))).toEqual([]);
  });
});

describe("what does not", () => {
  const idle: Readonly<Record<string, Use>> = {
    nothing: () => {},
    "a child without a clock": ({ fast, a }) => {
      inDomain(fast, () => {
        instance(new Inverter({})).a.value = a;
      });
    },
    "logic alone": ({ fast, a }) => {
      inDomain(fast, () => a.not());
    },
  };
  test.each(Object.entries(idle))("%s", (_name, use) => {
    const [diagnostic] = told(new Domains({ use }));
    expect(diagnostic).toMatchObject({ severity: "warning", signal: "fast", module: "Domains" });
    const { file, line } = diagnostic!.places[0]!.source.location!;
    expect(readFileSync(file, "utf8").split("\n")[line - 1]).toBe("  readonly fast = clockDomain();");
  });

  test("a child that is given a domain and does not use it is told, its parent is not", () => {
    class Child extends Module {
      readonly other = clockDomain();
      readonly y = output(bit);
      build() {
        this.y.value = 1;
      }
    }
    class Parent extends Module {
      readonly fast = clockDomain();
      readonly y = output(bit);
      build() {
        this.y.value = instance(new Child({}), { domains: { other: this.fast } }).y;
      }
    }
    expect(told(new Parent({})).map(({ module, signal }) => [module, signal])).toEqual([["Child", "other"]]);
  });
});

test("it may be allowed, around the declaration or in build()", () => {
  class Allowed extends Module {
    readonly first = allow("LS0308", "for the next revision", clockDomain());
    readonly second = clockDomain();
    readonly y = output(bit);
    build() {
      allow("LS0308", "so is this", this.second);
      this.y.value = 1;
    }
  }
  const found = inspect(new Allowed({}));
  expect(found.diagnostics).toEqual([]);
  expect(diagnosticsJson(found).suppressed.map(({ signal, allowed }) => [signal, allowed.reason])).toEqual([
    ["first", "for the next revision"],
    ["second", "so is this"],
  ]);
});
