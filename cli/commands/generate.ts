import { join } from "node:path";
import type { Command } from "commander";
import type { DesignManifest } from "../../generators/index.ts";
import type { DesignFilesOptions, ModuleFiles } from "../../tb/index.ts";
import { writeFolder } from "../atomic-folder.ts";
import { headLine, toolName } from "../design.ts";
import { addExamples, addJsonOption, addSeedOption, type JsonOption, wholeNumber } from "../options.ts";
import { printJson, printNote, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import {
  addSubjectArgument,
  type BuiltSubject,
  buildSubject,
  readSubject,
  type Subject,
  type SubjectOptions,
} from "../subject.ts";
import { formatNumber, formatTable } from "../table.ts";

interface GenerateOptions extends JsonOption, SubjectOptions {
  readonly out: string;
  readonly vectors: number;
  readonly seed: number;
}

/** `lodestone generate`: Verilog, file list, manifest, diagrams and a plain Verilog test bench of one design. */
export function define(command: Command, finish: Finish): void {
  addSubjectArgument(command).requiredOption("-o, --out <folder>", "where to write; made when it is not there");
  command.option("--vectors <n>", "cycles in the plain Verilog test bench, 0 for none", wholeNumber(0, 100_000), 256);
  addSeedOption(command);
  addJsonOption(command);
  addExamples(command, [
    ["lodestone generate mac-array --out build/mac-array", "the published chip's array"],
    ["lodestone generate mac-array --out small --set lanes=4 --set vectorSize=16", "a smaller one"],
    ["lodestone generate vector-mac --out lane --config lane.json --json", "the manifest on standard output"],
    ["lodestone generate --file counter.ts --set limit=9 --out build/counter", "a module of your own"],
  ]);
  command.action(async (name: string | undefined, options: GenerateOptions) => {
    const subject = await readSubject("generate", name, options);
    const { benchless, files, manifest, printWarnings, warnings } = await withProgress(
      `Generating ${subject.name}`,
      () => generate(subject, { tool: toolName(), vectors: options.vectors, seed: options.seed }),
    );
    writeFolder(
      options.out,
      files.map(({ path, text }) => ({ path, content: text })),
    );
    if (options.json) {
      const bench = benchless === undefined ? {} : { noBench: benchless };
      printJson({
        folder: options.out,
        files: files.map(({ path }) => path),
        manifest,
        diagnostics: warnings,
        ...bench,
      });
    } else {
      printWarnings();
      const rows = files.map(({ path, text }) => [
        `  ${join(options.out, path)}`,
        formatNumber(text.split("\n").length - 1),
        "lines",
      ]);
      const table = formatTable([{ title: "" }, { title: "", align: "right" }, { title: "" }], rows);
      printText(headLine(subject.name, subject.parameters));
      printText(`top module ${manifest.top}${latencyText(manifest)}, ${manifest.ports.length} ports\n\n${table}`);
      if (benchless !== undefined) printNote(`no test bench: ${benchless}`);
    }
    finish(exitGood);
  });
}

function latencyText({ latency }: DesignManifest): string {
  if (latency === null) return "";
  return `, latency ${latency === 1 ? "1 cycle" : `${latency} cycles`}`;
}

/** All files of a subject, and what there is to say of it. */
async function generate(
  subject: Subject,
  options: DesignFilesOptions,
): Promise<ModuleFiles & Pick<BuiltSubject, "warnings" | "printWarnings">> {
  const { designFiles, moduleFiles } = await import("../../tb/index.ts");
  const built = await buildSubject(subject);
  const files =
    subject.kind === "built-in"
      ? { ...designFiles(subject.configured, built.design, options), benchless: undefined }
      : await moduleFiles(subject, built.design, options);
  return { ...files, warnings: built.warnings, printWarnings: built.printWarnings };
}
