import { expect, test } from "vitest";
import { captureSource, formatDiagnostic } from "../diagnostics/index.ts";
import { inspect } from "../elaborate.ts";
import { bit } from "../types/index.ts";
import { input, instance, Module, output } from "./index.ts";

/** As many inverters in each other as `depth` says. */
class Nested extends Module<{ depth: number }> {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const { depth } = this.params;
    if (depth === 0) {
      this.y.value = this.a;
      return;
    }
    const inner = instance(new Nested({ depth: depth - 1 }));
    inner.a.value = this.a;
    this.y.value = inner.y.not();
  }
}

class Ping extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const pong = instance(new Pong({}));
    pong.a.value = this.a;
    this.y.value = pong.y;
  }
}

class Pong extends Module {
  readonly a = input(bit);
  readonly y = output(bit);
  build() {
    const ping = instance(new Ping({}));
    ping.a.value = this.a;
    this.y.value = ping.y;
  }
}

class Table extends Module {
  readonly y = output(bit);
  build() {
    this.y.value = instance(new Ping({})).y;
  }
}

test("a module may contain itself hundreds of times", () => {
  const { design, diagnostics } = inspect(new Nested({ depth: 500 }));
  expect(diagnostics).toEqual([]);
  expect(design?.modules).toHaveLength(501);
});

test("modules that contain each other without end are told, with the way round", () => {
  const { design, diagnostics } = inspect(new Table({}));
  expect(design).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(["LS0325"]);
  const text = formatDiagnostic(diagnostics[0]!);
  expect(text).toContain(": Table > Ping > Pong > Ping > Pong > …");
  expect(text).toContain("instance(new Pong({}))");
  expect(text).toContain("instance(new Ping({}))");
});

test("a parameter that never ends the recursion is shown", () => {
  const [diagnostic] = inspect(new Nested({ depth: -1 })).diagnostics;
  expect(diagnostic?.message).toContain(": Nested (depth: -1) > Nested (depth: -2) > Nested (depth: -3) > …");
});

test("another error that fills the stack is thrown as it is", () => {
  class Lost extends Module {
    readonly y = output(bit);
    build() {
      const again = (): number => 1 + again();
      this.y.value = again();
    }
  }
  expect(() => inspect(new Lost({}))).toThrow(RangeError);
});

test("at the end of the stack a place is found or the stack is full, and nothing else happens", () => {
  const errors: unknown[] = [];
  let places = 0;
  // Not by way of the import, whose getter needs stack as well.
  const capture = captureSource;
  const dive = (room: number): void => {
    try {
      dive(room + 1);
    } catch (error) {
      errors.push(error);
    }
    if (places > 100) return;
    try {
      capture(dive);
      places++;
    } catch (error) {
      errors.push(error);
    }
  };
  dive(0);
  expect(places).toBeGreaterThan(100);
  expect(errors.filter((error) => !(error instanceof RangeError && /call stack/.test(error.message)))).toEqual([]);
});
