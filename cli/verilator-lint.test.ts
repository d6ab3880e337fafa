import { expect, test } from "vitest";
import { lintWithVerilator, parseVerilatorLog } from "./verilator-lint.ts";

const good = {
  module: "good",
  fileName: "good.v",
  text: "module good(input a, output b);\n  assign b = a;\nendmodule\n",
};
const bad = {
  module: "bad",
  fileName: "bad.v",
  text: "module bad(input [3:0] a, output [4:0] b, input c);\n  assign b = a;\nendmodule\n",
};

test("a clean file has no findings, and the tool is named", async () => {
  const check = await lintWithVerilator("good", [good]);
  expect(check).toEqual({
    name: "Verilator",
    tool: expect.stringMatching(/^Verilator \d/),
    skipped: null,
    findings: [],
  });
});

test("every warning is found with rule, file and line", async () => {
  const { findings } = await lintWithVerilator("bad", [good, bad]);
  const found = findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/^bad\.v:2 WIDTH/), "bad.v:1 UNUSEDSIGNAL"]));
});

test("a file that an external module brings along is not judged, but it has to be Verilog", async () => {
  const own = { ...bad, module: "own", fileName: "own.v", text: bad.text.replace("module bad", "module own") };
  const top = {
    module: "top",
    fileName: "top.v",
    text: "module top(input [3:0] a, output [4:0] b, output [4:0] c);\n  bad x (a, b, a[0]);\n  own y (a, c, a[0]);\nendmodule\n",
  };
  const { findings } = await lintWithVerilator("top", [{ ...bad, external: true }, own, top]);
  expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(["own.v"]));
  const broken = await lintWithVerilator("good", [{ ...bad, text: "hello\n", external: true }, good]);
  expect(broken.findings[0]).toMatchObject({ file: "bad.v", line: 1, rule: "ERROR" });
});

test("a file that is no Verilog is a finding too", async () => {
  const { findings } = await lintWithVerilator("x", [{ module: "x", fileName: "x.v", text: "hello\n" }]);
  expect(findings[0]).toMatchObject({ file: "x.v", line: 1, rule: "ERROR" });
});

test("the log of Verilator, line by line", () => {
  const log = [
    "%Warning-WIDTH: bad.v:2:16: Operator ASSIGNW expects 6 bits",
    "                          : ... In instance bad",
    "    2 |   wire [5:0] x = a;",
    "%Warning-MULTITOP: Unexpected",
    "%Error: Cannot find file containing module: 'y'",
    "%Error: Exiting due to 4 warning(s)",
  ].join("\n");
  expect(parseVerilatorLog(log)).toEqual([
    { rule: "WIDTH", message: "Operator ASSIGNW expects 6 bits", file: "bad.v", line: 2 },
    { rule: "MULTITOP", message: "Unexpected", file: null, line: null },
    { rule: "ERROR", message: "Cannot find file containing module: 'y'", file: null, line: null },
  ]);
});
