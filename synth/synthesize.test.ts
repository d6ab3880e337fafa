import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { YosysEngine } from "../hdl/tools/yosys/engine.ts";
import type { SynthesisReport } from "./report.ts";
import { synthesize } from "./synthesize.ts";
import { smallArray } from "./testing/small-array.ts";
import { tinyLiberty } from "./testing/tiny-liberty.ts";

let folder = "";
let liberty = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lodestone-test-"));
  liberty = join(folder, "tiny.lib");
  await writeFile(liberty, gzipSync(tinyLiberty()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const one = (text: string) => ({ top: "top", files: [{ fileName: "top.v", text }] });

/** Totals must be sums of what is stated for the parts, whatever Yosys made of them. */
function expectSums(
  report: SynthesisReport,
  children: Readonly<Record<string, readonly (readonly [string, number])[]>>,
) {
  const byName = new Map(report.modules.map((module) => [module.name, module]));
  for (const module of report.modules) {
    const types = Object.values(module.cellTypes).reduce((sum, count) => sum + count, 0);
    expect(types).toBe(module.own.cells);
    for (const key of ["cells", "flipFlops", "gateEquivalents"] as const) {
      const below = (children[module.name] ?? []).map(([name, count]) => count * (byName.get(name)?.total[key] ?? 0));
      expect(module.total[key]).toBeCloseTo(
        below.reduce((sum, part) => sum + part, module.own[key]),
        2,
      );
    }
  }
}

describe.each<YosysEngine>(["embedded", "system"])("synthesize, %s", (yosys) => {
  it("maps each module of a hierarchy once, to generic gates", async () => {
    const steps: string[] = [];
    const report = await synthesize(smallArray, { yosys, onProgress: (step) => steps.push(step) });
    expect(report.warnings).toEqual([]);
    expect(report.modules.map(({ name, instances, level }) => [name, instances, level])).toEqual([
      ["small_array", 1, 0],
      ["small_lane", 2, 1],
      ["small_dot", 2, 2],
    ]);
    expectSums(report, { small_array: [["small_lane", 2]], small_lane: [["small_dot", 1]] });
    const [top, lane, dot] = report.modules;
    // 4 words of 8 bits and the register of the dot product, per lane.
    expect(lane?.own.flipFlops).toBe(40);
    expect(top?.total.flipFlops).toBe(80);
    expect(dot?.own.gateEquivalents).toBeGreaterThan(200);
    expect(dot?.own.gateEquivalents).toBeLessThan(350);
    expect(top?.total.squareMicrometres).toBeNull();
    // The dot product between the ports of the array and the lane's register is the longest path.
    expect(top?.path.gates).toBe(dot?.path.gates);
    expect(top?.path.from).toMatch(/^[ab]\[\d+\]$/);
    expect(top?.path.to).toMatch(/^small_lane\/dot_q\[\d\]$/);
    expect(steps).toContain("mapping small_dot to gates");
    expect(report.recipe).toMatchObject({ library: null, yosys: expect.stringContaining(yosys) });
    expect(report.recipe.yosysScript).not.toMatch(/alumacc|macc/);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("maps to a compressed Liberty file, with micrometres and picoseconds", async () => {
    const report = await synthesize(smallArray, { yosys, liberty });
    expect(report.warnings).toEqual([]);
    expectSums(report, { small_array: [["small_lane", 2]], small_lane: [["small_dot", 1]] });
    for (const { total, cellTypes, path, name } of report.modules) {
      expect(total.squareMicrometres).toBeCloseTo(total.gateEquivalents * 0.8, 0);
      for (const type of Object.keys(cellTypes)) expect(type).toMatch(/^T(INV|BUF|NAND2|NAND2X2|NOR2|XOR2|AOI21|DFF)$/);
      if (name === "small_array") expect(path.picoseconds).toBeNull();
      else expect(path.picoseconds).toBeGreaterThan(100);
    }
    expect(report.modules[1]?.cellTypes.TDFF).toBe(40);
    expect(report.recipe.library).toMatchObject({
      name: "tiny",
      fileName: "tiny.lib",
      nand2: "TNAND2",
      nand2Area: 0.8,
    });
  });
});

describe("synthesize", () => {
  it("counts a design small enough to count by hand", async () => {
    const report = await synthesize(
      one(`module top (input clock, input a, input b, output reg q, output y);
  assign y = ~(a & b);
  always @(posedge clock) q <= y;
endmodule
`),
      { yosys: "system" },
    );
    expect(report.modules).toMatchObject([
      {
        own: { cells: 2, flipFlops: 1, gateEquivalents: 6.667 },
        cellTypes: { NAND2: 1, $_DFF_P_: 1 },
        path: { gates: 1, from: "a", to: "y" },
      },
    ]);
  });

  it("counts asynchronous resets and ignores initial values, which silicon does not have", async () => {
    const report = await synthesize(
      one(`module top (input clock, input reset, input d, output reg q);
  initial q = 1'b1;
  always @(posedge clock or posedge reset) if (reset) q <= 1'b0; else q <= d;
endmodule
`),
      { yosys: "system" },
    );
    expect(report.modules[0]).toMatchObject({ own: { flipFlops: 1, gateEquivalents: 6.667 }, path: { gates: 0 } });
  });

  it("tells a combinational loop and a cell that the library lacks, instead of a wrong number", async () => {
    const loop = await synthesize(
      one("module top (input a, output y); wire n; assign n = ~(a & y); assign y = n ^ a; endmodule\n"),
      { yosys: "system" },
    );
    expect(loop.modules[0]?.path.gates).toBeNull();
    expect(loop.warnings).toEqual([expect.stringMatching(/^combinational loop in top through /)]);

    const latch = await synthesize(
      one("module top (input e, input d, output reg q); always @* if (e) q = d; endmodule\n"),
      { yosys: "system", liberty },
    );
    expect(latch.warnings).toEqual([
      "latch inferred for top.q",
      "1 cell of type $_DLATCH_P_ in top could not be mapped and is not in its area",
    ]);
  });

  it("handles a design without any gate", async () => {
    const wires = one("module top (input [3:0] a, output [3:0] y); assign y = a; endmodule\n");
    for (const file of [undefined, liberty]) {
      const report = await synthesize(wires, { yosys: "system", liberty: file });
      expect(report.modules).toMatchObject([{ own: { cells: 0, gateEquivalents: 0 }, path: { gates: 0 } }]);
    }
  });

  it("refuses what it cannot do, each in one line with exit code 2", async () => {
    const good = one("module top (input a, output y); assign y = a; endmodule\n");
    const refused: [string, () => Promise<unknown>, RegExp][] = [
      [
        "no file",
        () => synthesize(good, { yosys: "system", liberty: join(folder, "none.lib") }),
        /none\.lib.*no such file/,
      ],
      ["bad Verilog", () => synthesize(one("module top (;"), { yosys: "system" }), /^Yosys: top\.v:1: syntax error/],
      ["no top", () => synthesize({ ...good, top: "other" }, { yosys: "system" }), /other.*not found/],
      ["bad top", () => synthesize({ ...good, top: "a b" }, { yosys: "system" }), /no Verilog identifier/],
      ["no time", () => synthesize(good, { yosys: "embedded", timeoutMs: 5 }), /did not finish within 0\.005 s/],
    ];
    for (const [name, run, pattern] of refused) {
      const error: unknown = await run().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, name).toMatchObject({ exitCode: 2, message: expect.stringMatching(pattern) });
      expect((error as Error).message, name).not.toContain("\n");
    }
  });
});
