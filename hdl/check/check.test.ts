import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../diagnostics/index.ts";
import { inspect } from "../elaborate.ts";
import {
  cat,
  constant,
  indexWidth,
  input,
  instance,
  Module,
  memory,
  mux,
  output,
  register,
  type SInt,
  type UInt,
  when,
  wire,
} from "../language/index.ts";
import { bit, sint, uint, vec } from "../types/index.ts";

/** What a module is told, as `code message`. */
const told = (module: Module): string[] => inspect(module).diagnostics.map(({ code, message }) => `${code} ${message}`);

/** A module of two inputs, whose output is what `body` makes of them. */
class Two extends Module<{ bits: number; body: (a: UInt, b: UInt) => UInt | SInt }> {
  readonly a = input(uint(this.params.bits));
  readonly b = input(uint(this.params.bits));
  readonly y = output(uint(64));
  build() {
    const value = this.params.body(this.a, this.b);
    const bits = value.signed ? (value as SInt).asUint() : (value as UInt);
    this.y.value = bits.xor(this.a.reduceXor()).xor(this.b.reduceXor()).resize(64);
  }
}

/** The same without reading the inputs for their own sake. */
class Only extends Module<{ body: (a: UInt, b: UInt) => UInt }> {
  readonly a = input(uint(8));
  readonly b = input(uint(8));
  readonly y = output(uint(32));
  build() {
    this.y.value = this.params.body(this.a, this.b);
  }
}

