import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import {
  codes,
  DesignError,
  type Diagnostic,
  type DiagnosticCode,
  diagnosticCodes,
  diagnosticJson,
  formatDiagnostic,
} from "../diagnostics/index.ts";
import { diagnosticsPage } from "../diagnostics/page.ts";
import { exampleMessages, runExample } from "../diagnostics/testing/run-example.ts";
import { elaborate, inspect } from "../elaborate.ts";
import { faultyConversions } from "./testing/faulty-conversions.ts";
import { faultyModules, registerOutside } from "./testing/faulty-modules.ts";
import { faultyStatements } from "./testing/faulty-statements.ts";
import { faultyUses } from "./testing/faulty-uses.ts";

describe("the record of each code", () => {
  const told = new Map<DiagnosticCode, readonly Diagnostic[]>();
  beforeAll(async () => {
    for (const code of diagnosticCodes) told.set(code, await runExample(`${code}-bad`, codes[code].bad));
  });

  test.each(diagnosticCodes)("%s: its bad example is told this, and its mended one nothing", async (code) => {
    const found = told.get(code)!;
    expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
    for (const diagnostic of found) expect(diagnostic.severity).toBe(codes[diagnostic.code].severity);
    expect(await runExample(`${code}-good`, codes[code].good)).toEqual([]);
  });

  test("docs/diagnostics.md shows what is told; `npm run docs` brings it up to date", async () => {
    const page = diagnosticsPage((code) => exampleMessages(told.get(code)!));
    const file = fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url));
    await expect(page).toMatchFileSnapshot(file);
  });
});

describe("what a person is told", () => {
  test.each(
    [...faultyModules, ...faultyStatements, ...faultyConversions, ...faultyUses].map(
      (Faulty) => [Faulty.name, Faulty] as const,
    ),
  )("%s", (_name, Faulty) => {
    const { design, diagnostics } = inspect(new Faulty({}));
    expect(design === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { code, severity } of diagnostics) expect(severity).toBe(codes[code].severity);
    expect(`\n${diagnostics.map(formatDiagnostic).join("\n\n")}\n`).toMatchSnapshot();
  });

  test("outside any module", () => {
    expect(registerOutside).toThrow(DesignError);
    try {
      registerOutside();
    } catch (error) {
      expect((error as Error).message).toMatchSnapshot();
    }
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
