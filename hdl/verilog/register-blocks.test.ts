import { describe, expect, test } from "vitest";
import { compile, emitVerilog, simulate } from "../index.ts";
import { clockDomain, input, Module, mux, output, register, switchOn, when } from "../language/index.ts";
import { bit, sint, uint, vec } from "../types/index.ts";
import { checkWithYosys, lint } from "./testing/tools.ts";

/** The `always` blocks of the top module. */
function blocksOf(module: Module): string {
  const files = emitVerilog(compile(module), { sourceComments: false });
  lint(files);
  checkWithYosys(files);
  return [...files.at(-1)!.text.matchAll(/^ {2}always[\s\S]*?^ {2}end$/gm)].map(([block]) => block).join("\n\n");
}

describe("a register of which parts are assigned", () => {
  class Flags extends Module {
    readonly load = input(bit);
    readonly raise = input(bit);
    readonly clear = input(bit);
    readonly data = input(uint(8));
    readonly flags = output(uint(8));
    build() {
      const flags = register(uint(8), { reset: 0 });
      when(this.load, () => {
        flags.next = this.data;
      })
        .elsewhen(this.raise, () => {
          flags.bit(3).next = 1;
        })
        .elsewhen(this.clear, () => {
          flags.slice(7, 4).next = 0;
        });
      this.flags.value = flags;
    }
  }

  test("is assigned in parts, and as a whole where all parts are", () => {
    expect(blocksOf(new Flags({}))).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (reset) begin
            flags <= 8'd0;
          end else if (load) begin
            flags <= data;
          end else if (raise) begin
            flags[3] <= 1'b1;
          end else if (clear) begin
            flags[7:4] <= 4'd0;
          end
        end"
    `);
  });

  test("has an if for each byte", () => {
    class Bytes extends Module {
      readonly enable = input(uint(4));
      readonly data = input(sint(32));
      readonly q = output(sint(32));
      build() {
        const q = register(sint(32));
        for (let i = 0; i < 4; i++) {
          when(this.enable.bit(i), () => {
            q.slice(8 * i + 7, 8 * i).next = this.data.slice(8 * i + 7, 8 * i);
          });
        }
        this.q.value = q;
      }
    }
    expect(blocksOf(new Bytes({}))).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (enable[0]) q[7:0] <= data[7:0];
          if (enable[1]) q[15:8] <= data[15:8];
          if (enable[2]) q[23:16] <= data[23:16];
          if (enable[3]) q[31:24] <= data[31:24];
        end"
    `);
  });

  test("stays one expression where the bits only come from many places", () => {
    class Reversed extends Module {
      readonly load = input(bit);
      readonly data = input(uint(6));
      readonly q = output(uint(6));
      build() {
        const q = register(uint(6), { reset: 0 });
        when(this.load, () => {
          for (let i = 0; i < 6; i++) q.bit(i).next = this.data.bit(5 - i);
        });
        this.q.value = q;
      }
    }
    expect(blocksOf(new Reversed({}))).toContain(
      "(load) begin\n      q <= {data[0], data[1], data[2], data[3], data[4], data[5]};",
    );
  });
});

describe("registers that change together", () => {
  class Machine extends Module {
    readonly op = input(uint(2));
    readonly data = input(uint(8));
    readonly value = output(uint(8));
    readonly times = output(uint(4));
    readonly seen = output(bit);
    build() {
      const value = register(uint(8), { reset: 0 });
      const times = register(uint(4), { reset: 0 });
      const unset = register(bit);
      const seen = register(bit, { reset: 0 });
      switchOn(this.op, {
        0: () => {
          value.next = this.data;
          unset.next = 1;
        },
        1: () => {
          value.bit(0).next = 1;
          times.next = times.addWrap(1);
        },
        2: () => {
          value.next = value.addWrap(1);
          times.next = 0;
          unset.next = 0;
        },
        3: () => {
          value.slice(7, 4).next = this.data.slice(3, 0);
          seen.next = unset;
        },
      });
      this.value.value = value;
      this.times.value = times;
      this.seen.value = seen;
    }
  }

  test("share a block with one case, unless only some have a reset value", () => {
    expect(blocksOf(new Machine({}))).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (reset) begin
            value <= 8'd0;
            times <= 4'd0;
            seen <= 1'b0;
          end else begin
            case (op)
              2'd0: value <= data;
              2'd1: begin
                value[0] <= 1'b1;
                times <= times + 4'd1;
              end
              2'd2: begin
                value <= value + 8'd1;
                times <= 4'd0;
              end
              default: begin // 2'd3
                value[7:4] <= data[3:0];
                seen <= unset;
              end
            endcase
          end
        end

        always @(posedge clock) begin
          case (op)
            2'd0: unset <= 1'b1;
            2'd2: unset <= 1'b0;
            default: ;
          endcase
        end"
    `);
  });
});

describe("statements of one register", () => {
  test("keep their order where others change under the same condition before", () => {
    class Lanes extends Module {
      readonly set = input(bit);
      readonly place = input(uint(2));
      readonly data = input(uint(4));
      readonly lanes = output(vec(2, uint(4)));
      build() {
        const lanes = register(vec(2, uint(4)), { reset: 0 });
        const [first, second] = [lanes.at(0), lanes.at(1)];
        second.next = second.addWrap(1);
        when(this.set, () => {
          first.next = this.data;
          second.bit(this.place).next = this.data.bit(0);
        });
        this.lanes.value = lanes;
      }
    }
    expect(blocksOf(new Lanes({}))).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (reset) begin
            lanes_0 <= 4'd0;
            lanes_1 <= 4'd0;
          end else begin
            if (set) lanes_0 <= data;
            lanes_1 <= lanes_1 + 4'd1;
            if (set) lanes_1[place] <= data[0];
          end
        end"
    `);
  });
});

