import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DesignManifest } from "../../generators/index.ts";
import { callLodestone, expectJson, runLodestone } from "../testing/run-lodestone.ts";

// Inside the project, so that `import … from "lodestone"` means this project.
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "build", `own-module-${process.pid}`);
const at = (name: string): string => join(folder, name);
const blinker = at("blinker.ts");
const faulty = at("faulty.ts");

const source = `import { assert, bit, cover, enumeration, input, Module, output, register, stateMachine, uint, when } from "lodestone";

const Lamp = enumeration("Lamp", ["off", "on"]);

export class Blinker extends Module<{ limit: number; label?: string; list?: number[] }> {
  readonly enable = input(bit);
  readonly spare = input(bit);
  readonly lit = output(bit);
  build() {
    const count = register(uint(4), { reset: 0 });
    const lamp = stateMachine(Lamp, { reset: "off" }, {
      off: (go) => when(this.enable, () => go("on")),
      on: (go) => {
        count.next = count.addWrap(1);
        when(count.eq(9), () => {
          count.next = 0;
          go("off");
        });
      },
    });
    this.lit.value = lamp.is("on");
    assert(count.le(this.params.limit), "at most the limit");
    cover(count.eq(9), "nine");
    const { label, list } = this.params;
    if (label) process.stdout.write(\`\${label} built, \${list?.length}\\n\`);
  }
}
`;

const faults = `import { bit, input, Module, output, uint } from "lodestone";

process.stdout.write("loaded\\n");
export abstract class Base extends Module<{ bits: number }> {
  abstract override build(): void;
}
export class Wide extends Module {
  readonly a = input(uint(8));
  readonly y = output(uint(4));
  build() {
    this.y.value = this.a as never;
  }
}
export class Crash extends Module<{ list: number[] }> {
  readonly y = output(bit);
  build() {
    this.y.value = this.params.list[0]! & 1 ? 1 : 0;
  }
}
export class Two extends Module<{ bits: number }> {
  constructor(bits: number, more: number) {
    super({ bits: bits + more });
  }
  build() {}
}
export class One extends Module<{ bits: number }> {
  readonly y = output(uint(this.params.bits));
  constructor(bits: number) {
    super({ bits });
  }
  build() {
    this.y.value = 0;
  }
}
`;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(blinker, source);
  writeFileSync(faulty, faults);
  writeFileSync(at("none.ts"), "export const answer = 42;\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = ["--file", blinker, "--set", "limit=9"];
const spare = /^warning LS0205: input `spare` is never read.*\n {2}--> \S*blinker\.ts:7:20$/m;

describe("generate", () => {
  test("writes Verilog, list, manifest, diagram and a bench; the warnings are told", async () => {
    const out = at("out");
    const { code, stderr, stdout } = await callLodestone(["generate", ...own, "--out", out, "--vectors", "20"]);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(spare);
    expect(stdout).toMatch(/^Blinker {2}limit 9\ntop module Blinker, 3 ports\n/);
    expect(readdirSync(out).sort()).toEqual(["Blinker.f", "Blinker.mmd", "Blinker.v", "manifest.json", "tb"]);
    expect(readdirSync(join(out, "tb")).sort()).toEqual(["Blinker_tb.v", "expected.hex", "stimulus.hex"]);
    expect(readFileSync(join(out, "Blinker.mmd"), "utf8")).toContain("\n  off --> on : enable\n");
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as DesignManifest;
    expect(manifest).toMatchObject({ design: "Blinker", parameters: { limit: 9 }, latency: null, clock: "clock" });
  });

  test("--json holds all of it, also what is not fit for a number", async () => {
    const args = ["generate", ...own, "--set", "list=[1,2]", "--set", "label=front", "--out", at("json")];
    const { code, stderr, stdout } = await callLodestone([...args, "--vectors", "0", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "front built, 2\n" });
    expect(JSON.parse(stdout)).toMatchObject({
      files: ["Blinker.v", "Blinker.f", "manifest.json", "Blinker.mmd"],
      manifest: { parameters: { limit: 9, label: "front", list: [1, 2] } },
      diagnostics: [{ code: "LS0205", signal: "spare", places: [{ line: 7 }] }],
    });
  });
});

test("lint: our checks, Yosys and Verilator; a warning is a finding", async () => {
  const { code, stdout } = await callLodestone(["lint", ...own]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ {2}Lodestone +1 finding /m);
  expect(stdout).toMatch(/^ {2}Yosys +clean /m);
  expect(stdout).toMatch(spare);
});

test("lint: a design that cannot be built, as data", async () => {
  const { code, stderr, stdout } = await callLodestone(["lint", "--file", faulty, "--class", "Wide", "--json"]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "loaded\n" });
  const report = JSON.parse(stdout) as { ok: boolean; checks: { findings: { rule: string; line: number }[] }[] };
  expect(report.ok).toBe(false);
  expect(report.checks[0]!.findings).toMatchObject([{ rule: "LS0101", line: 11 }]);
});

