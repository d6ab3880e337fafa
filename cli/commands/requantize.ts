import { type Command, Option } from "commander";
import type { EngineName } from "../../hdl/index.ts";
import type { RequantizeClip, RequantizeReport } from "../../tb/index.ts";
import { palette } from "../colour.ts";
import { describeParameters } from "../design.ts";
import { formatMismatches } from "../mismatch-report.ts";
import {
  addEngineOption,
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
import { formatNumber, formatTable } from "../table.ts";

interface RequantizeOptions extends JsonOption, ParameterOptions {
  readonly in: string;
  readonly architecture?: string;
  readonly clip: RequantizeClip;
  readonly engine: EngineName;
  readonly nonfinite: "refuse" | "saturate";
}

/** `lodestone requantize`: a real matrix through the simulated per-vector scaler, compared code by code. */
export function define(command: Command, finish: Finish): void {
  command.requiredOption("-i, --in <file.npy>", "a matrix of floats, vectors along its columns");
  command.addOption(
    new Option("-a, --architecture <which>", "how codes are made; exact unless set otherwise").choices([
      "exact",
      "reciprocal",
    ]),
  );
  command.addOption(
    new Option(
      "--clip <rule>",
      "clip each vector at its maximum, where OCTAV says, or at the best of both and their neighbours",
    )
      .choices(["max", "octav", "octav+"])
      .default("max"),
  );
  addEngineOption(command);
  command.addOption(
    new Option("--nonfinite <policy>", "what to do with NaN and infinities")
      .choices(["refuse", "saturate"])
      .default("refuse"),
  );
  addJsonOption(addParameterOptions(command));
  addExamples(command, [
    ["lodestone requantize --in activations.npy", "the chip's widths, codes of the exact formula"],
    ["lodestone requantize --in activations.npy --architecture reciprocal --engine verilator", "by a reciprocal"],
    ["lodestone requantize --in activations.npy --clip octav --set beats=4", "clipped by OCTAV in hardware"],
  ]);
  command.action(async (options: RequantizeOptions) => {
    const { readNpyMatrix } = await import("../../golden/index.ts");
    const { runRequantize } = await import("../../tb/index.ts");
    const { architecture, clip, engine, nonfinite } = options;
    const given = readParameters(options);
    const report = await withProgress(`Requantising (${engine})`, (progress) =>
      runRequantize({
        matrix: readNpyMatrix(options.in),
        parameters: architecture === undefined ? given : { ...given, architecture },
        clip,
        engine,
        nonfinite,
        onProgress: (vectors, of) => progress.update(vectors, of),
      }),
    );
    const good = report.mismatched === 0;
    // JSON has no infinity: null stands for no error at all, and for an ideal quantiser that there is not.
    const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
    if (options.json) {
      printJson({
        ok: good,
        ...report,
        sqnr: finite(report.sqnr),
        idealSqnr: finite(report.idealSqnr),
        sqnrAgainstIdeal: finite(report.sqnrAgainstIdeal),
      });
    } else {
      printText(formatRequantize(report));
    }
    finish(good ? exitGood : exitFailed);
  });
}

function decibels(value: number): string {
  return Number.isFinite(value) ? `${formatNumber(value, 3)} dB` : "no error";
}

/** What a person reads of it. */
export function formatRequantize(report: RequantizeReport): string {
  const { bold, dim, green, red } = palette();
  const { compared, cycles, idealSqnr, mismatched, shape, sqnrAgainstIdeal, vectors } = report;
  const elements = shape.rows * shape.columns;
  const rows = [
    ["matrix", `${shape.rows} x ${shape.columns}, ${formatNumber(vectors)} vectors, clip ${report.clip}`],
    ["unit", `${report.design}  ${dim(describeParameters(report.parameters))}`],
    ["simulator", `${report.simulator}, ${formatNumber(report.seconds, 2)} s, ${formatNumber(cycles)} cycles`],
    [
      "codes and scales",
      mismatched === 0
        ? `${formatNumber(compared)} compared, ${green("all equal the golden model")}`
        : `${formatNumber(compared)} compared, ${bold(red(`${formatNumber(mismatched)} differ`))} from the golden model`,
    ],
    [
      "off the formula",
      `${formatNumber(report.codesOffFormula)} codes (${formatNumber((100 * report.codesOffFormula) / elements, 3)} %)`,
    ],
    ["SQNR", `${decibels(report.sqnr)} against the float input`],
  ];
  if (idealSqnr !== null && sqnrAgainstIdeal !== null) {
    rows.push(
      ["ideal quantiser", `${decibels(idealSqnr)} against the float input`],
      ["unit and ideal", `${decibels(sqnrAgainstIdeal)} of one against the other`],
    );
  }
  const text = formatTable([{ title: "" }, { title: "" }], rows);
  return mismatched === 0
    ? text
    : `${text}\n${formatMismatches(report.mismatches, mismatched).replace("cycle", "vector")}`;
}
