import { describe, expect, test } from "vitest";
import {
  bit,
  compile,
  emitVerilog,
  enumeration,
  input,
  inspect,
  instance,
  Module,
  mermaidOf,
  output,
  register,
  simulate,
  stateMachine,
  uint,
  when,
} from "../index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";

const State = enumeration("State", ["idle", "load", "shift", "stop"]);

/** Sends words of four bits behind a start bit, as often as `send` is 1. */
class Sender extends Module {
  readonly send = input(bit);
  readonly halt = input(bit);
  readonly word = input(uint(4));
  readonly line = output(bit);
  readonly state = output(State);
  build() {
    const count = register(uint(2), { reset: 0 });
    const bits = register(uint(4), { reset: 0 });
    const last = count.eq(3);
    const state = stateMachine(
      State,
      { reset: "idle" },
      {
        idle: (go) => {
          this.line.value = 1;
          when(this.send, () => go("load"));
        },
        load: (go) => {
          this.line.value = 0;
          bits.next = this.word;
          count.next = 0;
          go("shift");
        },
        shift: (go) => {
          this.line.value = bits.bit(0);
          bits.next = bits.shiftRight(1);
          count.next = count.addWrap(1);
          when(last, () => go("stop"));
        },
        stop: (go) => {
          this.line.value = 1;
          when(this.send.and(this.word.gt(2)), () => {
            go("load");
          }).otherwise(() => {
            go("idle");
          });
        },
      },
    );
    when(this.halt, () => state.go("idle"));
    this.state.value = state.state;
  }
}

for (const engine of ["inprocess", "icarus", "verilator"] as const) {
  test(`a machine goes through its states, ${engine}`, async () => {
    const bench = await simulate(new Sender({}), { engine });
    bench.in.send = 0;
    bench.in.halt = 0;
    bench.in.word = 0b1011;
    bench.reset();
    expect([bench.out.state, bench.out.line]).toEqual(["idle", 1]);
    bench.step(2);
    expect(bench.out.state).toBe("idle");
    bench.in.send = 1;
    const seen: [string, number][] = [];
    for (let cycle = 0; cycle < 7; cycle++) {
      bench.step();
      seen.push([bench.out.state, bench.out.line]);
    }
    expect(seen).toEqual([
      ["load", 0],
      ["shift", 1],
      ["shift", 1],
      ["shift", 0],
      ["shift", 1],
      ["stop", 1],
      ["load", 0],
    ]);
    bench.in.halt = 1;
    bench.step();
    expect(bench.out.state).toBe("idle");
    bench.close();
  });
}

test("the Verilog pleases a linter and Yosys", () => {
  const files = emitVerilog(compile(new Sender({})));
  lint(files);
  checkWithYosys(files);
});