describe("sim", () => {
  test("equal in the Verilog, assertions held, covers counted", async () => {
    const { code, stderr, stdout } = await callLodestone(["sim", ...own, "--vectors", "300", "--engine", "icarus"]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Icarus Verilog \S+, 300 vectors, seed 1/);
    expect(stdout).toMatch(/^equal {2}300 outputs are the same in the Verilog\nheld {2}1 assertion$/m);
    expect(stdout).toMatch(/^ {2}cover {2}nine {2}\d+ cycles {2}Blinker$/m);
  });

  test("an assertion that fails: its line, the wave, 1", async () => {
    const args = ["sim", "--file", blinker, "--set", "limit=8", "--engine", "inprocess", "--vectors", "300"];
    const { code, stdout } = await callLodestone(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^not compared {2}no simulator/m);
    expect(stdout).toMatch(
      /^FAILED {2}1 assertion\n\nassertion failed in cycle \d+: at most the limit \(in Blinker\)/m,
    );
    expect(stdout).toMatch(/--> blinker\.ts:22:5/);
    expect(stdout).toContain("wave: Blinker-seed1.vcd");
    expect(existsSync(at("Blinker-seed1.vcd"))).toBe(true);
    const asData = await callLodestone([...args, "--json", "--wave", at("asked.vcd")]);
    expect(JSON.parse(asData.stdout)).toMatchObject({
      ok: false,
      simulator: null,
      failures: [{ message: "at most the limit", location: { line: 22 } }],
      covers: [{ name: "nine" }],
    });
    expect(existsSync(at("asked.vcd"))).toBe(true);
  });

  test("without any simulator it runs in this process", async () => {
    const args = ["sim", ...own, "--vectors", "50"];
    expect(await expectJson([...args], { env: { PATH: folder } })).toMatchObject({ ok: true, simulator: null });
    const asked = await callLodestone([...args, "--engine", "icarus"], { env: { PATH: folder } });
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/\nlodestone: iverilog is not on the PATH[^\n]*\n$/);
  });
});

test("synth: area and flip-flops", async () => {
  const report = await expectJson(["synth", ...own]);
  expect(report).toMatchObject({ design: "Blinker", parameters: { limit: 9 }, top: "Blinker" });
  expect((report as { modules: { total: { flipFlops: number } }[] }).modules[0]!.total.flipFlops).toBe(5);
});

describe("what goes wrong is one line", () => {
  const refused = async (args: readonly string[], message: RegExp): Promise<void> => {
    const { code, stderr, stdout } = await callLodestone(["sim", ...args]);
    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^(loaded\n)?lodestone: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  };

  test("the file", async () => {
    await refused(["--file", at("missing.ts")], /missing\.ts: no such file/);
    await refused(["--file", folder], /no such file/);
    await refused(["--file", at("none.ts")], /it exports no class that extends Module/);
    await refused(["mac-array", "--file", blinker], /sim takes the name of a design, or --file/);
    await refused(["mac-array", "--class", "X"], /--class chooses among the classes of --file/);
  });

  test("the class", async () => {
    await refused(["--file", faulty], /it exports Crash, One, Two, Wide; choose one with --class/);
    await refused(["--file", faulty, "--class", "Base"], /no class Base; it exports/);
    await refused(["--file", faulty, "--class", "Two", "--set", "bits=4"], /Two: its constructor takes 2 arguments/);
    await refused(["--file", faulty, "--class", "One", "--set", "bits=4"], /\[object Object\]; let its constructor/);
  });

  test("a parameter", async () => {
    await refused(["--file", blinker], /Blinker cannot be built: .*; it reads what is not set: --set limit=\.\.\./);
    await refused(["--file", blinker, "--set", "limti=9"], /--set limit=\.\.\..*, and does not read limti/);
    await refused([...own, "--set", "lable=x"], /Blinker has no parameter lable; it reads label, limit, list/);
    await refused(
      ["--file", faulty, "--class", "Crash"],
      /TypeError: .* \(\S*faulty\.ts:17:\d+\); it reads .* --set list=/,
    );
  });
});

test("a project of CommonJS files, and files that cannot be loaded", async () => {
  const project = at("project");
  mkdirSync(join(project, "node_modules"), { recursive: true });
  symlinkSync(root, join(project, "node_modules", "lodestone"), "dir");
  writeFileSync(join(project, "package.json"), "{}");
  writeFileSync(join(project, "blinker.ts"), source);
  writeFileSync(join(project, "waits.ts"), "await null;\nexport class X {}\n");
  writeFileSync(join(project, "stuck.mts"), "await new Promise(() => {});\n");
  writeFileSync(join(project, "syntax.ts"), "export class {\n");
  const run = (file: string) => runLodestone(["sim", "--file", file, "--set", "limit=8"], { cwd: project });
  const files = ["blinker.ts", "waits.ts", "stuck.mts", "syntax.ts"];
  const [good, waits, stuck, syntax] = await Promise.all(files.map(run));
  expect(good!.code, good!.stderr).toBe(1);
  expect(good!.stdout).toMatch(/assertion failed in cycle .*\n {2}--> blinker\.ts:22:5/);
  expect([waits!.code, stuck!.code, syntax!.code]).toEqual([2, 2, 2]);
  expect(syntax!.stderr).toBe(
    'lodestone: --file syntax.ts: cannot be loaded: syntax.ts:1:14: Expected identifier but found "{"\n',
  );
  expect(waits!.stderr).toMatch(/waits\.ts:1:1: Top-level await .*; put "type": "module" into the package\.json/);
  expect(stuck!.stderr).toMatch(/stuck\.mts: never ends loading/);
}, 60_000);
