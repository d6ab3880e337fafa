import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bit,
  bundle,
  cat,
  compile,
  emitVerilog,
  enumeration,
  input,
  inspect,
  instance,
  Module,
  mux,
  output,
  pack,
  register,
  simulate,
  uint,
  unpack,
  vec,
  when,
} from "../index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";

const State = enumeration("State", ["idle", "run", "waitForAck"]);
const Opcode = enumeration("Opcode", { load: 3, store: 35, branch: 99 });

class Fsm extends Module {
  readonly start = input(bit);
  readonly ack = input(bit);
  readonly wanted = input(State);
  readonly state = output(State);
  readonly same = output(bit);
  readonly history = output(vec(2, State));
  build() {
    const state = register(State, { reset: "idle" });
    const history = register(vec(2, State), { reset: ["run", "waitForAck"] });
    when(state.is("idle"), () => {
      when(this.start, () => {
        state.next = "run";
      });
    })
      .elsewhen(state.is("run"), () => {
        state.next = "waitForAck";
      })
      .otherwise(() => {
        state.next = mux(this.ack, "idle", state);
      });
    history.next = [state, history.at(0)];
    this.state.value = state;
    this.same.value = state.eq(this.wanted);
    this.history.value = history;
  }
}

class Decode extends Module {
  readonly bits = input(uint(7));
  readonly opcode = output(Opcode);
  readonly known = output(bit);
  readonly memory = output(bit);
  readonly number = output(uint(7));
  readonly joined = output(uint(9));
  build() {
    const opcode = unpack(Opcode, this.bits);
    this.opcode.value = opcode;
    this.known.value = opcode.isMember();
    this.memory.value = opcode.isAny("load", "store");
    this.number.value = opcode.asUint();
    const both = unpack(bundle({ opcode: Opcode, more: uint(2) }), cat(opcode.asUint(), this.bits.slice(1, 0)));
    this.joined.value = pack(both);
  }
}

class Parent extends Module {
  readonly go = input(bit);
  readonly out = output(bundle({ state: State, busy: bit }));
  build() {
    const fsm = instance(new Fsm({}));
    fsm.start.value = this.go;
    fsm.ack.value = 1;
    fsm.wanted.value = "run";
    this.out.value = { state: fsm.state, busy: fsm.state.ne("idle") };
  }
}

for (const engine of ["inprocess", "icarus", "verilator"] as const) {
  describe(`enumerations, ${engine}`, () => {
    test("are written and read by name", async () => {
      const bench = await simulate(new Fsm({}), { engine });
      bench.in.start = 0;
      bench.in.ack = 0;
      bench.in.wanted = "idle";
      bench.reset();
      expect(bench.out.state).toBe("idle");
      expect(bench.out.history).toEqual(["run", "waitForAck"]);
      expect(bench.out.same).toBe(1);
      bench.in.start = 1;
      bench.step();
      expect(bench.out.state).toBe("run");
      expect(bench.out.history).toEqual(["idle", "run"]);
      bench.step(3);
      expect(bench.out.state).toBe("waitForAck");
      expect(bench.outBig.state).toBe(2n);
      bench.in.wanted = "waitForAck";
      expect(bench.out.same).toBe(1);
      bench.in.ack = 1;
      bench.step();
      expect(bench.out.state).toBe("idle");
      bench.close();
    });

    test("read bits, known or not", async () => {
      const bench = await simulate(new Decode({}), { engine });
      for (const [bits, name] of [
        [3, "load"],
        [35, "store"],
        [99, "branch"],
      ] as const) {
        bench.in.bits = bits;
        expect(bench.out).toMatchObject({ opcode: name, known: 1, memory: name === "branch" ? 0 : 1, number: bits });
        expect(bench.out.joined).toBe(4 * bits + (bits & 3));
      }
      bench.in.bits = 4;
      expect(bench.out.known).toBe(0);
      expect(bench.outBig.opcode).toBe(4n);
      expect(() => bench.out.opcode).toThrow(
        "opcode holds 4, which is no member of Opcode (load, store, branch); bench.outBig.opcode reads the number",
      );
      bench.close();
    });

    test("pass through children and bundles", async () => {
      const bench = await simulate(new Parent({}), { engine });
      bench.in.go = 1;
      bench.reset();
      expect(bench.out.out).toEqual({ state: "idle", busy: 0 });
      bench.step();
      expect(bench.out.out).toEqual({ state: "run", busy: 1 });
      bench.close();
    });
  });
}

test("the Verilog pleases a linter and Yosys", () => {
  const files = emitVerilog(compile(new Parent({})));
  lint(files);
  checkWithYosys(files);
});

