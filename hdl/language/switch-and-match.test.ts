import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bit,
  bundle,
  compile,
  constant,
  emitVerilog,
  enumeration,
  input,
  inspect,
  Module,
  match,
  output,
  register,
  simulate,
  sint,
  switchOn,
  uint,
} from "../index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";

const Op = enumeration("Op", { add: 1, sub: 2, load: 5, clear: 6, hold: 0 });

/** An accumulator by operation code, as an enumeration and as a number; the same in both forms. */
class Accumulator extends Module {
  readonly op = input(Op);
  readonly code = input(uint(3));
  readonly x = input(uint(8));
  readonly byName = output(uint(8));
  readonly byNumber = output(uint(8));
  readonly flag = output(bit);
  readonly chosen = output(uint(9));
  readonly other = output(Op);
  build() {
    const byName = register(uint(8), { reset: 3 });
    const byNumber = register(uint(8), { reset: 3 });
    this.flag.value = 0;
    switchOn(this.op, {
      add: () => {
        byName.next = byName.addWrap(this.x);
        this.flag.value = 1;
      },
      sub: () => {
        byName.next = byName.subWrap(this.x);
      },
      load: () => {
        byName.next = this.x;
      },
      clear: () => {
        byName.next = 0;
        this.flag.value = 1;
      },
      otherwise: () => {},
    });
    switchOn(this.code, {
      1: () => {
        byNumber.next = byNumber.addWrap(this.x);
      },
      2: () => {
        byNumber.next = byNumber.subWrap(this.x);
      },
      5: () => {
        byNumber.next = this.x;
      },
      6: () => {
        byNumber.next = 0;
      },
      otherwise: () => {},
    });
    this.byName.value = byName;
    this.byNumber.value = byNumber;
    this.chosen.value = match(this.op, { add: this.x.add(1), sub: this.x, load: 5, otherwise: byName });
    this.other.value = match(this.code, { 0: "hold", 3: this.op, otherwise: "clear" });
  }
}

const encodings = { add: 1, sub: 2, load: 5, clear: 6, hold: 0 } as const;

for (const engine of ["inprocess", "icarus", "verilator"] as const) {
  test(`switchOn() and match() do what they say, ${engine}`, async () => {
    const bench = await simulate(new Accumulator({}), { engine });
    let held = 3;
    let state = 12345;
    const next = (bound: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * bound);
    };
    bench.in.op = "hold";
    bench.in.code = 0;
    bench.in.x = 0;
    bench.reset();
    for (let cycle = 0; cycle < 200; cycle++) {
      const code = next(8);
      const x = next(256);
      bench.in.op = code; // 3, 4 and 7 are encodings without a name
      bench.in.code = code;
      bench.in.x = x;
      expect(bench.out.byName).toBe(held);
      expect(bench.out.byNumber).toBe(held);
      expect(bench.out.flag).toBe(code === 1 || code === 6 ? 1 : 0);
      expect(bench.out.chosen).toBe(code === 1 ? x + 1 : code === 2 ? x : code === 5 ? 5 : held);
      expect(bench.outBig.other).toBe(BigInt(code === 0 ? 0 : code === 3 ? code : encodings.clear));
      held = [held, (held + x) & 255, (held - x) & 255, held, held, x, 0, held][code]!;
      bench.step();
    }
    bench.close();
  });
}

test("the Verilog pleases a linter and Yosys", () => {
  const files = emitVerilog(compile(new Accumulator({})));
  lint(files);
  checkWithYosys(files);
});

test("signed cases, arms of every kind, and a last case that takes the rest", async () => {
  class Kinds extends Module {
    readonly at = input(sint(2));
    readonly op = input(enumeration("Three", ["one", "two", "three"]));
    readonly s = output(sint(6));
    readonly pair = output(bundle({ a: uint(4), b: sint(4) }));
    readonly rest = output(uint(2));
    build() {
      this.s.value = match(this.at, { [-2]: this.at, [-1]: constant(sint(6), -20), 0: 7, 1: -3 });
      const one = match(this.op, { one: this.at.asUint(), two: 3, three: 2 });
      this.rest.value = one;
      this.pair.value = { a: one, b: this.at };
    }
  }
  const bench = await simulate(new Kinds({}));
  expect(
    [-2, -1, 0, 1].map((at) => {
      bench.in.at = at;
      return bench.out.s;
    }),
  ).toEqual([-2, -20, 7, -3]);
  bench.in.op = 3; // no member: behaves as the last case
  expect(bench.out.rest).toBe(2);
  bench.close();
});

