import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { allow, input, inspect, Module, output, uint } from "../../hdl/index.ts";
import type { LintCheck } from "../lint-check.ts";
import { lintDesign } from "../lint-design.ts";
import { callLodestone, expectJson, expectRefusal } from "../testing/run-lodestone.ts";
import { formatLint } from "./lint.ts";

const empty = mkdtempSync(join(tmpdir(), "lodestone-lint-test-"));
afterAll(() => rmSync(empty, { recursive: true, force: true }));

const small = ["--set", "vectorSize=4", "--set", "wideBits=0"];

test("a clean design: every check names its tool and finds nothing", async () => {
  const report = await expectJson(["lint", "vector-mac", ...small]);
  const clean = (name: string) => ({ name, tool: expect.stringContaining(name), skipped: null, findings: [] });
  expect(report).toMatchObject({
    ok: true,
    design: "vector-mac",
    parameters: { vectorSize: 4 },
    checks: ["Lodestone", "Yosys", "Verilator"].map(clean),
  });
});

test("without Verilator the others still run, and the text says so", async () => {
  const { code, stdout, stderr } = await callLodestone(["lint", "mac-array", ...small, "--set", "lanes=1"], {
    env: { PATH: empty },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^ {2}Yosys +clean +Yosys \d/m);
  expect(stdout).toMatch(/^ {2}Verilator +not run +verilator is not on the PATH; install it/m);
});

test("a design that cannot be built is a finding, and nothing else runs on it", async () => {
  class Narrow extends Module<{ wide: number; narrow: number }> {
    readonly a = input(uint(this.params.wide));
    readonly y = output(uint(this.params.narrow));
    build(): void {
      this.y.value = this.a;
    }
  }
  const checks = await lintDesign(() => inspect(new Narrow({ wide: 8, narrow: 4 })), {
    yosys: "embedded",
    tool: "Lodestone",
  });
  expect(checks.map(({ skipped }) => skipped !== null)).toEqual([false, true, true]);
  const finding = checks[0]?.findings[0];
  expect(finding).toMatchObject({
    rule: expect.stringMatching(/^LS\d{4}$/),
    file: expect.stringMatching(/lint\.test\.ts$/),
  });
  expect(formatLint(checks)).toContain("this.y.value = this.a;");
});

test("warnings that the code allows are no findings; the JSON lists them with their reason", async () => {
  class Allowed extends Module {
    readonly spare = allow("LS0205", "next revision", input(uint(2)));
    readonly lost = input(uint(2));
    readonly y = output(uint(2));
    build(): void {
      this.y.value = 0;
    }
  }
  const [own] = await lintDesign(() => inspect(new Allowed({})), { yosys: "embedded", tool: "Lodestone" });
  expect(own?.findings.map(({ diagnostic }) => diagnostic?.signal)).toEqual(["lost"]);
  expect(own?.findings[0]?.diagnostic).toMatchObject({ code: "LS0205", hint: expect.any(String), places: [{}] });
  expect(own?.suppressed).toMatchObject([{ code: "LS0205", signal: "spare", allowed: { reason: "next revision" } }]);
  expect(formatLint([own!])).toMatch(/1 finding, 1 allowed/);
});

test("findings are counted and shown with their place", () => {
  const checks: LintCheck[] = [
    {
      name: "Yosys",
      tool: "Yosys 1",
      skipped: null,
      findings: [{ rule: null, message: "a latch", file: null, line: null }],
    },
    {
      name: "Verilator",
      tool: "Verilator 5",
      skipped: null,
      findings: [
        { rule: "WIDTH", message: "too wide", file: "a.v", line: 3 },
        { rule: "UNUSED", message: "not used", file: "a.v", line: null },
      ],
    },
  ];
  expect(formatLint(checks)).toBe(
    [
      "  Yosys      1 finding   Yosys 1\n  Verilator  2 findings  Verilator 5",
      "Yosys: a latch",
      "Verilator WIDTH: a.v:3: too wide",
      "Verilator UNUSED: a.v: not used",
    ].join("\n\n"),
  );
});

test("wrong use is refused in one line", async () => {
  await expectRefusal(["lint"], /lint takes the name of a design, or --file with a module of your own/);
  await expectRefusal(["lint", "nothing"], /there is no design "nothing"/);
  await expectRefusal(["lint", "vector-mac", "--yosys", "mine"], /Allowed choices are embedded, system/);
  await expectRefusal(["lint", "vector-mac", ...small, "--yosys", "system"], /yosys is not on the PATH/, {
    env: { PATH: empty },
  });
});
