import type { Command } from "commander";
import type { YosysEngine } from "../../synth/index.ts";
import { palette } from "../colour.ts";
import { headLine, toolName } from "../design.ts";
import type { LintCheck, LintFinding } from "../lint-check.ts";
import { addExamples, addJsonOption, addYosysOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitFailed, exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { addSubjectArgument, readSubject, type SubjectOptions } from "../subject.ts";
import { formatTable } from "../table.ts";

interface LintOptions extends JsonOption, SubjectOptions {
  readonly yosys: YosysEngine;
}

/** `lodestone lint`: our own checks, Yosys's, and Verilator's where it is installed. */
export function define(command: Command, finish: Finish): void {
  addYosysOption(addSubjectArgument(command));
  addJsonOption(command);
  addExamples(command, [
    ["lodestone lint mac-array", "every check that is there; exit code 1 when one finds something"],
    ["lodestone lint vector-mac --set vectorSize=16 --json", "machine-readable"],
    ["lodestone lint --file counter.ts --set limit=9", "a module of your own"],
  ]);
  command.action(async (design: string | undefined, options: LintOptions) => {
    const subject = await readSubject("lint", design, options);
    const { name, parameters } = subject;
    const { lintDesign } = await import("../lint-design.ts");
    const checks = await withProgress(`Checking ${name}`, (progress) =>
      lintDesign(() => subject.inspect(), {
        yosys: options.yosys,
        tool: toolName(),
        onProgress: (check) => progress.stage(`Checking ${name}: ${check}`),
      }),
    );
    const clean = checks.every(({ findings }) => findings.length === 0);
    if (options.json) {
      printJson({ ok: clean, design: name, parameters, checks });
    } else {
      printText(`${headLine(name, parameters)}\n\n${formatLint(checks)}`);
    }
    finish(clean ? exitGood : exitFailed);
  });
}

/** What a person reads of the checks: one line each, then what they found. */
export function formatLint(checks: readonly LintCheck[]): string {
  const { dim, green, red, yellow } = palette();
  const rows = checks.map(({ findings, name, skipped, suppressed, tool }) => {
    if (skipped !== null) return [`  ${name}`, yellow("not run"), dim(skipped)];
    const count = findings.length;
    const allowed = suppressed?.length ? `, ${suppressed.length} allowed` : "";
    const result = count === 0 ? green("clean") : red(`${count} finding${count === 1 ? "" : "s"}`);
    return [`  ${name}`, result + dim(allowed), dim(tool ?? "")];
  });
  const table = formatTable([{ title: "" }, { title: "" }, { title: "" }], rows);
  const details = checks.flatMap(({ findings, name }) => findings.map((finding) => formatFinding(name, finding)));
  return [table, ...details].join("\n\n");
}

function formatFinding(check: string, { file, line, message, rule, text }: LintFinding): string {
  if (text !== undefined) return text;
  const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
  return `${check}${rule === null ? "" : ` ${rule}`}: ${place}${message}`;
}
