import type { Command } from "commander";
import { type ClipRule, clipRuleNames, parseClipRule } from "../../golden/clipping/index.ts";
import type { QuantizedWriter } from "../../golden/quantized-file/index.ts";
import { type FormatName, formatDeclaration, InputError } from "../../spec/index.ts";
import { writeFileWhole } from "../atomic-folder.ts";
import { palette } from "../colour.ts";
import { interruptible } from "../interruptible.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printNote, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { progressBar } from "../progress-bar.ts";
import {
  addQuantizeOptions,
  formatList,
  type QuantizeArguments,
  readQuantizeOptions,
  withStrictVector,
} from "../quantize-arguments.ts";
import { formatQuantized } from "../quantize-page.ts";
import { printableName, reportJson, reportKind, type TensorReport } from "../quantize-report.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { openTensors } from "../tensor-inputs.ts";
import { whenValid } from "../when-valid.ts";

interface Options extends JsonOption, QuantizeArguments {
  readonly format: FormatName;
  readonly clip: ClipRule;
  readonly out?: string;
  readonly report?: string;
}

/** `lodestone quantize`: tensors of files into codes and scales. */
export function define(command: Command, finish: Finish): void {
  command.argument("<input...>", ".safetensors (F32, F16, BF16, F64), .npz and .npy files");
  command.requiredOption("-f, --format <format>", `one of ${formatList}`, whenValid(readFormat));
  command.option("-c, --clip <rule>", `clipping: ${clipRuleNames.join(", ")}`, whenValid(parseClipRule), "max");
  command.option("-o, --out <file.safetensors>", "write codes and scales; dequantize turns them back");
  command.option("-r, --report <file>", "write a report, .json or .html");
  addJsonOption(addQuantizeOptions(command));
  addExamples(command, [
    ["lodestone quantize model.safetensors --format int4-vsq --clip octav --out model-int4.safetensors", "a model"],
    ["lodestone quantize weights.npy --format nvfp4 --report weights.html", "one tensor, a page to look at"],
    ["lodestone quantize model.safetensors --format mxfp4 --scale-rule even --tensor '*.weight'", "some tensors"],
  ]);
  command.action(async (paths: string[], options: Options) => {
    const tensors = await quantizeFiles(paths, options);
    if (options.json) {
      printJson({ ok: true, out: options.out ?? null, report: options.report ?? null, ...Object(reportJson(tensors)) });
    } else {
      printText(formatQuantized(tensors, options));
    }
    finish(exitGood);
  });
}

function readFormat(name: string): FormatName {
  return formatDeclaration(name).name;
}

async function quantizeFiles(paths: readonly string[], options: Options): Promise<TensorReport[]> {
  const { clip, format, out, report, tensor: patterns } = options;
  if (out !== undefined && !out.toLowerCase().endsWith(".safetensors")) {
    throw new InputError(`--out ${out}: codes and scales are written as .safetensors; end the name so`);
  }
  const kind = report === undefined ? undefined : reportKind(report);
  const { resolveOptions } = await import("../../golden/quantize-options.ts");
  const { createQuantized } = await import("../../golden/quantized-file/index.ts");
  const { quantizeInOrder } = await import("../quantize-in-order.ts");
  const quantizeOptions = { ...readQuantizeOptions(options), format, clip };
  // What is wrong with the options is said before a file is opened.
  resolveOptions(quantizeOptions);
  const strictOptions = withStrictVector(quantizeOptions);
  const inputs = openTensors(paths, patterns);
  const { dim } = palette(process.stderr);
  const open: { writer?: QuantizedWriter } = {};
  const abandon = (): void => open.writer?.abandon();
  try {
    if (inputs.leftOut.length > 0) {
      printNote(dim(`left out, not floating point: ${inputs.leftOut.join(", ")}`));
    }
    const { tensors } = inputs;
    return await interruptible(abandon, async () => {
      if (out !== undefined) open.writer = createQuantized(out, tensors);
      const reports = await withProgress(`Quantising to ${format}`, (progress) =>
        quantizeInOrder(
          tensors,
          strictOptions,
          (input, i) => progress.stage(`${progressBar(i, tensors.length)} ${printableName(input.name)}`),
          (quantized) => open.writer?.add(quantized),
        ),
      );
      if (report !== undefined && kind === "json") {
        writeFileWhole(report, `${JSON.stringify(reportJson(reports), null, 2)}\n`);
      } else if (report !== undefined) {
        const { quantizeHtml } = await import("../quantize-report-html.ts");
        writeFileWhole(report, quantizeHtml(reports));
      }
      open.writer?.finish();
      return reports;
    });
  } finally {
    abandon();
    inputs.close();
  }
}
