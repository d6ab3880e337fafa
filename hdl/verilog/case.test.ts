import { describe, expect, test } from "vitest";
import { compile, emitVerilog, simulate } from "../index.ts";
import { input, Module, match, output, register, switchOn, when } from "../language/index.ts";
import { bit, sint, uint } from "../types/index.ts";
import { checkWithYosys, lint } from "./testing/tools.ts";

/** Choices by integers of every kind: nested, signed, of bits, complete or not, shared with other logic. */
class Choices extends Module {
  readonly enable = input(bit);
  readonly code = input(uint(3));
  readonly mode = input(uint(2));
  readonly level = input(sint(3));
  readonly word = input(uint(5));
  readonly data = input(uint(4));
  readonly nested = output(uint(4));
  readonly kept = output(uint(4));
  readonly steps = output(sint(6));
  readonly field = output(uint(4));
  readonly found = output(uint(4));
  readonly now = output(uint(4));
  build() {
    const { code, mode, level, word, data } = this;
    const nested = register(uint(4), { reset: 0 });
    const same = () => {
      nested.next = data;
    };
    switchOn(code, {
      0: () => {
        nested.next = 3;
      },
      1: () =>
        switchOn(mode, {
          0: () => {
            nested.next = nested.addWrap(1);
          },
          1: same,
          2: same,
          3: () => {
            nested.next = 9;
          },
        }),
      4: same,
      5: same,
      otherwise: () => {
        nested.next = 7;
      },
    });
    this.nested.value = nested;

    const kept = register(uint(4), { reset: 0 });
    when(this.enable, () => {
      switchOn(code, {
        0: () => {},
        2: () => {
          kept.next = data;
        },
        7: () => {
          kept.next = kept.addWrap(2);
        },
        otherwise: () => {},
      });
    });
    this.kept.value = kept;

    const steps = register(sint(6), { reset: 0 });
    switchOn(level, {
      [-4]: () => {
        steps.next = -20;
      },
      [-1]: () => {
        steps.next = steps.subWrap(1);
      },
      0: () => {},
      3: () => {
        steps.next = steps.addWrap(1);
      },
      otherwise: () => {
        steps.next = level;
      },
    });
    this.steps.value = steps;

    const field = register(uint(4), { reset: 0 });
    switchOn(word.slice(4, 2), {
      1: () => {
        field.next = 1;
      },
      6: () => {
        field.next = data;
      },
      otherwise: () => {},
    });
    this.field.value = field;

    const found = register(uint(4));
    found.next = match(code, { 0: data, 2: 5, 3: 8, otherwise: 1 });
    this.found.value = found;
    this.now.value = match(code, { 0: data, 1: kept, 2: nested, otherwise: word.slice(1, 0) });
  }
}

async function run(engine: "inprocess" | "icarus" | "verilator"): Promise<unknown[]> {
  const bench = await simulate(new Choices({}), { engine });
  bench.reset();
  const seen: unknown[] = [];
  let state = 99;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let cycle = 0; cycle < 400; cycle++) {
    bench.in.enable = next(2);
    bench.in.code = next(8);
    bench.in.mode = next(4);
    bench.in.level = next(8) - 4;
    bench.in.word = next(32);
    bench.in.data = next(16);
    bench.step();
    const { nested, kept, steps, field, found, now } = bench.out;
    seen.push([nested, kept, steps, field, found, now]);
  }
  bench.close();
  return seen;
}

describe("choices by an integer", () => {
  test("are the same in Icarus, Verilator and this process", async () => {
    const here = await run("inprocess");
    expect(await run("icarus")).toEqual(here);
    expect(await run("verilator")).toEqual(here);
  });

  test("are case statements", () => {
    const files = emitVerilog(compile(new Choices({})), { sourceComments: false });
    lint(files);
    checkWithYosys(files);
    const text = files.at(-1)!.text;
    expect(text.slice(text.indexOf("  always"), text.indexOf("  assign"))).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (reset) begin
            nested <= 4'd0;
          end else begin
            case (code)
              3'd0: nested <= 4'd3;
              3'd1: begin
                case (mode)
                  2'd0: nested <= nested + 4'd1;
                  2'd1, 2'd2: nested <= data;
                  default: nested <= 4'd9; // 2'd3
                endcase
              end
              3'd4, 3'd5: nested <= data;
              default: nested <= 4'd7;
            endcase
          end
        end

        always @(posedge clock) begin
          if (reset) begin
            kept <= 4'd0;
          end else if (enable) begin
            case (code)
              3'd2: kept <= data;
              3'd7: kept <= kept + 4'd2;
              default: ;
            endcase
          end
        end

        always @(posedge clock) begin
          if (reset) begin
            steps <= 6'sd0;
          end else begin
            case (level)
              3'sd0: ;
              3'sd3: steps <= steps + 6'sd1;
              3'sh4: steps <= -6'sd20;
              -3'sd1: steps <= steps - 6'sd1;
              default: steps <= {{3{level[2]}}, level};
            endcase
          end
        end

        always @(posedge clock) begin
          if (reset) begin
            field <= 4'd0;
          end else begin
            case (word[4:2])
              3'd1: field <= 4'd1;
              3'd6: field <= data;
              default: ;
            endcase
          end
        end

        always @(posedge clock) begin
          case (code)
            3'd0: found <= data;
            3'd2: found <= 4'd5;
            3'd3: found <= 4'd8;
            default: found <= 4'd1;
          endcase
        end

      "
    `);
  });

  test("a table of 300 numbers is one case", () => {
    class Table extends Module {
      readonly code = input(uint(9));
      readonly y = output(uint(12));
      build() {
        const y = register(uint(12));
        const values = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [i, (i * 37) % 4096]));
        y.next = match(this.code, { ...values, otherwise: this.code.extend(12) });
        this.y.value = y;
      }
    }
    const files = emitVerilog(compile(new Table({})), { sourceComments: false });
    lint(files);
    expect(files[0]!.text.match(/9'd\d+: y <= 12'd\d+;/g)).toHaveLength(300);
    expect(files[0]!.text).not.toMatch(/\?|if/);
  });

  test("a condition with a name of its own keeps it", () => {
    class Named extends Module {
      readonly code = input(uint(3));
      readonly y = output(uint(4));
      readonly z = output(uint(4));
      build() {
        const add = this.code.eq(1);
        const clear = this.code.eq(2);
        const total = register(uint(4), { reset: 0 });
        const count = register(uint(4), { reset: 0 });
        when(add, () => {
          total.next = total.addWrap(3);
          count.next = count.addWrap(1);
        }).elsewhen(clear, () => {
          total.next = 0;
          count.next = 0;
        });
        this.y.value = total;
        this.z.value = count;
      }
    }
    const [file] = emitVerilog(compile(new Named({})), { sourceComments: false });
    expect(file!.text).toContain("wire add = code == 3'd1;");
    expect(file!.text).toContain("else if (clear)");
    expect(file!.text).not.toContain("case");
  });
});
