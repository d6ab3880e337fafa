import { describe, expect, test } from "vitest";
import { diagnosticsJson } from "../diagnostics/index.ts";
import { inspect } from "../elaborate.ts";
import { bit, uint, vec } from "../types/index.ts";
import { allow, input, instance, Module, memory, output, register, wire } from "./index.ts";

/** What `module` is told and what it allows, as `code signal`. */
function result(module: Module): { told: string[]; allowed: string[] } {
  const { diagnostics, suppressed } = inspect(module);
  return {
    told: diagnostics.map(({ code, signal }) => `${code} ${signal ?? ""}`.trim()),
    allowed: suppressed.map(({ diagnostic, allowance }) => `${diagnostic.signal}: ${allowance.reason}`),
  };
}

describe("allow()", () => {
  test("around a port", () => {
    class Ports extends Module {
      readonly spare = allow("LS0205", "next revision", input(bit));
      readonly forgotten = input(bit);
      readonly y = output(bit);
      build() {
        this.y.value = 0;
      }
    }
    expect(result(new Ports({}))).toEqual({ told: ["LS0205 forgotten"], allowed: ["spare: next revision"] });
  });

  test("around a declaration, which keeps its name, and about several signals at once", () => {
    class Inside extends Module {
      readonly a = input(bit);
      readonly b = input(vec(2, bit));
      readonly y = output(bit);
      build() {
        const held = allow("LS0205", "seen in waves", register(bit));
        held.next = this.a;
        const other = wire(uint(2));
        other.value = 0;
        allow("LS0205", "pads", [this.b, other]);
        this.y.value = 0;
      }
    }
    // `a` is read by what nobody reads.
    expect(result(new Inside({}))).toEqual({
      told: ["LS0205 a"],
      allowed: ["b: pads", "held: seen in waves", "other: pads"],
    });
  });

  test("for a whole module, once for all its copies, and for no other", () => {
    class Part extends Module {
      readonly a = input(bit);
      readonly b = input(bit);
      readonly y = output(bit);
      build() {
        allow("LS0205", "a place holder");
        this.y.value = 0;
      }
    }
    class Whole extends Module {
      readonly a = input(bit);
      readonly c = input(bit);
      readonly y = output(uint(2));
      build() {
        for (let i = 0; i < 2; i++) {
          const part = instance(new Part({}));
          part.a.value = this.a;
          part.b.value = this.a;
          this.y.bit(i).value = part.y;
        }
      }
    }
    const { told, allowed } = result(new Whole({}));
    expect(told).toEqual(["LS0205 c"]);
    expect(allowed).toEqual(["a: a place holder", "b: a place holder"]);
  });

  test("what allows nothing is told itself", () => {
    class Idle extends Module {
      readonly a = allow("LS0205", "old", input(bit));
      readonly y = output(bit);
      build() {
        allow("LS0205", "older");
        this.y.value = this.a;
      }
    }
    const { diagnostics } = inspect(new Idle({}));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning LS0207",
      "warning LS0207",
    ]);
    expect(diagnostics.map(({ message }) => message).join()).toMatch(/"old".*"older"/);
  });

  test("whether it is needed may depend on the parameters", () => {
    class Depends extends Module<{ read: boolean }> {
      readonly a = input(bit);
      readonly y = output(bit);
      build() {
        allow("LS0205", "only some variants read it", this.a);
        allow("LS0207", "see above");
        this.y.value = this.params.read ? this.a : 0;
      }
    }
    expect(result(new Depends({ read: false })).told).toEqual([]);
    expect(result(new Depends({ read: true })).told).toEqual([]);
  });

  test("an error, an unknown code and no reason are refused", () => {
    class Refused extends Module {
      readonly y = output(bit);
      build() {
        allow("LS0201" as never, "later", this.y);
        allow("LS9999" as never, "later", this.y);
        allow("LS0205", " ");
        this.y.value = 0;
      }
    }
    const { diagnostics } = inspect(new Refused({}));
    expect(diagnostics.map(({ code }) => code)).toEqual(["LS0208", "LS0208", "LS0208"]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "LS0201 is an error: only a warning can be allowed",
      "LS9999 is no code: only a warning can be allowed",
      "LS0205 is allowed without a reason",
    ]);
    expect(() => allow("LS0205", "nowhere")).toThrow(/LS0208: allow\(\) stands outside build\(\)/);
    expect(() => allow("LS0205", "")).toThrow(/LS0208/);
  });

  test("the type checker refuses an error's code", () => {
    // @ts-expect-error an error cannot be allowed
    expect(() => allow("LS0201", "never")).toThrow(/LS0208/);
  });
});

test("JSON: what is told, and what is allowed with its reason and place", () => {
  class Both extends Module {
    readonly a = allow("LS0205", "next revision", input(bit));
    readonly b = input(bit);
    readonly y = output(bit);
    build() {
      const words = allow("LS0205", "unused so far", memory(bit, 2));
      words.write(0, 1);
      this.y.value = words.read(0);
    }
  }
  const json = JSON.parse(JSON.stringify(diagnosticsJson(inspect(new Both({})))));
  expect(json).toMatchObject({
    errors: 0,
    warnings: 2,
    diagnostics: [
      {
        code: "LS0205",
        signal: "b",
        severity: "warning",
        places: [{ line: expect.any(Number), note: "declared here" }],
      },
      { code: "LS0207" },
    ],
    suppressed: [
      {
        code: "LS0205",
        signal: "a",
        allowed: { reason: "next revision", file: expect.stringMatching(/allow\.test\.ts$/), line: expect.any(Number) },
      },
    ],
  });
});
