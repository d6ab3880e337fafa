import { describe, expect, test } from "vitest";
import {
  bit,
  clockDomain,
  inDomain,
  input,
  inspect,
  instance,
  Module,
  type Module as ModuleType,
  memory,
  output,
  register,
  type SInt,
  sint,
  synchronise,
  uint,
  wire,
} from "../index.ts";

const told = (module: ModuleType): string[] =>
  inspect(module)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, message, places }) => [`${code} ${message}`, ...places.map(({ note }) => `  ${note}`)].join("\n"));

class Hold extends Module {
  readonly data = input(uint(8));
  readonly held = output(uint(8));
  build() {
    const held = register(uint(8), { reset: 0 });
    held.next = this.data;
    this.held.value = held;
  }
}

/** Combinational, so that a path goes through it. */
class Invert extends Module {
  readonly data = input(uint(8));
  readonly inverted = output(uint(8));
  build() {
    this.inverted.value = this.data.not();
  }
}

describe("clock crossings (LS0304)", () => {
  test("the way goes through every one of several equal children, and by the names of helpers' results", () => {
    class Twice extends Module {
      readonly fast = clockDomain();
      readonly data = input(uint(8));
      readonly result = output(sint(8));
      build() {
        const slow = register(uint(8), { reset: 0 });
        slow.next = this.data;
        const first = instance(new Invert({}));
        first.data.value = slow;
        const second = instance(new Invert({}));
        second.data.value = first.inverted;
        const drive = (to: SInt<8>) => {
          to.slice(7, 0).value = second.inverted;
          return to;
        };
        const mixed = drive(wire(sint(8)));
        const out = register(sint(8), { reset: 0, domain: this.fast });
        out.next = mixed;
        this.result.value = out;
      }
    }
    const [way] = told(new Twice({}));
    expect(way).toMatch(/^LS0304 .* takes a value from register `slow` of the default clock domain/);
    expect(way).toContain("through `mixed`");
    expect(way?.match(/through output `inverted/g)).toHaveLength(2);
    expect(way).toMatch(/from register `slow`$/);
  });

  test("are found through children and wires, with the way", () => {
    class Through extends Module {
      readonly fast = clockDomain();
      readonly data = input(uint(8));
      readonly result = output(uint(8));
      build() {
        const slow = instance(new Hold({}));
        slow.data.value = this.data;
        const invert = instance(new Invert({}));
        invert.data.value = slow.held;
        const between = wire(uint(8));
        between.value = invert.inverted;
        const caught = inDomain(this.fast, () => instance(new Hold({})));
        caught.data.value = between;
        this.result.value = caught.held;
      }
    }
    expect(told(new Through({}))).toMatchInlineSnapshot(`
      [
        "LS0304 register \`held_reg\` of clock domain \`fast\` takes a value from register \`held_reg\` of the default clock domain (clock)
        to register \`held_reg\`
        through input \`data\`
        through \`between\`
        through output \`inverted\`
        through \`inverted_value\`
        through input \`data\`
        through output \`held\`
        from register \`held_reg\`",
      ]
    `);
  });

  test("end at a synchroniser, at a register that is marked, and at a memory that is marked", () => {
    class Marked extends Module<{ marked: boolean }> {
      readonly fast = clockDomain();
      readonly data = input(bit);
      readonly a = output(bit, { domain: this.fast });
      readonly b = output(bit, { domain: this.fast });
      build() {
        const held = register(bit, { reset: 0 });
        held.next = this.data;
        const other = this.params.marked ? { crossing: "changes only while nobody looks" } : {};
        const direct = register(bit, { reset: 0, domain: this.fast, ...other });
        direct.next = held;
        this.a.value = this.params.marked ? synchronise(held, { domain: this.fast }) : held;
        this.b.value = direct;
      }
    }
    expect(told(new Marked({ marked: true }))).toEqual([]);
    expect(told(new Marked({ marked: false })).map((text) => text.split("\n")[0])).toEqual([
      "LS0304 register `direct` of clock domain `fast` takes a value from register `held` of the default clock domain (clock)",
      "LS0304 output `a` of clock domain `fast` takes a value from register `held` of the default clock domain (clock)",
    ]);
  });

  test("hold for ports with a domain, for memories, and for the enable of a register", () => {
    class Ports extends Module {
      readonly fast = clockDomain();
      readonly go = input(bit, { domain: this.fast });
      readonly free = input(bit);
      readonly a = output(uint(8));
      readonly b = output(uint(8), { domain: this.fast });
      build() {
        const words = memory(uint(8), 4);
        words.write(0, 1);
        const count = register(uint(8), { reset: 0, enable: this.go });
        count.next = count.addWrap(this.free);
        this.a.value = count;
        this.b.value = words.read(1);
      }
    }
    expect(told(new Ports({})).map((text) => text.split("\n")[0])).toEqual([
      "LS0304 register `count` of the default clock domain (clock) takes a value from input `go` of clock domain `fast`",
      "LS0304 output `b` of clock domain `fast` takes a value from memory `words` of the default clock domain (clock)",
    ]);
  });

  test("are none between the edges of one clock, and none in a design with one clock", () => {
    class Edges extends Module {
      readonly late = clockDomain({ edge: "falling", clockName: "clock", resetName: "reset" });
      readonly data = input(bit);
      readonly result = output(bit);
      build() {
        const first = register(bit, { reset: 0 });
        first.next = this.data;
        const second = register(bit, { reset: 0, domain: this.late });
        second.next = first;
        this.result.value = second;
      }
    }
    expect(told(new Edges({}))).toEqual([]);
  });

  test("are told once for the elements of a register, in linear time", () => {
    class Wide extends Module {
      readonly fast = clockDomain();
      readonly data = input(uint(8));
      readonly result = output(uint(8));
      build() {
        let value = register(uint(8), { reset: 0 });
        value.next = this.data;
        for (let i = 0; i < 20_000; i++) value = value.not().xor(this.data);
        const caught = register(uint(8), { domain: this.fast });
        caught.next = value;
        this.result.value = caught;
      }
    }
    expect(told(new Wide({}))).toHaveLength(1);
  });
});
