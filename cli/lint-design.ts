import {
  diagnosticJson,
  diagnosticsJson,
  type Elaborated,
  type EmittedFile,
  emitVerilog,
  formatDiagnostic,
} from "../hdl/index.ts";
import { optimize } from "../hdl/transform/index.ts";
import { lintWithYosys, type YosysEngine } from "../synth/index.ts";
import type { LintCheck } from "./lint-check.ts";
import { lintWithVerilator } from "./verilator-lint.ts";

/** How to look. */
export interface LintRequest {
  readonly yosys: YosysEngine;
  /** Our product and version. */
  readonly tool: string;
  /** Called with the name of each check as it begins. */
  readonly onProgress?: (check: string) => void;
}

/**
 * Every check of a design, which `inspect` builds: ours on the netlist, Yosys's and Verilator's on the Verilog that is made from it. Verilator
 * is left out where it is not installed; the other two always run, unless the design cannot be built.
 * @throws ToolError when a tool hangs or cannot be understood
 */
export async function lintDesign(inspect: () => Elaborated, request: LintRequest): Promise<LintCheck[]> {
  const { onProgress, tool, yosys } = request;
  onProgress?.("Lodestone");
  const { design, diagnostics, suppressed } = inspect();
  const own: LintCheck = {
    name: "Lodestone",
    tool,
    skipped: null,
    findings: diagnostics.map((diagnostic) => {
      const json = diagnosticJson(diagnostic);
      const place = json.places[0];
      const { code, message } = diagnostic;
      const text = formatDiagnostic(diagnostic);
      return { rule: code, message, file: place?.file ?? null, line: place?.line ?? null, text, diagnostic: json };
    }),
    suppressed: diagnosticsJson({ diagnostics: [], suppressed }).suppressed,
  };
  if (design === undefined) {
    const skipped = "the design cannot be built";
    return [own, ...["Yosys", "Verilator"].map((name) => ({ name, tool: null, skipped, findings: [] }))];
  }
  const built = optimize(design);
  const files = emitVerilog(built);
  onProgress?.("Yosys");
  const checkedByYosys = await yosysCheck(built.top.name, files, yosys);
  onProgress?.("Verilator");
  return [own, checkedByYosys, await lintWithVerilator(built.top.name, files)];
}

async function yosysCheck(top: string, files: readonly EmittedFile[], yosys: YosysEngine): Promise<LintCheck> {
  const { messages, version } = await lintWithYosys({ top, files }, { yosys });
  const findings = messages.map((message) => ({ rule: null, message, file: null, line: null }));
  return { name: "Yosys", tool: version, skipped: null, findings };
}
