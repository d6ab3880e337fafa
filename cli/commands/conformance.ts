import type { Command } from "commander";
import { writeFolder } from "../atomic-folder.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatNumber } from "../table.ts";

interface Options extends JsonOption {
  readonly out: string;
}

/** `lodestone conformance`: inputs and expected bits, for others to check their quantisers with. */
export function define(command: Command, finish: Finish): void {
  command.requiredOption("-o, --out <folder>", "write the set here");
  addJsonOption(command);
  addExamples(command, [["lodestone conformance --out conformance", "inputs, expected bits and a README"]]);
  command.action(async ({ json, out }: Options) => {
    const { conformanceFiles } = await import("../../golden/conformance/index.ts");
    const files = await withProgress("Quantising in every format", () => {
      const made = conformanceFiles();
      writeFolder(out, made);
      return made;
    });
    const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    if (json) printJson({ ok: true, out, bytes, files: files.map(({ path }) => path) });
    else
      printText(`${files.length} files, ${formatNumber(bytes)} bytes, written to ${out}; start with ${out}/README.md`);
    finish(exitGood);
  });
}
