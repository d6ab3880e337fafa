import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmittedFile } from "../hdl/index.ts";
import { findTool, type Tool } from "../hdl/tools/find-tool.ts";
import { runTool, ToolError } from "../hdl/tools/run-tool.ts";
import { temporaryFolder } from "../hdl/tools/temporary-folder.ts";
import type { LintCheck, LintFinding } from "./lint-check.ts";

const timeoutMs = 120_000;

/** What tells Verilator which files it only reads; no Verilog file of a design can have the name. */
const waiversName = "waivers.vlt";

/**
 * `verilator --lint-only -Wall` over the Verilog of a design; skipped where Verilator is missing or too old. Files that
 * external modules bring along are not judged: warnings about them are no findings, errors are.
 * @throws ToolError when Verilator hangs or cannot be understood
 */
export async function lintWithVerilator(top: string, files: readonly EmittedFile[]): Promise<LintCheck> {
  let tool: Tool;
  try {
    tool = await findTool("verilator");
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { name: "Verilator", tool: null, skipped: error.message, findings: [] };
  }
  const folder = temporaryFolder("lint");
  try {
    for (const { fileName, text } of files) writeFileSync(join(folder, fileName), text);
    const waivers = files.filter(({ external }) => external).map(({ fileName }) => `lint_off -file "${fileName}"\n`);
    writeFileSync(join(folder, waiversName), `\`verilator_config\n${waivers.join("")}`);
    const names = files.map(({ fileName }) => fileName);
    const args = ["--lint-only", "-Wall", "--top-module", top, waiversName, ...names];
    const { status, stderr, stdout } = await runTool(tool.path, args, { cwd: folder, timeoutMs });
    const findings = parseVerilatorLog(stderr);
    if (status !== 0 && findings.length === 0) {
      const first = `${stderr}${stdout}`.split("\n").find((line) => line.trim() !== "") ?? "it said nothing";
      throw new ToolError(`${tool.product} ended with status ${status}: ${first.trim()}`);
    }
    return { name: "Verilator", tool: tool.product, skipped: null, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The complaints in Verilator's output: one per `%Warning` or `%Error` line that names a place. */
export function parseVerilatorLog(log: string): LintFinding[] {
  return log.split("\n").flatMap((line) => {
    const match = /^%(Warning|Error)(?:-(\w+))?: (?:([^\s:]+):(\d+)(?::\d+)?: )?(.*)$/.exec(line.trimEnd());
    if (match === null) return [];
    const [, severity = "", rule, file, lineNumber, message = ""] = match;
    // The last line only counts the others.
    if (file === undefined && /^Exiting due to/.test(message)) return [];
    return [
      {
        rule: rule ?? severity.toUpperCase(),
        message: message.trim(),
        file: file ?? null,
        line: lineNumber === undefined ? null : Number(lineNumber),
      },
    ];
  });
}
