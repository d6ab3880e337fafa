import { describe, expect, test } from "vitest";
import {
  bit,
  bundle,
  compile,
  connect,
  emitVerilog,
  flipped,
  input,
  inspect,
  instance,
  Module,
  mux,
  output,
  pack,
  register,
  simulate,
  sint,
  uint,
  unpack,
  vec,
  when,
  wire,
} from "../index.ts";
import { checkWithYosys, lint } from "../verilog/testing/tools.ts";

const header = bundle({ kind: uint(3), tag: vec(2, sint(4)) });
const request = bundle({ valid: bit, header, data: uint(8) });
const stream = bundle({ valid: bit, data: uint(8), ready: flipped(bit) });

/** Holds what came last; the fields go through a register and a wire. */
class Hold extends Module {
  readonly request = input(request);
  readonly last = output(request);
  build() {
    const held = register(request, { reset: { valid: 0, header: { kind: 5, tag: [-1, 2] }, data: 7 } });
    const chosen = wire(request);
    chosen.value = mux(this.request.valid, this.request, held);
    held.next = chosen;
    this.last.value = held;
  }
}

/** One place of storage between two streams. */
class Slot extends Module {
  readonly from = input(stream);
  readonly to = output(stream);
  build() {
    const full = register(bit, { reset: 0 });
    const data = register(uint(8));
    const take = this.from.valid.and(full.not());
    when(take, () => {
      full.next = 1;
      data.next = this.from.data;
    }).elsewhen(this.to.ready, () => {
      full.next = 0;
    });
    this.from.ready.value = full.not();
    this.to.value = { valid: full, data };
  }
}

/** Two slots in a row, joined by bundles alone. */
class TwoSlots extends Module {
  readonly from = input(stream);
  readonly to = output(stream);
  build() {
    const first = instance(new Slot({}));
    const second = instance(new Slot({}));
    const between = wire(stream);
    connect(first.from, this.from);
    connect(between, first.to);
    connect(between, second.from);
    connect(second.to, this.to);
  }
}

class Lanes extends Module {
  readonly lanes = input(vec(2, bundle({ a: uint(4), b: sint(4) })));
  readonly out = output(vec(2, bundle({ sum: sint(6), packed: uint(8) })));
  build() {
    this.out.value = this.lanes.map((lane) => ({ sum: lane.a.toSint().add(lane.b), packed: pack(lane) }));
  }
}

class Chosen extends Module {
  readonly at = input(uint(2));
  readonly given = input(bundle({ a: uint(4), tag: vec(2, uint(3)) }));
  readonly found = output(bundle({ a: uint(4), tag: vec(2, uint(3)) }));
  build() {
    const store = register(vec(3, bundle({ a: uint(4), tag: vec(2, uint(3)) })), {
      reset: Array.from({ length: 3 }, () => ({ a: 0, tag: [0, 0] })),
    });
    store.at(this.at).next = this.given;
    this.found.value = store.at(this.at);
  }
}

class Through extends Module {
  readonly bits = input(uint(20));
  readonly out = output(uint(20));
  readonly parts = output(bundle({ top: sint(3), middle: vec(3, uint(4)), rest: header.fields.kind, low: uint(2) }));
  build() {
    const read = unpack(bundle({ top: sint(3), middle: vec(3, uint(4)), rest: uint(3), low: uint(2) }), this.bits);
    this.parts.value = read;
    this.out.value = pack(read);
  }
}

const portsIn = (design: ReturnType<typeof compile>): string[] =>
  design.top.ports.map(({ name, direction }) => `${direction} ${name}`);

