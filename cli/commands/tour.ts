import type { Command } from "commander";
import { toolName } from "../design.ts";
import {
  addExamples,
  addJsonOption,
  addParameterOptions,
  type JsonOption,
  type ParameterOptions,
  readParameters,
} from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { exitFailed, exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";

interface TourOptions extends JsonOption, ParameterOptions {
  readonly a: string;
  readonly b: string;
  readonly out: string;
}

/** `lodestone tour`: the whole road once, on one page; what `npm start` runs. */
export function define(command: Command, finish: Finish): void {
  command.requiredOption("-a, --a <file.npy>", "A, M x K, float32");
  command.requiredOption("-b, --b <file.npy>", "B, N x K, float32");
  command.requiredOption("-o, --out <folder>", "where to write; made when it is not there");
  addJsonOption(addParameterOptions(command));
  addExamples(command, [
    [
      "lodestone tour --a examples/tensors/activations.npy --b examples/tensors/weights.npy --out build/chip",
      "what npm start does",
    ],
  ]);
  command.action(async (options: TourOptions) => {
    const began = performance.now();
    const parameters = readParameters(options);
    const { runTour, tourIsGood } = await import("../tour.ts");
    const { a, b, out } = options;
    const report = await withProgress("Starting", ({ stage, update }) =>
      runTour({ a, b, out, parameters, tool: toolName(), onStage: stage, onProgress: update }),
    );
    const good = tourIsGood(report);
    if (options.json) {
      const { checks, files, generated, lane, products } = report;
      printJson({ ok: good, folder: out, files, manifest: generated.manifest, checks, products, lane });
    } else {
      const { formatTour } = await import("../tour-page.ts");
      printText(formatTour(report, out, (performance.now() - began) / 1000));
    }
    finish(good ? exitGood : exitFailed);
  });
}