test("Verilog shows names, each declared where it is used", () => {
  const [fsm, parent] = emitVerilog(compile(new Parent({}))).map((file) => file.text);
  expect(fsm).toContain("  localparam [1:0] STATE_IDLE = 2'd0;\n  localparam [1:0] STATE_RUN = 2'd1;\n");
  expect(fsm).toContain("STATE_RUN: state <= STATE_WAIT_FOR_ACK;");
  expect(fsm).toContain("state <= STATE_IDLE;");
  expect(fsm).toContain("history_0 <= STATE_RUN;");
  expect(parent).toContain("localparam [1:0] STATE_IDLE = 2'd0;");
  expect(parent).not.toContain("STATE_WAIT_FOR_ACK");
  expect(parent).toContain("fsm_state != STATE_IDLE");
});

test("a name that is taken gives way", () => {
  class Taken extends Module {
    readonly STATE_IDLE = input(State);
    readonly y = output(bit);
    build() {
      this.y.value = this.STATE_IDLE.is("idle");
    }
  }
  expect(emitVerilog(compile(new Taken({})))[0]!.text).toContain("assign y = STATE_IDLE == STATE_IDLE_value;");
});

test("the same enumeration made twice has one set of names", () => {
  class Twice extends Module {
    readonly a = input(enumeration("Mode", ["off", "on", "auto"]));
    readonly b = input(enumeration("Mode", ["off", "on", "auto"]));
    readonly y = output(bit);
    build() {
      this.y.value = this.a.is("on").and(this.b.is("on")).and(this.a.eq(this.b));
    }
  }
  const { text } = emitVerilog(compile(new Twice({})))[0]!;
  expect(text.match(/localparam/g)).toHaveLength(1);
});

test("waves show the names beside the bits", async () => {
  const folder = mkdtempSync(join(tmpdir(), "enum-"));
  try {
    const file = join(folder, "fsm.vcd");
    const bench = await simulate(new Fsm({}), { wave: file });
    bench.in.start = 1;
    bench.in.ack = 1;
    bench.in.wanted = 3; // an encoding without a name
    bench.reset();
    bench.step(3);
    bench.close();
    const wave = readFileSync(file, "utf8");
    const code = /\$var string 1 (\S+) state_name \$end/.exec(wave)![1]!;
    const wanted = /\$var string 1 (\S+) wanted_name \$end/.exec(wave)![1]!;
    expect(wave).toMatch(/\$var wire 2 \S+ state \[1:0\] \$end/);
    const shown = wave.split("\n").filter((line) => line.startsWith("s") && line.endsWith(` ${code}`));
    expect(shown.map((line) => line.slice(1, line.lastIndexOf(" ")))).toEqual(["idle", "run", "waitForAck", "idle"]);
    expect(wave).toContain(`s3 ${wanted}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("mistakes", () => {
  const told = (body: (module: Ports) => void): string[] => {
    class Faulty extends Ports {
      build() {
        body(this);
      }
    }
    return inspect(new Faulty({})).diagnostics.map(({ code, message }) => `${code} ${message}`);
  };

  abstract class Ports extends Module {
    readonly state = input(State);
    readonly opcode = input(Opcode);
    readonly y = output(State);
  }

  test("an unknown member, a number, another enumeration", () => {
    const state = [
      (m: Ports) => {
        m.y.value = "running" as never;
      },
      (m: Ports) => {
        m.y.value = 1 as never;
      },
      (m: Ports) => {
        m.y.value = m.opcode as never;
      },
      (m: Ports) => {
        m.y.value = mux(m.state.eq(m.opcode as never), "idle", m.state);
      },
    ].map((body) => told(body)[0]);
    expect(state).toEqual([
      'LS0115 an assignment is given "running", which is no member of State',
      "LS0115 an assignment needs a member of State, but is given 1",
      "LS0115 an assignment mixes State with Opcode",
      "LS0115 eq() mixes State with Opcode",
    ]);
  });

  test("a reset value that is no member", () => {
    expect(
      told((m) => {
        const r = register(State, { reset: "stop" as never });
        r.next = m.state;
        m.y.value = r;
      })[0],
    ).toBe('LS0115 the reset value of `r` is given "stop", which is no member of State');
  });

  test("declarations that do not work", () => {
    const wrong: [string, () => unknown][] = [
      ["has no members", () => enumeration("E", [])],
      ['has a member "otherwise"', () => enumeration("E", ["a", "otherwise"])],
      ['has a member "a b"', () => enumeration("E", ["a b"])],
      ["has `A` twice", () => enumeration("E", ["a", "A"])],
      ["both have the number 1", () => enumeration("E", { a: 1, b: 1 })],
      ["has the number -1", () => enumeration("E", { a: -1 })],
      ["has the number 0.5", () => enumeration("E", { a: 0.5 })],
      ['is called "1st"', () => enumeration("1st", ["a"])],
    ];
    for (const [message, declare] of wrong) expect(declare).toThrow(message);
  });

  test("the bench refuses names that are none", async () => {
    const bench = await simulate(new Fsm({}));
    expect(() => {
      bench.in.wanted = "runs" as never;
    }).toThrow('wanted is "runs"; State has the members idle, run, waitForAck');
    expect(() => {
      bench.in.wanted = 4;
    }).toThrow("wanted is 4; uint(2) holds 0 to 3");
    bench.close();
  });
});
