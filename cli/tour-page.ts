import { join } from "node:path";
import { palette } from "./colour.ts";
import { formatMismatches } from "./mismatch-report.ts";
import { formatNumber, formatTable } from "./table.ts";
import type { TourReport } from "./tour.ts";

/** Gate equivalents are an estimate: three digits are all that they are worth. */
function roughly(value: number): string {
  return formatNumber(Number(value.toPrecision(3)));
}

/** The tour as one page for a person. */
export function formatTour(report: TourReport, out: string, seconds: number): string {
  const { bold, dim, green, red } = palette();
  const { generated, lane, lanes, products } = report;
  const { manifest, verilog } = generated;
  const { parameters } = manifest;
  const lines = verilog.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
  const shape = products[0]?.shape;
  const good = (text: string) => green(text);

  const macs = lanes * Number(parameters.vectorSize);
  const what = `${lanes} lanes of ${parameters.vectorSize} elements, ${formatNumber(macs)} multiply-accumulates per cycle`;
  const checks = report.checks.map(({ findings, name, skipped, tool }) => {
    if (skipped !== null) return `  ${name.padEnd(10)}  ${dim(`not run: ${skipped}`)}`;
    const result = findings.length === 0 ? good("clean") : red(`${findings.length} findings, see reports/lint.json`);
    return `  ${name.padEnd(10)}  ${result}  ${dim(tool ?? "")}`;
  });
  const table = formatTable(
    [
      { title: "  format" },
      { title: "cycles", align: "right" },
      { title: "MACs used", align: "right" },
      { title: "partial sums", align: "right" },
      { title: "wrong", align: "right" },
      { title: "SQNR", align: "right" },
    ],
    products.map(({ compared, cycles, format, mismatched, sqnr, utilization }) => [
      `  ${format.toUpperCase()}`,
      formatNumber(cycles),
      `${formatNumber(100 * utilization, 1)} %`,
      formatNumber(compared),
      mismatched === 0 ? good("0") : red(formatNumber(mismatched)),
      `${formatNumber(sqnr, 1)} dB`,
    ]),
  );
  const wrong = products.filter(({ mismatched }) => mismatched > 0);
  const own = lane.modules[0];
  const area = own?.total.gateEquivalents ?? 0;
  const depth = own?.path.gates;

  return [
    `${bold("Lodestone")}: the array of the VS-Quant chip, from TypeScript to verified Verilog`,
    "",
    `${bold("Generated")}  ${what}`,
    `  ${verilog.length} Verilog modules, ${formatNumber(lines)} lines, top ${manifest.top}, latency ${manifest.latency} cycle${manifest.latency === 1 ? "" : "s"}`,
    "",
    bold("Checked"),
    ...checks,
    "",
    `${bold("Multiplied")}  ${shape?.m} x ${shape?.k} by ${shape?.k} x ${shape?.n}, on the simulated array: examples/tensors`,
    table,
    `  ${dim("Every partial sum is compared with the golden model; SQNR is against the float product. A few channels of")}`,
    `  ${dim("these tensors hold outliers, as in transformers; product.npy is the INT4-VSQ product, float32.")}`,
    ...wrong.flatMap(({ format, mismatched, mismatches }) => [
      `  ${format}:`,
      formatMismatches(mismatches, mismatched),
    ]),
    "",
    bold("Synthesised"),
    `  one lane   ${formatNumber(area)} gate equivalents, ${formatNumber(own?.total.flipFlops ?? 0)} flip-flops, longest path ${depth ?? "?"} gates`,
    `  ${lanes} lanes   about ${roughly(lanes * area)} gate equivalents, without the control they share`,
    `  ${dim(lane.recipe.yosys)}`,
    "",
    `${bold("Files")}  in ${out}, made in ${formatNumber(seconds, 0)} s`,
    ...fileLines(report.files, out),
    "",
    `Next: ${bold("npx lodestone gemm --a A.npy --b B.npy")} with your own matrices, ${bold("npx lodestone --help")} for the rest.`,
  ].join("\n");
}

/** One line per folder. */
function fileLines(files: readonly string[], out: string): string[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const [folder, name] = file.includes("/") ? (file.split("/") as [string, string]) : ["", file];
    folders.set(folder, [...(folders.get(folder) ?? []), name]);
  }
  const width = Math.max(...[...folders.keys()].map((folder) => join(out, folder).length));
  return [...folders].map(([folder, names]) => `  ${join(out, folder).padEnd(width)}  ${names.join("  ")}`);
}