describe("mermaidOf()", () => {
  test("draws the states and the conditions between them", () => {
    expect(mermaidOf(new Sender({}))).toMatchInlineSnapshot(`
      "stateDiagram-v2
        idle
        load
        shift
        stop
        [*] --> idle
        idle --> load : send and not halt
        load --> shift : not halt
        shift --> stop : last and not halt
        stop --> load : send and (word #62; 2) and not halt
        stop --> idle : else
        idle --> idle : halt
        load --> idle : halt
        shift --> idle : halt
        stop --> idle : halt
      "
    `);
  });

  /** A machine with a way out of every state behind it, and statements of each kind in its states. */
  class Overridden extends Module {
    readonly a = input(bit);
    readonly n = input(uint(2));
    readonly state = output(State);
    build() {
      const machine = stateMachine(
        State,
        { reset: "idle" },
        {
          idle: (go) => {
            go("load");
            when(this.a, () => {
              go("shift");
            });
          },
          load: (go) => {
            when(this.n.eq(1), () => {
              go("idle");
            })
              .elsewhen(this.n.eq(2), () => {
                go("load");
              })
              .otherwise(() => {
                go("shift");
              });
          },
          shift: (go) => go("stop"),
          stop: (go) => go("idle"),
        },
      );
      when(this.n.eq(3), () => {
        machine.go("stop");
      });
      this.state.value = machine.state;
    }
  }

  test("tells what later statements leave of a transition, and where they keep the state", () => {
    const lines = mermaidOf(new Overridden({})).split("\n").slice(5);
    expect(lines.map((line) => line.trim())).toEqual([
      "[*] --> idle",
      "idle --> load : not a and not (n == 3)",
      "idle --> shift : a and not (n == 3)",
      "load --> idle : n == 1 and not (n == 3)",
      "load --> load : not (n == 1) and n == 2 and not (n == 3)",
      "load --> shift : not (n == 1) and not (n == 2) and not (n == 3)",
      "shift --> stop",
      "stop --> idle : not (n == 3)",
      "idle --> stop : n == 3",
      "load --> stop : n == 3",
      "stop --> stop : n == 3",
      "",
    ]);
  });

  /** Opposite conditions one after the other, and statements in branches of others. */
  class Nested extends Module {
    readonly a = input(bit);
    readonly halt = input(bit);
    readonly n = input(uint(2));
    readonly state = output(State);
    override build(): void {
      const machine = stateMachine(
        State,
        { reset: "idle" },
        {
          idle: (go) => {
            when(this.a, () => go("load"));
            when(this.a.not(), () => go("shift"));
          },
          load: (go) => {
            when(this.a, () => {
              when(this.halt, () => go("stop")).otherwise(() => go("shift"));
            }).otherwise(() => {
              when(this.n.eq(1), () => go("idle")).elsewhen(this.halt.not(), () => go("stop"));
            });
          },
          shift: (go) => when(this.a.and(this.halt), () => go("stop")).otherwise(() => go("idle")),
          stop: (go) => {
            when(this.halt.not(), () => go("idle")).elsewhen(this.a, () => go("load"));
          },
        },
      );
      this.state.value = machine.state;
    }
  }

  test("tells of opposite conditions and of branches within branches", () => {
    const lines = mermaidOf(new Nested({})).split("\n").slice(6);
    expect(lines.map((line) => line.trim())).toEqual([
      "idle --> load : a",
      "idle --> shift : not a",
      "load --> stop : a and halt",
      "load --> shift : a and not halt",
      "load --> idle : not a and n == 1",
      "load --> stop : not a and not (n == 1) and not halt",
      "shift --> stop : a and halt",
      "shift --> idle : else",
      "stop --> idle : not halt",
      "stop --> load : halt and a",
      "",
    ]);
  });

  test.each([Sender, Overridden, Nested])("shows just the ways that %o goes", async (Machine) => {
    const edges = [...mermaidOf(new Machine({})).matchAll(/^ {2}(\w+) --> (\w+)(?: : (.*))?$/gm)].map(
      ([, from, to, label = ""]) => ({ from, to, label }),
    );
    const values: Record<string, number> = {};
    /** Whether a label holds for these values: its words as JavaScript. */
    const holds = (label: string): boolean => {
      const script = label
        .replace(/#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)))
        .replace(/\bnot\b/g, "!")
        .replace(/\band\b/g, "&&")
        .replace(/\blast\b/g, "(count == 3)")
        .replace(/\b[a-z]\w*\b/g, (name) => `values.${name}`);
      return label === "" || Boolean(new Function("values", `return ${script}`)(values));
    };
    const next = (state: string): string => {
      const ways = edges.filter(({ from }) => from === state);
      const taken = ways.filter(({ label }) => label !== "else" && holds(label));
      const targets = new Set(
        taken.length > 0 ? taken.map(({ to }) => to) : ways.filter(({ label }) => label === "else").map(({ to }) => to),
      );
      expect(targets.size).toBeLessThan(2);
      return [...targets][0] ?? state;
    };
    const bench = await simulate(new Machine({} as never) as Sender);
    const inputs = bench.in as unknown as Record<string, number>;
    const ranges: Readonly<Record<string, number>> = { send: 2, halt: 2, word: 16, a: 2, n: 4 };
    bench.reset();
    let counted = 0;
    let [seed, moves] = [1, 0];
    for (let cycle = 0; cycle < 2000; cycle++) {
      for (const name of Object.keys(inputs)) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        values[name] = name === "halt" ? Number(seed >>> 28 === 0) : (seed >>> 16) % ranges[name]!;
        inputs[name] = values[name]!;
      }
      const before = bench.out.state;
      values.count = counted;
      const expected = next(before);
      bench.step();
      counted = before === "load" ? 0 : before === "shift" ? (counted + 1) % 4 : counted;
      expect(bench.out.state, `from ${before} with ${JSON.stringify(values)}`).toBe(expected);
      if (expected !== before) moves++;
    }
    expect(moves).toBeGreaterThan(500);
    bench.close();
  });

  test("keeps several machines apart, and draws one alone", () => {
    const Two = enumeration("Two", ["off", "on"]);
    let alone = "";
    class Toggle extends Module {
      readonly press = input(bit);
      readonly lit = output(bit);
      build() {
        const lamp = stateMachine(
          Two,
          { reset: "off" },
          {
            off: (go) => when(this.press, () => go("on")),
            on: (go) => when(this.press, () => go("off")),
          },
        );
        this.lit.value = lamp.is("on");
        alone = mermaidOf(lamp);
      }
    }
    class Pair extends Module {
      readonly press = input(bit);
      readonly both = output(bit);
      build() {
        const toggle = instance(new Toggle({}));
        toggle.press.value = this.press;
        const sender = instance(new Sender({}));
        sender.send.value = toggle.lit;
        sender.halt.value = 0;
        sender.word.value = 1;
        this.both.value = toggle.lit.and(sender.line);
      }
    }
    const text = mermaidOf(new Pair({}));
    expect(text).toContain('  state Toggle_lamp {\n    state "off" as Toggle_lamp_off\n');
    expect(text).toContain("    Toggle_lamp_off --> Toggle_lamp_on : press\n");
    expect(text).toContain("    [*] --> Sender_state_idle\n");
    expect(alone).toBe("stateDiagram-v2\n  off\n  on\n  [*] --> off\n  off --> on : press\n  on --> off : press\n");
  });
});

