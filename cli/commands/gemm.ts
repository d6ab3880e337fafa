import { type Command, Option } from "commander";
import type { LaneQuantizeOptions, NumberFormat } from "../../golden/index.ts";
import type { EngineName } from "../../hdl/index.ts";
import type { GemmReport } from "../../tb/index.ts";
import { writeFileWhole } from "../atomic-folder.ts";
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

interface GemmOptions extends JsonOption, ParameterOptions {
  readonly a: string;
  readonly b: string;
  readonly format: NumberFormat;
  readonly engine: EngineName;
  readonly out?: string;
  readonly coarse: "tensor" | "row";
  readonly nonfinite: "refuse" | "saturate";
}

/** `lodestone gemm`: two real matrices, quantised and multiplied on the simulated array. */
export function define(command: Command, finish: Finish): void {
  command.requiredOption("-a, --a <file.npy>", "A, M x K, float32");
  command.requiredOption("-b, --b <file.npy>", "B, N x K, float32; the product is A times B transposed");
  command.addOption(
    new Option("-f, --format <format>", "number format").choices(["int4-vsq", "int4", "int8"]).default("int4-vsq"),
  );
  command.option("-o, --out <file.npy>", "write the product, M x N, float32");
  addEngineOption(command);
  command.addOption(
    new Option("--coarse <reach>", "one coarse scale per tensor or per row")
      .choices(["tensor", "row"])
      .default("tensor"),
  );
  command.addOption(
    new Option("--nonfinite <policy>", "what to do with NaN and infinities")
      .choices(["refuse", "saturate"])
      .default("refuse"),
  );
  addJsonOption(addParameterOptions(command));
  addExamples(command, [
    ["lodestone gemm --a activations.npy --b weights.npy", "4-bit elements with a scale per vector"],
    ["lodestone gemm --a activations.npy --b weights.npy --format int8 --out c.npy", "8 bits, product kept"],
    ["lodestone gemm --a activations.npy --b weights.npy --set vectorSize=16", "shorter vectors"],
  ]);
  command.action(async (options: GemmOptions) => {
    const { formatNpy, readNpyMatrix } = await import("../../golden/index.ts");
    const { runGemm } = await import("../../tb/index.ts");
    const parameters = readParameters(options);
    const { coarse, engine, format, nonfinite } = options;
    const quantize: LaneQuantizeOptions = { coarse, nonfinite };
    const report = await withProgress(`Multiplying on the array (${engine})`, (progress) =>
      runGemm({
        a: readNpyMatrix(options.a),
        b: readNpyMatrix(options.b),
        format,
        parameters,
        engine,
        quantize,
        onProgress: (cycles, of) => progress.update(cycles, of),
      }),
    );
    const good = report.mismatched === 0;
    const { product, ...summary } = report;
    // A product that differs from the golden model is not one to hand on.
    const out = good ? options.out : undefined;
    if (out !== undefined) {
      const { m, n } = report.shape;
      writeFileWhole(out, formatNpy({ data: Float32Array.from(product), shape: [m, n] }));
    }
    if (options.json) {
      // JSON has no infinity: null stands for a product without any error.
      printJson({ ok: good, ...summary, sqnr: Number.isFinite(summary.sqnr) ? summary.sqnr : null, out: out ?? null });
    } else {
      printText(formatGemm(report, out));
    }
    finish(good ? exitGood : exitFailed);
  });
}

/** What a person reads of a product. */
export function formatGemm(report: GemmReport, out: string | undefined): string {
  const { bold, dim, green, red } = palette();
  const { compared, mismatched, shape } = report;
  const rows = [
    ["product", `${shape.m} x ${shape.k} by ${shape.k} x ${shape.n}, ${report.format}`],
    ["array", dim(describeParameters(report.parameters))],
    ["simulator", `${report.simulator}, ${formatNumber(report.seconds, 2)} s`],
    ["cycles", formatNumber(report.cycles)],
    ["MAC utilisation", `${formatNumber(100 * report.utilization, 1)} %`],
    ["partial sums", partialSums()],
    ["clipped", formatNumber(report.saturations)],
    ["SQNR", Number.isFinite(report.sqnr) ? `${formatNumber(report.sqnr, 1)} dB against the float product` : "exact"],
  ];
  if (out !== undefined) rows.push(["written", out]);
  const text = formatTable([{ title: "" }, { title: "" }], rows);
  if (mismatched === 0) return text;
  return `${text}\n${formatMismatches(report.mismatches, mismatched)}`;

  function partialSums(): string {
    if (mismatched === 0) return `${formatNumber(compared)} compared, ${green("all equal the golden model")}`;
    return `${formatNumber(compared)} compared, ${bold(red(`${formatNumber(mismatched)} differ`))} from the golden model`;
  }
}
