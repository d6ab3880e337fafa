import type { YosysEngine } from "../hdl/tools/yosys/engine.ts";
import { runYosys } from "../hdl/tools/yosys/run-yosys.ts";
import { YosysError } from "../hdl/tools/yosys/yosys-error.ts";
import { type CellFacts, genericCells, libraryCells } from "./areas.ts";
import { readLiberty } from "./liberty/read-liberty.ts";
import { parseBlif } from "./netlist/blif.ts";
import { moduleReports } from "./netlist/module-reports.ts";
import { genericGenlib } from "./recipe/generic-gates.ts";
import { GENLIB_NAME, LIBERTY_NAME, NETLIST_NAME, synthesisScript } from "./recipe/script.ts";
import type { SynthesisReport } from "./report.ts";
import { delaysOf } from "./yosys/delays.ts";
import { type DesignFiles, yosysFiles } from "./yosys/design-files.ts";
import { LOOP, warningsOf } from "./yosys/log-warnings.ts";
import { progressOf } from "./yosys/progress.ts";

/** What a design is mapped to, by which Yosys, and for how long. */
export interface SynthesizeOptions {
  /** Path of a Liberty file, plain or gzip; without it the design is mapped to generic gates. */
  readonly liberty?: string | undefined;
  readonly yosys: YosysEngine;
  /** Real time after which Yosys is stopped; 5 minutes unless told. */
  readonly timeoutMs?: number | undefined;
  /** Called with a few words on each step. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

/**
 * Maps a Verilog design to gates, its hierarchy kept, and reports cells, flip-flops, area and longest path of each
 * module, with the recipe.
 *
 * @throws LibertyError for a bad Liberty file, YosysError when Yosys refuses the design, YosysTimeoutError when it does
 *   not end, ToolError when the system's Yosys is missing: all with exit code 2
 */
export async function synthesize(input: DesignFiles, options: SynthesizeOptions): Promise<SynthesisReport> {
  const began = performance.now();
  const { top } = input;
  const sources = yosysFiles(input);
  const liberty = options.liberty === undefined ? undefined : await readLiberty(options.liberty);
  const cells: CellFacts = liberty === undefined ? genericCells : libraryCells(liberty);
  const script = synthesisScript(Object.keys(sources), top, liberty !== undefined);
  const technology: Record<string, string> =
    liberty === undefined ? { [GENLIB_NAME]: genericGenlib() } : { [LIBERTY_NAME]: liberty.trimmed };

  const { onProgress } = options;
  onProgress?.(`starting Yosys (${options.yosys})`);
  let said = "";
  const result = await runYosys(
    script.yosys,
    { ...sources, ...technology },
    {
      yosys: options.yosys,
      timeoutMs: options.timeoutMs ?? 300_000,
      onLine: (line) => {
        const words = progressOf(line);
        if (words !== undefined && words !== said) onProgress?.(words);
        said = words ?? said;
      },
    },
  );
  const netlist = result.outputs[NETLIST_NAME];
  if (netlist === undefined) throw new YosysError("Yosys ended without an error but left no netlist", result.log);

  const { modules, problems } = moduleReports(parseBlif(netlist), top, cells, delaysOf(result.log));
  return {
    top,
    modules,
    warnings: [...warningsOf(result.log).filter(isAboutTheDesign), ...problems],
    recipe: {
      yosys: result.version,
      yosysScript: script.yosys,
      abcScript: script.abc,
      seconds: Math.round(performance.now() - began) / 1000,
      library:
        liberty === undefined
          ? null
          : {
              name: liberty.library.name,
              fileName: liberty.fileName,
              sha256: liberty.sha256,
              nand2: liberty.library.nand2.name,
              nand2Area: liberty.library.nand2.area,
            },
      genlib: liberty === undefined ? genericGenlib() : null,
      areas:
        liberty === undefined
          ? "relative areas of generic gates, after Nangate 45 nm: NAND2 1, inverter 0.667, XOR2 2, MUX2 2.333, D flip-flop 5.667"
          : "area attributes of the library; Yosys read it unpacked (library.lib), its groups on power and noise left out",
    },
  };
}

/**
 * Not about the design: a scan flip-flop of the library that Yosys passes over, and loops, as Yosys 0.23 takes a bus
 * that feeds its own next bit for one (the mapped netlist tells for certain).
 */
function isAboutTheDesign(warning: string): boolean {
  return !warning.startsWith("Found unsupported expression") && !warning.startsWith(LOOP);
}