test("match() is a table, whatever the numbers", async () => {
  class Table extends Module<{ entries: readonly number[] }> {
    readonly at = input(uint(4));
    readonly y = output(uint(16));
    build() {
      const arms = Object.fromEntries(this.params.entries.map((entry, i) => [i, constant(uint(16), entry)]));
      this.y.value = match(this.at, { ...arms, otherwise: 9 }) as never;
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(65535), { minLength: 1, maxLength: 15 }), async (entries) => {
      const bench = await simulate(new Table({ entries }));
      for (let at = 0; at < 16; at++) {
        bench.in.at = at;
        expect(bench.out.y).toBe(entries[at] ?? 9);
      }
      bench.close();
    }),
    { numRuns: 20 },
  );
});

test("Verilog shows a case statement over the names", () => {
  const { text } = emitVerilog(compile(new Accumulator({})))[0]!;
  expect(text).toContain(`      case (op)
        OP_ADD: byName <= byName + x;
        OP_SUB: byName <= byName - x;
        OP_LOAD: byName <= x;
        OP_CLEAR: byName <= 8'd0;
        default: ;
      endcase`);
});

describe("mistakes", () => {
  const told = (body: (ports: Ports) => void): string[] => {
    class Faulty extends Ports {
      build() {
        this.y.value = 0;
        body(this);
      }
    }
    return inspect(new Faulty({}))
      .diagnostics.filter(({ code }) => code !== "LS0205")
      .map(({ code, message }) => `${code} ${message}`);
  };
  abstract class Ports extends Module {
    readonly op = input(enumeration("Bit", ["off", "on"]));
    readonly three = input(enumeration("Three", ["one", "two", "three"]));
    readonly code = input(uint(2));
    readonly y = output(uint(8));
  }
  const nothing = (): void => {};

  test("missing cases", () => {
    expect(told(({ three }) => switchOn(three, { one: nothing } as never))).toEqual([
      "LS0117 switchOn(): `two`, `three` of Three have no case",
    ]);
    expect(told(({ code }) => switchOn(code, { 0: nothing, 1: nothing }))).toEqual([
      "LS0117 switchOn(): 2 of 4 values have a case",
    ]);
  });

  test("cases that are none or cannot be reached", () => {
    expect(told(({ three }) => switchOn(three, { four: nothing, otherwise: nothing } as never))).toEqual([
      "LS0115 switchOn(): case `four` is no member of Three",
    ]);
    expect(told(({ code }) => switchOn(code, { 4: nothing, otherwise: nothing }))).toEqual([
      "LS0116 switchOn(): case 4 can never be reached: the signal holds 0 to 3",
    ]);
    expect(told(({ code }) => switchOn(code, { "-1": nothing, otherwise: nothing }))[0]).toContain("LS0116");
    expect(told(({ code }) => switchOn(code, { "1.5": nothing, otherwise: nothing }))[0]).toBe(
      "LS0103 switchOn(): case `1.5` is not a whole number",
    );
    expect(told(({ op }) => switchOn(op, { off: nothing, on: nothing, otherwise: nothing }))).toEqual([
      "LS0116 switchOn(): `otherwise` can never be reached: every value has a case",
    ]);
  });

  test("arms that do not go together", () => {
    expect(told(({ code, y }) => (y.value = match(code, { 0: 1, otherwise: 2 }) as never))[0]).toBe(
      "LS0110 no arm of match() is a signal, so it has no width",
    );
    expect(told(({ code, op, y }) => (y.value = match(code, { 0: op, otherwise: code }) as never))[0]).toContain(
      "LS0115",
    );
  });
});
