import type { Command } from "commander";
import type { Generator } from "../../generators/index.ts";
import { acceptedValues } from "../../spec/index.ts";
import { palette } from "../colour.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatTable } from "../table.ts";

/** `lodestone list`: the designs, and what each may be asked for. */
export function define(command: Command, finish: Finish): void {
  addJsonOption(command.argument("[design]", "only this design"));
  addExamples(command, [
    ["lodestone list", "every design with its parameters"],
    ["lodestone list mac-array --json", "one design, machine-readable"],
  ]);
  command.action(async (name: string | undefined, options: JsonOption) => {
    const { generatorNamed, generators } = await import("../../generators/index.ts");
    const chosen = name === undefined ? generators : [generatorNamed(name)];
    if (options.json) {
      printJson({ designs: chosen.map(({ name, summary, parameters }) => ({ name, summary, parameters })) });
    } else {
      printText(chosen.map(formatDesign).join("\n\n"));
    }
    finish(exitGood);
  });
}

function formatDesign({ name, summary, parameters }: Generator): string {
  const { bold, dim } = palette();
  const table = formatTable(
    [{ title: "  parameter" }, { title: "default", align: "right" }, { title: "accepts" }, { title: "" }],
    parameters.map((parameter) => [
      `  ${parameter.name}`,
      String(parameter.default),
      acceptedValues(parameter),
      parameter.description,
    ]),
  );
  const [titles = "", ...rows] = table.split("\n");
  return [`${bold(name)}  ${summary}`, "", dim(titles), ...rows].join("\n");
}