describe("a vector of registers of which signals choose elements", () => {
  class Counters extends Module<{ size: number; reset: "synchronous" | "asynchronous" }> {
    readonly defaultDomain = clockDomain({ reset: this.params.reset });
    readonly train = input(bit);
    readonly taken = input(bit);
    readonly clear = input(bit);
    readonly index = input(uint(bitsForIndex(this.params.size)));
    readonly count = output(uint(2));
    build() {
      const counters = register(vec(this.params.size, uint(2)), { reset: 1 });
      const counter = counters.at(this.index);
      when(this.clear, () => {
        for (const each of counters) each.next = 0;
      }).elsewhen(this.train, () => {
        when(this.taken, () => {
          counter.next = counter.addSat(1);
        }).otherwise(() => {
          counter.next = mux(counter.eq(0), 0, counter.subWrap(1));
        });
      });
      this.count.value = counter;
    }
  }
  const bitsForIndex = (size: number): number => Math.ceil(Math.log2(size));

  test("is an array", () => {
    const module = new Counters({ size: 16, reset: "synchronous" });
    expect(emitVerilog(compile(module))[0]!.text).toContain("reg [1:0] counters [0:15];");
    expect(blocksOf(module)).toMatchInlineSnapshot(`
      "  always @(posedge clock) begin
          if (reset) begin
            for (k = 0; k < 16; k = k + 1) counters[k] <= 2'd1;
          end else if (clear) begin
            for (k = 0; k < 16; k = k + 1) counters[k] <= 2'd0;
          end else if (train) begin
            if (taken) begin
              counters[index] <= counter_next[2] ? 2'd3 : counter_next[1:0];
            end else begin
              counters[index] <= (counter == 2'd0) ? 2'd0 : counter - 2'd1;
            end
          end
        end"
    `);
  });

  test("has a reset that Verilator takes, however many there are", () => {
    const text = blocksOf(new Counters({ size: 100, reset: "asynchronous" }));
    expect(text).toContain("for (k = 0; k < 64; k = k + 1) counters[k] <= 2'd1;");
    expect(text).toContain("for (k = 64; k < 100; k = k + 1) counters[k] <= 2'd1;");
  });

  test.each(["icarus", "verilator"] as const)("does the same in %s as in this process", async (engine) => {
    const run = async (name: "inprocess" | typeof engine): Promise<number[]> => {
      const bench = await simulate(new Counters({ size: 16, reset: "asynchronous" }), { engine: name });
      bench.reset();
      const seen: number[] = [];
      for (let cycle = 0; cycle < 300; cycle++) {
        bench.in.index = (cycle * 7) % 5;
        bench.in.train = cycle % 4 === 3 ? 0 : 1;
        bench.in.taken = (cycle >> 3) & 1;
        bench.in.clear = cycle % 97 === 96 ? 1 : 0;
        bench.step();
        seen.push(bench.out.count);
      }
      bench.close();
      return seen;
    };
    const here = await run("inprocess");
    expect(new Set(here)).toEqual(new Set([0, 1, 2, 3]));
    expect(await run(engine)).toEqual(here);
  });

  test("stays registers where something else reads them, and for a proof", () => {
    class Seen extends Counters {
      readonly first = output(uint(2));
      override build() {
        const counters = register(vec(8, uint(2)), { reset: 0 });
        counters.at(this.index.slice(2, 0)).next = this.taken;
        this.count.value = counters.at(this.index.slice(2, 0));
        this.first.value = counters.at(0);
      }
    }
    const [file] = emitVerilog(compile(new Seen({ size: 16, reset: "synchronous" })));
    expect(file!.text).toContain("reg [1:0] counters_7;");
    const [proof] = emitVerilog(compile(new Counters({ size: 16, reset: "synchronous" })), { properties: "proof" });
    expect(proof!.text).toContain("reg [1:0] counters_15;");
  });
});
