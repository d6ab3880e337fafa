import type { Command } from "commander";
import type { YosysEngine } from "../../synth/index.ts";
import { headLine } from "../design.ts";
import { addExamples, addJsonOption, addYosysOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { addSubjectArgument, buildSubject, readSubject, type SubjectOptions } from "../subject.ts";

interface SynthOptions extends JsonOption, SubjectOptions {
  readonly liberty?: string;
  readonly yosys: YosysEngine;
}

/** `lodestone synth`: gates, area and longest path of every module of a design. */
export function define(command: Command, finish: Finish): void {
  addSubjectArgument(command);
  command.option("-l, --liberty <file.lib>", "map to this cell library; plain or compressed with gzip");
  addYosysOption(command);
  addJsonOption(command);
  addExamples(command, [
    ["lodestone synth vector-mac", "gate equivalents and gate depth"],
    ["lodestone synth mac-array --liberty cells.lib.gz --yosys system", "square micrometres and picoseconds"],
    ["lodestone synth vector-mac --set pipelineStages=2 --json", "machine-readable"],
    ["lodestone synth --file counter.ts --set limit=9", "a module of your own"],
  ]);
  command.action(async (design: string | undefined, options: SynthOptions) => {
    const subject = await readSubject("synth", design, options);
    const { name, parameters } = subject;
    const { emitVerilog } = await import("../../hdl/index.ts");
    const { reportLines, synthesize } = await import("../../synth/index.ts");
    const { built, report } = await withProgress(`Synthesising ${name}`, async (progress) => {
      const built = await buildSubject(subject);
      const report = await synthesize(
        { top: built.design.top.name, files: emitVerilog(built.design) },
        {
          yosys: options.yosys,
          liberty: options.liberty,
          onProgress: (step) => progress.stage(`Synthesising ${name}: ${step}`),
        },
      );
      return { built, report };
    });
    if (options.json) {
      printJson({ design: name, parameters, diagnostics: built.warnings, ...report });
    } else {
      built.printWarnings();
      printText(`${headLine(name, parameters)}\n\n${reportLines(report).join("\n")}`);
    }
    finish(exitGood);
  });
}