describe("bundles on ports", () => {
  test("become one port per field, flipped ones turned round", () => {
    expect(portsIn(compile(new Slot({})))).toEqual([
      "input from_valid",
      "input from_data",
      "output from_ready",
      "output to_valid",
      "output to_data",
      "input to_ready",
    ]);
    expect(portsIn(compile(new Lanes({})))).toEqual([
      "input lanes_0_a",
      "input lanes_0_b",
      "input lanes_1_a",
      "input lanes_1_b",
      "output out_0_sum",
      "output out_0_packed",
      "output out_1_sum",
      "output out_1_packed",
    ]);
  });

  test("and names of registers in the Verilog", () => {
    const text = emitVerilog(compile(new Hold({})))
      .map((file) => file.text)
      .join("");
    expect(text).toContain("request_header_kind");
    expect(text).toContain("held_data");
    expect(text).toMatch(/held_header_tag_0 <= -4'sd1;/);
  });
});

for (const engine of ["inprocess", "icarus"] as const) {
  describe(`bundles in simulation, ${engine}`, () => {
    test("registers, wires, resets and muxes", async () => {
      const bench = await simulate(new Hold({}), { engine });
      bench.in.request = { valid: 0, header: { kind: 1, tag: [3, -8] }, data: 200 };
      bench.reset();
      expect(bench.out.last).toEqual({ valid: 0, header: { kind: 5, tag: [-1, 2] }, data: 7 });
      bench.step();
      expect(bench.out.last.header.kind).toBe(5);
      bench.in.request.valid = 1;
      bench.step();
      expect(bench.out.last).toEqual({ valid: 1, header: { kind: 1, tag: [3, -8] }, data: 200 });
      bench.in.request.header = { kind: 2, tag: [0, 0] };
      bench.step();
      expect(bench.outBig.last.header).toEqual({ kind: 2n, tag: [0n, 0n] });
      bench.close();
    });

    test("streams through children, connected both ways", async () => {
      const bench = await simulate(new TwoSlots({}), { engine });
      bench.in.from = { valid: 0, data: 0 };
      bench.in.to = { ready: 0 };
      bench.reset();
      const sent = [11, 22, 33, 44, 55];
      const got: number[] = [];
      let next = 0;
      for (let cycle = 0; cycle < 40; cycle++) {
        bench.in.from = { valid: next < sent.length, data: sent[next] ?? 0 };
        bench.in.to.ready = cycle % 3 === 0;
        const taken = bench.out.from.ready === 1 && next < sent.length;
        if (bench.out.to.valid === 1 && cycle % 3 === 0) got.push(bench.out.to.data);
        bench.step();
        if (taken) next++;
      }
      expect(got.slice(0, 5)).toEqual(sent);
      bench.close();
    });

    test("vectors of bundles", async () => {
      const bench = await simulate(new Lanes({}), { engine });
      bench.in.lanes = [
        { a: 15, b: -8 },
        { a: 1, b: 7 },
      ];
      expect(bench.out.out).toEqual([
        { sum: 7, packed: 0xf8 },
        { sum: 8, packed: 0x17 },
      ]);
      bench.in.lanes[1]!.a = 2;
      expect(bench.out.out[1]!.sum).toBe(9);
      bench.close();
    });

    test("an element that a signal names", async () => {
      const bench = await simulate(new Chosen({}), { engine });
      bench.reset();
      const record = (i: number) => ({ a: 3 * i, tag: [i, 7 - i] });
      for (let i = 0; i < 3; i++) {
        bench.in.at = i;
        bench.in.given = record(i);
        bench.step();
      }
      for (let i = 0; i < 3; i++) {
        bench.in.at = i;
        expect(bench.out.found).toEqual(record(i));
      }
      bench.close();
    });

    test("pack and unpack are each other's reverse, first field on top", async () => {
      const bench = await simulate(new Through({}), { engine });
      for (const value of [0xfffff, 0, 0x12345, 0xabcde, 0x80001]) {
        bench.in.bits = value;
        expect(bench.out.out).toBe(value);
        const middle = [0, 1, 2].map((i) => (value >> (5 + 4 * i)) & 15);
        expect(bench.out.parts).toEqual({
          top: value >> 17 > 3 ? (value >> 17) - 8 : value >> 17,
          middle,
          rest: (value >> 2) & 7,
          low: value & 3,
        });
      }
      bench.close();
    });
  });
}

test("the Verilog pleases a linter and Yosys", () => {
  const files = emitVerilog(compile(new TwoSlots({})));
  lint(files);
  checkWithYosys(files);
});

describe("the bench", () => {
  test("refuses other fields than there are", async () => {
    const bench = await simulate(new Hold({}));
    expect(() => {
      bench.in.request = { valid: 1, data: 3 } as never;
    }).toThrow("request takes { valid, header, data }, not { valid, data }");
    expect(() => {
      (bench.in.request as unknown as Record<string, number>).vaild = 1;
    }).toThrow("there is no input `vaild` in request; inputs: valid, header, data");
    expect(() => {
      bench.in.request.header.kind = 8;
    }).toThrow("request.header.kind is 8; uint(3) holds 0 to 7");
    expect(() => (bench.out.last as unknown as Record<string, number>).vaild).not.toThrow();
    bench.close();
  });
});

/** The complaints about a module whose build() is `body`. */
function complaints(body: (ports: Ports) => void): string[] {
  class Faulty extends Ports {
    build() {
      body(this);
    }
  }
  return inspect(new Faulty({})).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

abstract class Ports extends Module {
  readonly from = input(stream);
  readonly to = output(stream);
}

describe("mistakes", () => {
  test("missing and extra fields", () => {
    expect(
      complaints(({ from, to }) => {
        from.ready.value = to.ready;
        to.value = { valid: 1, date: from.data } as never;
      })[0],
    ).toBe("LS0112 a bundle is assigned a record without a value for `data` and with `date`, which it has not");
  });

  test("a flipped field in an assignment", () => {
    expect(
      complaints(({ from, to }) => {
        from.ready.value = 1;
        to.value = from as never;
      })[0],
    ).toBe("LS0112 a bundle is assigned a value for `ready`, which flows the other way");
  });

  test("bundles of different types are connected", () => {
    expect(
      complaints(({ from, to }) => {
        const other = wire(bundle({ valid: bit, data: uint(9), last: bit, ready: flipped(bit) }));
        connect(other, from as never);
        to.value = from as never;
      }).slice(0, 2),
    ).toEqual([
      "LS0112 connect() of bundles whose field `data` is uint(9) on one side and uint(8) on the other",
      "LS0112 connect() of bundles of which one alone has the field `last`",
    ]);
  });

  test("a field that is not driven is named as it is written", () => {
    const found = complaints(({ from, to }) => {
      to.value = { valid: from.valid, data: from.data };
    });
    expect(found).toContain("LS0201 output `from.ready` is never driven");
  });

  test("names that collide", () => {
    class Collide extends Module {
      readonly a = input(bundle({ b_c: bit }));
      readonly a_b = input(bundle({ c: bit }));
      readonly y = output(bit);
      build() {
        this.y.value = this.a.b_c.and(this.a_b.c);
      }
    }
    expect(inspect(new Collide({})).diagnostics.map(({ message }) => message)).toEqual([
      "`a.b_c` and `a_b.c` both become the port `a_b_c`",
    ]);
  });

  test("fields with names that cannot be", () => {
    for (const name of ["value", "a b", "_x"]) {
      class Named extends Module {
        readonly a = input(bundle({ [name]: bit } as { x: typeof bit }));
        build() {}
      }
      expect(() => new Named({}), name).toThrow("LS0113");
    }
  });

  test("reset values for what is not there", () => {
    expect(
      complaints(({ from, to }) => {
        connect(to, from);
        const held = register(vec(2, bundle({ a: bit, b: bit })), { reset: [{ a: 0, c: 1 } as never] });
        held.next = held;
      }).slice(0, 2),
    ).toEqual([
      "LS0112 the reset value has 1 element for a vector of 2",
      "LS0112 the reset value[0] has a field `c`, which the type has not",
    ]);
  });

  test("a register of a type with directions", () => {
    expect(
      complaints(({ from, to }) => {
        connect(to, from);
        register(stream);
      })[0],
    ).toContain("LS0113 the register's type has a flipped field `ready`");
  });
});
