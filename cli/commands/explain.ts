import type { Command } from "commander";
import { InputError } from "../../spec/index.ts";
import { palette } from "../colour.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatTable } from "../table.ts";

/** `lodestone explain`: what a diagnostic's code means, why it is told, an example and its mended form. */
export function define(command: Command, finish: Finish): void {
  addJsonOption(command.argument("[code]", "the code of a complaint; without it all are listed"));
  addExamples(command, [
    ["lodestone explain", "every code in a line"],
    ["lodestone explain LS0101", "what it means, an example, the example mended"],
    ["lodestone explain LS0101 --json", "machine-readable"],
  ]);
  command.action(async (name: string | undefined, options: JsonOption) => {
    const { codeNamed, codesLike, diagnosticCodes, explain, explanationText } = await import("../../hdl/index.ts");
    if (name === undefined) {
      const all = diagnosticCodes.map(explain);
      if (options.json) {
        printJson({ codes: all });
      } else {
        const { bold, red, yellow } = palette();
        const rows = all.map(({ code, severity, title }) => [
          bold(code),
          severity === "error" ? red(severity) : yellow(severity),
          title,
        ]);
        printText(formatTable([{ title: "" }, { title: "" }, { title: "" }], rows));
      }
    } else {
      const code = codeNamed(name);
      if (code === undefined) {
        const near = codesLike(name);
        const hint = near.length > 0 ? `near it: ${near.join(", ")}` : "lodestone explain lists all";
        throw new InputError(`there is no diagnostic "${name}"; ${hint}`);
      }
      if (options.json) printJson(explain(code));
      else printText(explanationText(code));
    }
    finish(exitGood);
  });
}
