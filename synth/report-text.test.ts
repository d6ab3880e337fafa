import { describe, expect, it } from "vitest";
import type { Amount, ModuleReport, SynthesisReport } from "./report.ts";
import { grouped, reportLines } from "./report-text.ts";

const amount = (cells: number, area: number, perGate: number | null): Amount => ({
  cells,
  flipFlops: cells / 10,
  gateEquivalents: area,
  squareMicrometres: perGate === null ? null : area * perGate,
});

function report(perGate: number | null): SynthesisReport {
  const module = (
    name: string,
    level: number,
    instances: number,
    cells: number,
    gates: number | null,
  ): ModuleReport => ({
    name,
    level,
    instances,
    own: amount(cells, cells * 1.25, perGate),
    total: amount(cells, cells * 1.25, perGate),
    cellTypes: {},
    path: {
      gates,
      from: gates === null ? null : "a",
      to: gates === null ? null : "lane/q",
      picoseconds: perGate && cells,
    },
  });
  return {
    top: "mac_array",
    modules: [
      module("mac_array", 0, 1, 394_730, 35),
      module("lane", 1, 16, 24_670, 35),
      module("wires", 2, 16, 0, null),
    ],
    warnings: ["latch inferred for lane.q"],
    recipe: {
      yosys: "Yosys 1.0, embedded",
      yosysScript: `${Array.from({ length: 12 }, (_, i) => `command_${i} -option`).join("\n")}\n`,
      abcScript: "",
      seconds: 12.345,
      genlib: null,
      areas: "relative areas",
      library:
        perGate === null ? null : { name: "lib", fileName: "a.lib", sha256: "ab12", nand2: "ND2", nand2Area: perGate },
    },
  };
}

describe("reportLines", () => {
  it("without a library", () => {
    expect(reportLines(report(null)).join("\n")).toMatchInlineSnapshot(`
      "module     instances    cells  flip-flops       GE  path, gates
      mac_array          1  394,730      39,473  493,413           35
        lane            16   24,670       2,467   30,838           35
          wires         16        0           0        0            -

      Each row is one instance with all that it contains. GE: gate equivalents, the area of a two-input NAND.
      Path: cells in a row between ports and registers; it crosses the boundaries of contained modules, not the module's own.
      Longest path: from a to lane/q.

      warning: latch inferred for lane.q

      Recipe: Yosys 1.0, embedded, 12.3 s
        areas    relative areas
        script   command_0 -option; command_1 -option; command_2 -option; command_3 -option; command_4 -option
                 command_5 -option; command_6 -option; command_7 -option; command_8 -option; command_9 -option
                 command_10 -option; command_11 -option"
    `);
  });

  it("with a library", () => {
    expect(reportLines(report(0.8)).join("\n")).toMatchInlineSnapshot(`
      "module     instances    cells  flip-flops       GE      um2  path, gates  own delay, ps
      mac_array          1  394,730      39,473  493,413  394,730           35        394,730
        lane            16   24,670       2,467   30,838   24,670           35         24,670
          wires         16        0           0        0        0            -              0

      Each row is one instance with all that it contains. GE: gate equivalents, the area of a two-input NAND.
      Path: cells in a row between ports and registers; it crosses the boundaries of contained modules, not the module's own.
      Own delay: longest path through the module's own gates alone; without contained modules, wires, clock-to-output and set-up.
      Longest path: from a to lane/q.

      warning: latch inferred for lane.q

      Recipe: Yosys 1.0, embedded, 12.3 s
        library  lib, 1 GE = ND2 = 0.8 um2
        file     a.lib, SHA-256 ab12
        areas    relative areas
        script   command_0 -option; command_1 -option; command_2 -option; command_3 -option; command_4 -option
                 command_5 -option; command_6 -option; command_7 -option; command_8 -option; command_9 -option
                 command_10 -option; command_11 -option"
    `);
  });

  it("lines the table up", () => {
    const [header = "", ...rows] = reportLines(report(0.8)).slice(0, 4);
    for (const row of rows) expect(row).toHaveLength(header.length);
  });
});

describe("grouped", () => {
  it.each([
    [0, "0"],
    [7, "7"],
    [7.25, "7.3"],
    [99.94, "99.9"],
    [123.4, "123"],
    [1000, "1,000"],
    [12345.6, "12,346"],
    [1234567, "1,234,567"],
  ])("%d is %s", (value, text) => {
    expect(grouped(value)).toBe(text);
  });
});
