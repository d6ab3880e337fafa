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
        idle --> load : send
        load --> shift
        shift --> stop : last
        stop --> load : send and (word #62; 2)
        stop --> idle : else
        load --> idle : halt
        shift --> idle : halt
        stop --> idle : halt
      "
    `);
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
      "warning LS0118 state `shift` of `state` is never entered",
      "warning LS0118 state `stop` of `state` is never entered",
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