describe("bits that are never read", () => {
  const cases: [string, (a: UInt, b: UInt) => UInt, string[]][] = [
    ["all read", (a, b) => a.add(b), []],
    ["a slice", (a, b) => a.slice(5, 2).add(b), ["bits 7 to 6 and 1 to 0 of input `a`"]],
    ["a bit", (a, b) => cat(a.bit(3), b), ["bits 7 to 4 and 2 to 0 of input `a`"]],
    [
      "low bits of a sum need lower bits only",
      (a, b) => a.add(b).wrap(4),
      ["bits 7 to 4 of input `a`", "bits 7 to 4 of input `b`"],
    ],
    ["the top of a sum needs all", (a, b) => a.add(b).bit(8), []],
    ["a mask", (a, b) => a.and(0x0f).add(b), ["bits 7 to 4 of input `a`"]],
    ["a mask by or", (a, b) => a.or(1).add(b), ["bit 0 of input `a`"]],
    ["shifted away", (a, b) => a.shiftRight(1).add(b), ["bit 0 of input `a`"]],
    ["a comparison needs all", (a, b) => mux(a.lt(b), constant(bit, 1), 0), []],
    ["not at all", (a) => a, ["input `b`"]],
  ];
  test.each(cases)("%s", (_name, body, expected) => {
    const found = told(new Only({ body }));
    expect(found.map((text) => text.replace(/^LS0205 (.*) (is|are) never read.*$/, "$1"))).toEqual(expected);
  });

  test("elements of a vector, registers that only feed themselves, one complaint per declaration", () => {
    class Several extends Module {
      readonly a = input(vec(3, uint(4)));
      readonly y = output(uint(4));
      build() {
        const counts = register(vec(3, uint(4)), { reset: 0 });
        for (const count of counts) count.next = count.addWrap(1);
        this.y.value = cat(counts.at(1).bit(1), this.a.at(0).slice(2, 0)).resize(4);
      }
    }
    expect(told(new Several({}))).toEqual([
      "LS0205 bit 3 of input `a[0]` is never read: nothing that leaves the module depends on it",
      "LS0205 inputs `a[1]` to `a[2]` (2 of them) are never read: nothing that leaves the module depends on them",
      "LS0205 registers `counts_0` to `counts_2` (2 of them) are never read: nothing that leaves the module depends on them",
      "LS0205 bits 3 to 2 of register `counts_1` are never read: nothing that leaves the module depends on them",
    ]);
  });

  test("a long delay line and a wide shift register are worked out in time", () => {
    class Long extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        const stages = register(vec(3000, bit));
        stages.next = [this.a, ...stages.elements.slice(0, -1)];
        const wide = register(uint(600));
        wide.next = cat(wide.slice(598, 0), stages.at(2999));
        this.y.value = wide.bit(599);
      }
    }
    const start = performance.now();
    expect(told(new Long({}))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe("comparisons that always give the same", () => {
  const always: [string, (a: UInt, b: UInt) => UInt, RegExp][] = [
    ["eq beyond", (a) => a.eq(16), /eq\(\) is always false: the left side is 0 to 15, the right side 16/],
    ["ne beyond", (a) => a.ne(16), /ne\(\) is always true/],
    ["lt beyond", (a) => a.lt(16), /lt\(\) is always true/],
    ["lt 0", (a) => a.lt(0), /lt\(\) is always false/],
    ["ge 0", (a) => a.ge(0), /ge\(\) is always true/],
    ["le largest", (a) => a.le(15), /le\(\) is always true/],
    ["gt largest", (a) => a.gt(15), /gt\(\) is always false/],
    ["itself", (a) => a.eq(a), /eq\(\) is always true: a value is compared with itself/],
    ["itself lt", (a) => a.lt(a), /lt\(\) is always false: a value is compared with itself/],
    ["extended", (a) => a.extend(8).gt(20), /gt\(\) is always false: the left side is 0 to 15, the right side 20/],
    ["signed", (a) => a.asSint().lt(-8), /lt\(\) is always false: the left side is -8 to 7, the right side -8/],
  ];
  test.each(always)("%s", (_name, body, message) => {
    const found = told(new Two({ bits: 4, body }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^LS0209 /);
    expect(found[0]).toMatch(message);
  });

  test("not: a memory that is read and written by one address, where the user compares nothing", () => {
    class WriteFirst extends Module {
      readonly enable = input(bit);
      readonly address = input(uint(4));
      readonly data = input(uint(8));
      readonly q = output(uint(8));
      readonly r = output(uint(8));
      build() {
        const words = memory(uint(8), 16, { readUnderWrite: "new" });
        when(this.enable, () => {
          words.write(this.address, this.data);
        });
        this.q.value = words.readSync(this.address);
        this.r.value = words.readSync(this.address.xor(15), { enable: this.enable });
      }
    }
    expect(told(new WriteFirst({}))).toEqual([]);
  });

  const sometimes: [string, (a: UInt, b: UInt) => UInt][] = [
    ["the largest", (a) => a.eq(15)],
    ["just below", (a) => a.lt(15)],
    ["the smallest", (a) => a.gt(0)],
    ["two signals", (a, b) => a.le(b)],
    ["wider than the other", (a, b) => a.extend(6).lt(b)],
    ["two constants, a matter of parameters", () => constant(uint(4), 3).lt(5)],
    ["signed at the edge", (a) => a.asSint().le(-8)],
  ];
  test.each(sometimes)("not: %s", (_name, body) => {
    expect(told(new Two({ bits: 4, body }))).toEqual([]);
  });

  test("every verdict is true of every value", () => {
    const operators = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
    const holds = { eq: 0, ne: 0, lt: 0, le: 0, gt: 0, ge: 0 };
    for (const operator of operators) {
      for (let literal = -5; literal <= 5; literal++) {
        const values = [-4, -3, -2, -1, 0, 1, 2, 3];
        const results = new Set(
          values.map((x) => {
            if (operator === "eq") return x === literal;
            if (operator === "ne") return x !== literal;
            if (operator === "lt") return x < literal;
            if (operator === "le") return x <= literal;
            return operator === "gt" ? x > literal : x >= literal;
          }),
        );
        const found = told(new Two({ bits: 3, body: (a) => a.asSint()[operator](literal) }));
        expect(found, `${operator} ${literal}`).toHaveLength(results.size === 1 ? 1 : 0);
        if (found[0]) expect(found[0]).toContain(`always ${[...results][0]}`);
        holds[operator]++;
      }
    }
    expect(Object.values(holds)).toEqual([11, 11, 11, 11, 11, 11]);
  });
});

describe("indices", () => {
  /** Selects from a memory, a vector and a value by indices of a width. */
  class Select extends Module<{ bits: number; entries: number }> {
    readonly index = input(uint(this.params.bits));
    readonly values = input(vec(this.params.entries, uint(2)));
    readonly word = input(uint(this.params.entries));
    readonly y = output(uint(5));
    build() {
      const words = memory(uint(2), this.params.entries);
      words.write(this.index.resize(indexWidth(this.params.entries)), 1);
      const own = words.read(this.index);
      this.y.value = cat(own, this.values.at(this.index), this.word.bit(this.index));
    }
  }

  test.each([
    [3, 8, 0],
    [3, 7, 0],
    [1, 2, 0],
    [2, 5, 4],
    [3, 9, 4],
  ])("%i bits into %i entries: %i complaints", (bits, entries, complaints) => {
    const found = told(new Select({ bits, entries })).filter((text) => !text.startsWith("LS0205"));
    expect(found).toHaveLength(complaints);
    for (const text of found) {
      expect(text).toMatch(/^LS0214 the index into (memory `words`|a vector of \d|a value of \d bits) has/);
      expect(text).toContain(`of ${entries} entries it reaches ${2 ** bits}`);
    }
  });

  test("a constant, a rotation and a slice at an offset are meant as they are", () => {
    class Meant extends Module {
      readonly a = input(uint(8));
      readonly n = input(uint(2));
      readonly y = output(uint(16));
      build() {
        const words = memory(uint(4), 8);
        words.write(3, this.a.wrap(4));
        this.y.value = cat(this.a.rotateLeft(this.n), words.read(3), this.a.sliceAt(this.n, 4));
      }
    }
    expect(told(new Meant({})).filter((text) => !text.startsWith("LS0205"))).toEqual([]);
  });
});

class Inverter extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  readonly z = output(bit);
  build() {
    this.y.value = this.a.not();
    this.z.value = this.a;
  }
}

describe("parts without effect", () => {
  test("an instance of which one output is read has one", () => {
    class Half extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        const used = instance(new Inverter({}));
        const lost = instance(new Inverter({}));
        used.a.value = this.a;
        lost.a.value = used.z;
        this.y.value = used.y;
      }
    }
    expect(told(new Half({}))).toEqual(["LS0210 no output of instance `lost` (Inverter) is read: it has no effect"]);
  });

  test("memories", () => {
    class Words extends Module {
      readonly address = input(uint(2));
      readonly y = output(uint(8));
      build() {
        const both = memory(uint(8), 4);
        both.write(this.address, both.read(this.address).addWrap(1));
        const written = memory(uint(8), 4);
        written.write(this.address, 1);
        this.y.value = both.read(0);
      }
    }
    expect(told(new Words({}))).toEqual([
      "LS0211 memory `written` is never read: nothing that leaves the module depends on it",
    ]);
  });

  test("a module with inputs alone", () => {
    class Sink extends Module {
      readonly a = input(bit);
      build() {}
    }
    expect(told(new Sink({}))).toContain("LS0212 Sink has no output, so nothing in it has an effect");
  });

  test("a module with nothing at all is told of by its class or where it is put in place", () => {
    class Empty extends Module {
      build() {}
    }
    class Around extends Module {
      readonly y = output(bit);
      build() {
        instance(new Empty({}));
        this.y.value = 0;
      }
    }
    for (const [module, line] of [
      [new Empty({}), /class Empty|new Empty/],
      [new Around({}), /instance\(new Empty\({}\)\);/],
    ] as const) {
      const [diagnostic] = inspect(module).diagnostics;
      expect(diagnostic?.code).toBe("LS0212");
      expect(formatDiagnostic(diagnostic!)).toMatch(line);
    }
    class Several extends Module {
      readonly y = output(bit);
      build() {
        instance(new Empty({}));
        instance(new Empty({}));
        this.y.value = 0;
      }
    }
    expect(inspect(new Several({})).diagnostics.flatMap(({ places }) => places)).toHaveLength(2);
  });
});

describe("names that differ only in capitals", () => {
  test("of modules and of what they declare", () => {
    class INVERTER extends Inverter {}
    class Names extends Module {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        const first = instance(new Inverter({}));
        const Y = instance(new INVERTER({}));
        first.a.value = this.a;
        Y.a.value = first.y;
        this.y.value = Y.y;
      }
    }
    expect(told(new Names({}))).toEqual([
      "LS0403 the names `Y` and `y` differ only in capitals",
      "LS0403 the modules `INVERTER` and `Inverter` differ only in capitals",
    ]);
  });
});

