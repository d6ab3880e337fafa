import { shapeText } from "../golden/tensor.ts";
import { palette } from "./colour.ts";
import {
  formatResults,
  formatShare,
  formatShort,
  formatSqnr,
  printableName,
  resultLabel,
  type TensorReport,
  totalResults,
} from "./quantize-report.ts";
import { formatNumber, formatTable } from "./table.ts";

/** Where results were written. */
export interface WrittenFiles {
  readonly out?: string;
  readonly report?: string;
}

/** What a person reads after quantising: one line per tensor and all together. */
export function formatQuantized(tensors: readonly TensorReport[], { out, report }: WrittenFiles): string {
  const { bold, dim } = palette();
  const [first] = tensors[0]?.results ?? [];
  const withRounds = tensors.some(({ results }) => (results[0]?.metrics.octavRounds ?? 0) > 0);
  const rows = tensors.flatMap(({ name, results, shape }) =>
    results.map(({ metrics }) => [
      printableName(name),
      shapeText(shape),
      metrics.bitsPerElement.toFixed(3),
      formatSqnr(metrics.sqnr),
      formatShort(metrics.mse),
      formatShort(metrics.largestError),
      formatShare(metrics.clippedShare),
      formatShare(metrics.zeroCodeShare),
      formatShare(metrics.zeroScaleShare),
      ...(withRounds ? [metrics.octavRounds.toFixed(1)] : []),
    ]),
  );
  const [total] = totalResults(tensors);
  if (total && tensors.length > 1) {
    const size = formatNumber(total.elements);
    rows.push(["all", size, total.bitsPerElement.toFixed(3), formatSqnr(total.sqnr), formatShort(total.mse)]);
  }
  const numbers = ["shape", "bits", "SQNR dB", "MSE", "largest error", "clipped", "zero codes", "zero scales"];
  if (withRounds) numbers.push("rounds");
  const table = formatTable(
    [{ title: "tensor" }, ...numbers.map((title) => ({ title, align: "right" as const }))],
    rows,
  );
  const [titles = "", ...lines] = table.split("\n");
  const written = [out, report].filter((path) => path !== undefined);
  const replaced = tensors.reduce((sum, { results }) => sum + (results[0]?.replaced ?? 0), 0);
  return [
    first ? bold(resultLabel(first.options)) : "",
    dim(titles),
    ...lines,
    ...(replaced > 0 ? [`${formatNumber(replaced)} NaN or infinities were replaced`] : []),
    ...written.map((path) => `written    ${path}`),
  ].join("\n");
}

/** What a person reads after comparing: a table per tensor. */
export function formatComparison(tensors: readonly TensorReport[], html: string | undefined): string {
  const { bold, dim } = palette();
  const parts = tensors.map(({ name, results, shape }) => {
    const [titles = "", ...lines] = formatResults(results).split("\n");
    return [`${bold(printableName(name))}  ${shapeText(shape)}`, dim(titles), ...lines].join("\n");
  });
  if (tensors.length > 1) {
    const rows = totalResults(tensors).map(({ bitsPerElement, label, mse, sqnr }) => [
      `  ${label}`,
      bitsPerElement.toFixed(3),
      formatSqnr(sqnr),
      formatShort(mse),
    ]);
    const numbers = ["bits", "SQNR dB", "MSE"].map((title) => ({ title, align: "right" as const }));
    const [titles = "", ...lines] = formatTable([{ title: "  format" }, ...numbers], rows).split("\n");
    parts.push([bold(`all ${tensors.length} tensors together`), dim(titles), ...lines].join("\n"));
  }
  if (html !== undefined) parts.push(`written    ${html}`);
  return parts.join("\n\n");
}
