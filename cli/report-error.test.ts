import { expect, test, vi } from "vitest";
import { bit, compile, DesignError, Module, output } from "../hdl/index.ts";
import { reportError } from "./report-error.ts";

class Blinker extends Module {
  readonly led = output(bit);
  build(): void {}
}

/** What building it throws. */
function designError(): unknown {
  try {
    compile(new Blinker({}));
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What `reportError` returns and writes. */
function report(json: boolean): { code: number; out: string; err: string } {
  let [out, err] = ["", ""];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  try {
    const code = reportError(designError(), "generate", json);
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test("a design with errors: text for a person, data for a program", () => {
  expect(designError()).toBeInstanceOf(DesignError);
  const text = report(false);
  expect({ code: text.code, out: text.out }).toEqual({ code: 1, out: "" });
  expect(text.err).toMatch(/^lodestone: error LS0201: output `led` is never driven/);
  const data = report(true);
  expect({ code: data.code, err: data.err }).toEqual({ code: 1, err: "" });
  expect(JSON.parse(data.out)).toMatchObject({
    ok: false,
    errors: 1,
    diagnostics: [{ code: "LS0201", signal: "led", places: [{ line: 6 }] }],
  });
});
