import { join } from "node:path";
import type { Command } from "commander";
import { writeFolder } from "../atomic-folder.ts";
import { palette } from "../colour.ts";
import { addDesignArgument, configureDesign, describeParameters, toolName } from "../design.ts";
import {
  addExamples,
  addJsonOption,
  addSeedOption,
  type JsonOption,
  type ParameterOptions,
  wholeNumber,
} from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatNumber, formatTable } from "../table.ts";

interface GenerateOptions extends JsonOption, ParameterOptions {
  readonly out: string;
  readonly vectors: number;
  readonly seed: number;
}

/** `lodestone generate`: Verilog, file list, manifest and a plain Verilog test bench of one design. */
export function define(command: Command, finish: Finish): void {
  addDesignArgument(command).requiredOption("-o, --out <folder>", "where to write; made when it is not there");
  command.option("--vectors <n>", "cycles in the plain Verilog test bench, 0 for none", wholeNumber(0, 100_000), 256);
  addSeedOption(command);
  addJsonOption(command);
  addExamples(command, [
    ["lodestone generate mac-array --out build/mac-array", "the published chip's array"],
    ["lodestone generate mac-array --out small --set lanes=4 --set vectorSize=16", "a smaller one"],
    ["lodestone generate vector-mac --out lane --config lane.json --json", "the manifest on standard output"],
  ]);
  command.action(async (name: string, options: GenerateOptions) => {
    const configured = await configureDesign(name, options);
    const { designFiles } = await import("../../tb/index.ts");
    const { manifest, files } = await withProgress(`Generating ${name}`, () =>
      designFiles(configured, { tool: toolName(), vectors: options.vectors, seed: options.seed }),
    );
    writeFolder(
      options.out,
      files.map(({ path, text }) => ({ path, content: text })),
    );
    if (options.json) {
      printJson({ folder: options.out, files: files.map(({ path }) => path), manifest });
    } else {
      const { bold, dim } = palette();
      const rows = files.map(({ path, text }) => [
        `  ${join(options.out, path)}`,
        formatNumber(text.split("\n").length - 1),
        "lines",
      ]);
      const table = formatTable([{ title: "" }, { title: "", align: "right" }, { title: "" }], rows);
      const latency = manifest.latency === 1 ? "1 cycle" : `${manifest.latency} cycles`;
      printText(`${bold(name)}  ${dim(describeParameters(configured.params))}`);
      printText(`top module ${manifest.top}, latency ${latency}, ${manifest.ports.length} ports\n\n${table}`);
    }
    finish(exitGood);
  });
}
