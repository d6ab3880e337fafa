import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect } from "../elaborate.ts";
import { designOf, type ModuleNetlist } from "../ir/index.ts";
import { cat, input, Module, output, register, switchOn, type UInt, when } from "../language/index.ts";
import { optimize } from "../transform/index.ts";
import { sint, uint, vec } from "../types/index.ts";
import { emitVerilog } from "./emit.ts";
import { firstDifference, stimulus } from "./testing/compare.ts";
import { numbers } from "./testing/numbers.ts";
import { together } from "./testing/together.ts";
import { checkWithYosys, lint } from "./testing/tools.ts";

/** What a random program is made of: statements on registers, nested. */
type Statement =
  | {
      readonly kind: "assign";
      readonly register: number;
      readonly high: number;
      readonly low: number;
      readonly value: number;
    }
  /** One element of the vector of registers. */
  | { readonly kind: "element"; readonly place: number; readonly value: number }
  | { readonly kind: "chosen"; readonly register: number; readonly value: number }
  | { readonly kind: "when"; readonly conditions: readonly number[]; readonly bodies: readonly Statement[][] }
  | {
      readonly kind: "switch";
      readonly subject: number;
      readonly bodies: readonly Statement[][];
      readonly rest: readonly Statement[];
    };

const registerCount = 4;
const assigns = fc.record({
  kind: fc.constant("assign" as const),
  register: fc.nat(registerCount - 1),
  high: fc.nat(7),
  low: fc.nat(7),
  value: fc.nat(9),
});
const chosen = fc.record({
  kind: fc.constant("chosen" as const),
  register: fc.nat(registerCount - 1),
  value: fc.nat(3),
});
const elements = fc.record({ kind: fc.constant("element" as const), place: fc.nat(3), value: fc.nat(9) });
const statements = fc.letrec<{ list: Statement[]; statement: Statement }>((tie) => ({
  list: fc.array(tie("statement"), { maxLength: 3 }),
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: assigns },
    { weight: 1, arbitrary: chosen },
    { weight: 2, arbitrary: elements },
    fc.record({
      kind: fc.constant("when" as const),
      conditions: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
      bodies: fc.array(tie("list"), { minLength: 4, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant("switch" as const),
      subject: fc.nat(1),
      bodies: fc.array(tie("list"), { minLength: 1, maxLength: 3 }),
      rest: tie("list"),
    }),
  ),
}));
const programs = fc.array(statements.statement, { minLength: 2, maxLength: 8 });

/** Registers, and the statements of a random program over them. */
class Program extends Module<{ program: readonly Statement[] }> {
  readonly flags = input(uint(6));
  readonly codes = input(vec(2, uint(2)));
  readonly data = input(uint(8));
  readonly values = output(vec(registerCount + 1, uint(8)));
  build() {
    const [a, b, c] = [0, 5, 9].map((reset) => register(uint(8), { reset })) as [UInt<8>, UInt<8>, UInt<8>];
    const d = register(sint(8), { reset: -3 });
    const registers = [a, b, c, d];
    const rows = register(vec(6, uint(5)), { reset: 7 });
    const places = [this.data.slice(2, 0), this.data.slice(5, 3), this.flags.slice(2, 0)] as const;
    const row = rows.at(places[2], { beyond: "zero" });
    const sources: UInt[] = [this.data, a, b.addWrap(1), d.asUint(), cat(row, places[0])];
    const given = (value: number, width: number): UInt | number => {
      const source = sources[value];
      if (source) return source.slice(width - 1, 0);
      return value === 5 ? 0 : 2 ** width - 1;
    };
    const run = (list: readonly Statement[]): void => {
      for (const each of list) {
        if (each.kind === "assign") {
          const [low, high] = [Math.min(each.low, each.high), Math.max(each.low, each.high)];
          const target = registers[each.register]!;
          target.slice(high, low).next = given(each.value, high - low + 1);
        } else if (each.kind === "element") {
          if (each.place === 3) for (const one of rows) one.next = given(each.value, 5);
          else rows.at(places[each.place]!, { beyond: "zero" }).next = given(each.value, 5);
        } else if (each.kind === "chosen") {
          registers[each.register]!.bit(this.data.slice(2, 0)).next = given(each.value, 1);
        } else if (each.kind === "when") {
          const [first, ...others] = each.conditions;
          let statement = when(this.flags.bit(first!), () => run(each.bodies[0]!));
          others.forEach((condition, i) => {
            statement = statement.elsewhen(this.flags.bit(condition), () => run(each.bodies[i + 1]!));
          });
          if (each.conditions.length < 3) statement.otherwise(() => run(each.bodies[3]!));
        } else {
          const cases = Object.fromEntries(each.bodies.map((body, i) => [i, () => run(body)]));
          switchOn(this.codes.at(each.subject), { ...cases, otherwise: () => run(each.rest) });
        }
      }
    };
    when(this.flags.bit(5), () => {
      for (const each of registers) each.slice(7, 0).next = this.data;
      for (const each of rows) each.next = places[0];
    });
    run(this.params.program);
    [a, b, c, d.asUint(), row.extend(8)].forEach((each, i) => {
      this.values.at(i).value = each;
    });
  }
}

/** The programs as modules, without those in which an assignment hides another: that is a mistake. */
function partsOf(batch: readonly (readonly Statement[])[]): ModuleNetlist[] {
  const designs = batch.flatMap((program) => inspect(new Program({ program })).design ?? []);
  return designs.map((design, k) => ({ ...optimize(design).top, name: `part_${k}` }));
}

const batches = fc.array(programs, { minLength: 4, maxLength: 12, size: "max" });

describe("random statements on registers", () => {
  test("mean in Icarus what the netlist means", () => {
    fc.assert(
      fc.property(batches, fc.integer(), (batch, seed) => {
        const parts = partsOf(batch);
        fc.pre(parts.length > 0);
        const random = numbers(seed);
        const each = parts.map((part) => stimulus(part, 60, random));
        const frames = each[0]!.map((_, cycle) => each.map((list) => list[cycle]!));
        expect(firstDifference(designOf(together(parts)), parts, frames)).toBeUndefined();
      }),
      { numRuns: 12, interruptAfterTimeLimit: 30_000 },
    );
  });

  test("pass the lint of Verilator and the checks of Yosys", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const parts = partsOf(batch);
        fc.pre(parts.length > 0);
        const files = emitVerilog(designOf(together(parts)));
        lint(files);
        checkWithYosys(files);
      }),
      { numRuns: 6, interruptAfterTimeLimit: 30_000 },
    );
  });
});
