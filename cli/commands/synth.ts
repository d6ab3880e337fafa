import type { Command } from "commander";
import type { YosysEngine } from "../../synth/index.ts";
import { palette } from "../colour.ts";
import { addDesignArgument, configureDesign, describeParameters } from "../design.ts";
import { addExamples, addJsonOption, addYosysOption, type JsonOption, type ParameterOptions } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";

interface SynthOptions extends JsonOption, ParameterOptions {
  readonly liberty?: string;
  readonly yosys: YosysEngine;
}

/** `lodestone synth`: gates, area and longest path of every module of a design. */
export function define(command: Command, finish: Finish): void {
  addDesignArgument(command);
  command.option("-l, --liberty <file.lib>", "map to this cell library; plain or compressed with gzip");
  addYosysOption(command);
  addJsonOption(command);
  addExamples(command, [
    ["lodestone synth vector-mac", "gate equivalents and gate depth"],
    ["lodestone synth mac-array --liberty cells.lib.gz --yosys system", "square micrometres and picoseconds"],
    ["lodestone synth vector-mac --set pipelineStages=2 --json", "machine-readable"],
  ]);
  command.action(async (name: string, options: SynthOptions) => {
    const configured = await configureDesign(name, options);
    const { compile, emitVerilog } = await import("../../hdl/index.ts");
    const { reportLines, synthesize } = await import("../../synth/index.ts");
    const report = await withProgress(`Synthesising ${name}`, (progress) => {
      const design = compile(configured.create());
      return synthesize(
        { top: design.top.name, files: emitVerilog(design) },
        {
          yosys: options.yosys,
          liberty: options.liberty,
          onProgress: (step) => progress.stage(`Synthesising ${name}: ${step}`),
        },
      );
    });
    if (options.json) {
      printJson({ design: name, parameters: configured.params, ...report });
    } else {
      const { bold, dim } = palette();
      printText(`${bold(name)}  ${dim(describeParameters(configured.params))}\n\n${reportLines(report).join("\n")}`);
    }
    finish(exitGood);
  });
}
