import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../diagnostics/index.ts";
import { inspect } from "../elaborate.ts";
import { counter } from "../library/index.ts";
import { bit, uint } from "../types/index.ts";
import {
  allow,
  constant,
  enumeration,
  input,
  Module,
  output,
  register,
  stateMachine,
  switchOn,
  type UInt,
  type When,
  when,
} from "./index.ts";

interface Signals {
  readonly a: UInt<1>;
  readonly b: UInt<1>;
  readonly n: UInt<2>;
  readonly x: { next: UInt | number };
  readonly y: { next: UInt | number };
}

/** The codes told of a module with these statements. */
function told(statements: (signals: Signals) => void): string[] {
  class Statements extends Module {
    readonly a = input(bit);
    readonly b = input(bit);
    readonly n = input(uint(2));
    readonly x = output(uint(4));
    readonly y = output(uint(4));
    build() {
      const [x, y] = [register(uint(4), { reset: 0 }), register(uint(4), { reset: 0 })];
      when(this.b, () => {
        [x.next, y.next] = [8, 9];
      });
      statements({ a: this.a, b: this.b, n: this.n, x: x as Signals["x"], y: y as Signals["y"] });
      this.x.value = x;
      this.y.value = y;
    }
  }
  return inspect(new Statements({}))
    .diagnostics.filter(({ code }) => code !== "LS0205")
    .map((diagnostic) => (diagnostic.code.startsWith("LS013") ? diagnostic.code : formatDiagnostic(diagnostic)));
}

const nothing = (): void => {};

describe("the order of branches (LS0130)", () => {
  /** A statement that is continued later on. */
  const begun = ({ a, x }: Signals): When =>
    when(a, () => {
      x.next = 1;
    });

  test.each<[string, (signals: Signals) => void]>([
    [
      "a second otherwise()",
      (s) => {
        const v = begun(s);
        v.otherwise(nothing);
        v.otherwise(nothing);
      },
    ],
    [
      "elsewhen() after otherwise()",
      (s) => {
        const v = begun(s);
        v.otherwise(nothing);
        v.elsewhen(s.b, nothing);
      },
    ],
    [
      "another when() drives the same in between",
      (s) => {
        const v = begun(s);
        when(s.b, () => {
          s.x.next = 2;
        });
        v.otherwise(() => {
          s.x.next = 3;
        });
      },
    ],
    [
      "an assignment in between",
      (s) => {
        const v = begun(s);
        s.x.next = 2;
        v.elsewhen(s.b, () => {
          when(s.n.eq(1), () => {
            s.x.next = 3;
          });
        });
      },
    ],
    [
      "in another block",
      (s) => {
        const v = begun(s);
        when(s.b, () => {
          v.otherwise(nothing);
        });
      },
    ],
  ])("%s", (_what, statements) => {
    // An assignment behind a when() also hides those in it, which is told for itself (LS0203).
    expect(told(statements).filter((each) => !each.includes("LS0203"))).toEqual(["LS0130"]);
  });

  test("what is driven in between without harm is nothing to complain of", () => {
    expect(
      told((s) => {
        const v = begun(s);
        when(s.n.eq(2), () => {
          s.y.next = 5;
        });
        v.elsewhen(s.b, () => {
          s.y.next = 6;
        });
        v.otherwise(() => {
          s.x.next = 7;
        });
      }),
    ).toEqual([]);
  });

  test("otherwise() gives nothing that could be continued", () => {
    // @ts-expect-error there is no elsewhen() on what otherwise() returns
    const never = (v: When, b: UInt<1>) => v.otherwise(nothing).elsewhen(b, nothing);
    expect(never).toBeTypeOf("function");
  });
});