describe("values and the when() that made them", () => {
  test("used in the same branch or deeper: nothing", () => {
    class Inside extends Module {
      readonly a = input(uint(4));
      readonly y = output(uint(4));
      build() {
        this.y.value = 0;
        when(this.a.bit(0), () => {
          const local = wire(uint(4));
          local.value = this.a.not();
          const sum = local.addWrap(1);
          when(this.a.bit(1), () => {
            this.y.value = sum;
          }).elsewhen(sum.bit(0), () => {
            this.y.value = local;
          });
        });
      }
    }
    expect(told(new Inside({}))).toEqual([]);
  });

  test("used outside, in another branch too", () => {
    class Outside extends Module {
      readonly a = input(sint(4));
      readonly y = output(sint(4));
      readonly z = output(sint(4));
      build() {
        let kept = this.a;
        this.z.value = 0;
        when(this.a.bit(0), () => {
          kept = this.a.subWrap(1) as typeof kept;
        }).otherwise(() => {
          this.z.value = kept;
        });
        this.y.value = kept.not();
      }
    }
    const { diagnostics, design } = inspect(new Outside({}));
    expect(diagnostics.map(({ code, signal }) => `${code} ${signal}`)).toEqual(["LS0213 kept", "LS0213 kept"]);
    expect(diagnostics[0]!.places.map(({ note }) => note)).toEqual(["used here", "made here"]);
    expect(design).toBeDefined();
  });

  test("constants go where they like", () => {
    class Constants extends Module {
      readonly a = input(bit);
      readonly y = output(uint(4));
      build() {
        let five: UInt<4> | undefined;
        when(this.a, () => {
          five = constant(uint(4), 5);
        });
        this.y.value = mux(this.a, five!, 0);
      }
    }
    expect(told(new Constants({}))).toEqual([]);
  });
});
