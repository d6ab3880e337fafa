import { describe, expect, test } from "vitest";
import { codes, DesignError, diagnosticJson, formatDiagnostic } from "../diagnostics/index.ts";
import { elaborate, inspect } from "../elaborate.ts";
import { faultyModules, registerOutside } from "./testing/faulty-modules.ts";

const told = new Set<string>();

describe("what a person is told", () => {
  test.each(faultyModules.map((Faulty) => [Faulty.name, Faulty] as const))("%s", (_name, Faulty) => {
    const { design, diagnostics } = inspect(new Faulty({}));
    expect(design === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { code } of diagnostics) told.add(code);
    expect(`\n${diagnostics.map(formatDiagnostic).join("\n\n")}\n`).toMatchSnapshot();
  });

  test("outside any module", () => {
    expect(registerOutside).toThrow(DesignError);
    try {
      registerOutside();
    } catch (error) {
      told.add("LS0303");
      expect((error as Error).message).toMatchSnapshot();
    }
  });

  test("every code has a snapshot above", () => {
    expect(Object.keys(codes).filter((code) => !told.has(code))).toEqual([]);
  });
});

test("all complaints of a run come together, as data too", () => {
  const Last = faultyModules[faultyModules.length - 1]!;
  const { diagnostics } = inspect(new Last({}));
  const found = new Set(diagnostics.map(({ code }) => code));
  for (const code of ["LS0101", "LS0103", "LS0104", "LS0106", "LS0201", "LS0203"] as const)
    expect(found).toContain(code);
  const json = diagnosticJson(diagnostics[0]!);
  expect(json.places[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  expect(JSON.parse(JSON.stringify(json))).toMatchObject({ code: diagnostics[0]!.code });
});

test("elaborate() throws them all in one error that ends a command with status 1", () => {
  const Last = faultyModules[faultyModules.length - 1]!;
  expect(() => elaborate(new Last({}))).toThrow(/LS0101[\s\S]*LS0201[\s\S]*errors in the design/);
  expect(new DesignError([])).toMatchObject({ exitCode: 1 });
});