describe("branches that are never reached (LS0131)", () => {
  test.each<[string, (signals: Signals) => void]>([
    ["the same condition twice", ({ a }) => when(a, nothing).elsewhen(a, nothing)],
    ["the same expression twice", ({ n }) => when(n.eq(1), nothing).elsewhen(n.eq(1), nothing)],
    ["part of an earlier one", ({ a, b }) => when(a.or(b), nothing).elsewhen(b.and(a), nothing)],
    ["a condition of its own opposite", ({ a }) => when(a, () => void when(a.not(), nothing))],
    ["a contradiction of numbers", ({ n }) => when(n.eq(1), () => void when(n.eq(2), nothing))],
    ["after both of two", ({ a }) => when(a, nothing).elsewhen(a.not(), nothing).otherwise(nothing)],
    ["beside what holds around it", ({ n }) => when(n.eq(1), () => when(n.ne(2), nothing).otherwise(nothing))],
    ["what an earlier branch left", ({ a, b }) => when(a, nothing).elsewhen(b, () => void when(a, nothing))],
    [
      "in a case of its own number",
      ({ n }) => switchOn(n, { 0: () => void when(n.eq(3), nothing), otherwise: nothing }),
    ],
    ["constant 1", () => when(constant(bit, 1), nothing)],
    ["constant 0", () => when(constant(bit, 0), nothing)],
  ])("%s", (_what, statements) => {
    expect(told(statements)).toEqual(["LS0131"]);
  });

  test.each<[string, (signals: Signals) => void]>([
    ["a condition within itself", ({ a }) => when(a, () => void when(a, nothing))],
    ["a narrower one after it", ({ a, b }) => when(a.and(b), nothing).elsewhen(a, nothing)],
    ["numbers one by one", ({ n }) => when(n.eq(1), nothing).elsewhen(n.eq(2), nothing).otherwise(nothing)],
    ["the same in another statement", ({ a }) => [when(a, nothing), when(a, nothing), when(a.not(), nothing)]],
    ["what exclusive or leaves open", ({ a, b }) => when(a.xor(b), nothing).elsewhen(a, nothing)],
    [
      "a constant from elsewhere, such as an enable that nobody gave",
      ({ a }) => {
        const enables: readonly UInt<1>[] = [constant(bit, 1), constant(bit, 0)];

        for (const enable of enables) when(enable, () => void when(a, nothing)).otherwise(nothing);
      },
    ],
  ])("silent: %s", (_what, statements) => {
    expect(told(statements)).toEqual([]);
  });

  test("in a state of a machine, what contradicts it; not what another state asks", () => {
    const State = enumeration("State", ["idle", "run"]);
    class Machine extends Module {
      readonly start = input(bit);
      readonly y = output(State);
      build() {
        const busy = register(State, { reset: "idle" });
        busy.next = "run";
        switchOn(busy, {
          idle: () => void when(busy.is("run").and(this.start), nothing),
          run: () => void when(this.start, nothing),
        });
        stateMachine(
          State,
          { reset: "idle" },
          {
            idle: (go) => void when(this.start, () => go("run")),
            run: (go) => void when(this.start, () => go("idle")),
          },
        );
        this.y.value = busy;
      }
    }
    const { diagnostics } = inspect(new Machine({}));
    expect(diagnostics.map(({ code }) => code).filter((code) => code !== "LS0205")).toEqual(["LS0131"]);
  });

  test("not in helpers of the library, which are given what leaves some of their branches out", () => {
    class Counting extends Module {
      readonly y = output(uint(4));
      build() {
        this.y.value = counter({ modulus: 10, enable: constant(bit, 1) }).value;
      }
    }
    expect(inspect(new Counting({})).diagnostics).toEqual([]);
  });

  test("may be allowed: around the condition, or for the module", () => {
    const around = told(({ n }) =>
      when(n.eq(1), nothing).elsewhen(allow("LS0131", "kept for the next revision", n.eq(1)), nothing),
    );
    expect(around).toEqual([]);
    const module = told(({ a }) => {
      allow("LS0131", "kept for the next revision");
      when(a, nothing).elsewhen(a, nothing);
    });
    expect(module).toEqual([]);
  });
});
