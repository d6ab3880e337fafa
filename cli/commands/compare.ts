import { type Command, Option } from "commander";
import { type ClipRule, clipRuleNames, parseClipRule } from "../../golden/clipping/index.ts";
import type { QuantizePool } from "../../golden/parallel/index.ts";
import { type FormatName, InputError } from "../../spec/index.ts";
import { writeFileWhole } from "../atomic-folder.ts";
import { type ComparedTensor, combinations, compareTensor } from "../compare-formats.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printNote, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { progressBar } from "../progress-bar.ts";
import {
  addQuantizeOptions,
  formatList,
  parseFormats,
  type QuantizeArguments,
  readQuantizeOptions,
} from "../quantize-arguments.ts";
import { formatComparison } from "../quantize-page.ts";
import { printableName, reportJson } from "../quantize-report.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { openTensors } from "../tensor-inputs.ts";
import { whenValid } from "../when-valid.ts";

interface Options extends JsonOption, QuantizeArguments {
  readonly formats: readonly FormatName[];
  readonly clips: readonly ClipRule[];
  readonly html?: string;
}

/** `lodestone compare`: what several formats and clipping rules do to the same tensors. */
export function define(command: Command, finish: Finish): void {
  command.argument("<input...>", ".safetensors (F32, F16, BF16, F64), .npz and .npy files");
  const formats = "int8,int4,int4-vsq,mxfp4,nvfp4";
  command.addOption(
    new Option("-f, --formats <list>", `formats, of ${formatList}`)
      .argParser(whenValid(parseFormats))
      .default(parseFormats(formats), formats),
  );
  const clips = "max,octav";
  command.addOption(
    new Option("-c, --clips <list>", `clipping rules, of ${clipRuleNames.join(", ")}`)
      .argParser(whenValid(parseClips))
      .default(parseClips(clips), clips),
  );
  command.option("--html <file.html>", "write a page with plots");
  addJsonOption(addQuantizeOptions(command));
  addExamples(command, [
    ["lodestone compare weights.npy", "the usual formats side by side"],
    ["lodestone compare model.safetensors --tensor '*.weight' --html model.html", "a page with plots"],
    ["lodestone compare acts.npz --formats int4-vsq,fp4-vsq --clips max,octav,octav+ --vector 16 --json", "chosen"],
  ]);
  command.action(async (paths: string[], options: Options) => {
    const { html } = options;
    if (html !== undefined && !/\.html?$/i.test(html)) {
      throw new InputError(`--html ${html}: a page is written; end the name with .html`);
    }
    const tensors = await compareFiles(paths, options);
    if (html !== undefined) {
      const { compareHtml } = await import("../compare-report-html.ts");
      writeFileWhole(html, compareHtml(tensors));
    }
    if (options.json) {
      printJson({ ok: true, html: html ?? null, ...Object(reportJson(tensors)) });
    } else {
      printText(formatComparison(tensors, html));
    }
    finish(exitGood);
  });
}

async function compareFiles(paths: readonly string[], options: Options): Promise<ComparedTensor[]> {
  const { clips, formats, html, tensor: patterns } = options;
  const ways = combinations(formats, clips, readQuantizeOptions(options));
  const inputs = openTensors(paths, patterns);
  let pool: QuantizePool | undefined;
  const startPool = async (): Promise<QuantizePool> => {
    const { QuantizePool: Pool } = await import("../../golden/parallel/index.ts");
    pool ??= new Pool();
    return pool;
  };
  try {
    if (inputs.leftOut.length > 0) printNote(`left out, not floating point: ${inputs.leftOut.join(", ")}`);
    const { tensors } = inputs;
    return await withProgress("Comparing", async (progress) => {
      const compared: ComparedTensor[] = [];
      for (const [i, input] of tensors.entries()) {
        const show = (done: number, total: number): void =>
          progress.stage(`${progressBar(i + done / total, tensors.length)} ${printableName(input.name)}`);
        compared.push(await compareTensor(input, ways, html !== undefined, show, startPool));
      }
      return compared;
    });
  } finally {
    await pool?.close();
    inputs.close();
  }
}

function parseClips(text: string): ClipRule[] {
  const rules = text.split(",").map((rule) => parseClipRule(rule.trim()));
  const twin = rules.find((rule, i) => rules.indexOf(rule) !== i);
  if (twin !== undefined) throw new InputError(`--clips names ${twin} twice`);
  return rules;
}