test("the Verilog is a case statement, with the last state as its default", () => {
  const { text } = emitVerilog(compile(new Sender({})))[0]!;
  expect(text).toContain("STATE_SHIFT: if (last) state <= STATE_STOP;".replace("last", "count == 2'd3"));
  expect(text).toContain("default: begin // stop");
  expect(text).toContain("      state <= STATE_IDLE;\n");
});

describe("mistakes", () => {
  test("a state that nothing leads to is told, and nothing else", () => {
    class Stuck extends Module {
      readonly start = input(bit);
      readonly y = output(bit);
      build() {
        const state = stateMachine(
          State,
          { reset: "idle" },
          {
            idle: (go) => when(this.start, () => go("load")),
            load: (go) => go("idle"),
            shift: (go) => go("stop"),
            stop: (go) => go("shift"),
          },
        );
        this.y.value = state.isAny("load", "shift");
      }
    }
    const { design, diagnostics } = inspect(new Stuck({}));
    expect(design).toBeDefined();
    expect(diagnostics.map(({ code, message, severity }) => `${severity} ${code} ${message}`)).toEqual([
      "warning LS0118 state `shift` of `state` is never entered: it is gone to from `stop` alone, never entered either",
      "warning LS0118 state `stop` of `state` is never entered: it is gone to from `shift` alone, never entered either",
    ]);
  });

  test("a state without a callback, and a jump to what is no state", () => {
    class Wrong extends Module {
      readonly y = output(bit);
      build() {
        const state = stateMachine(State, { reset: "idle" }, {
          idle: (go: (to: never) => void) => go("nowhere" as never),
          load: () => {},
        } as never);
        this.y.value = state.is("idle");
      }
    }
    const found = inspect(new Wrong({})).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(found).toContain("LS0117 stateMachine(): `shift`, `stop` of State have no case");
    expect(found).toContain('LS0115 an assignment is given "nowhere", which is no member of State');
  });
});
