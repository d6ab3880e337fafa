import { shapeText } from "../golden/tensor.ts";
import { type ComparedTensor, comparedSizes } from "./compare-formats.ts";
import { type Bar, barsSvg } from "./html-bars.ts";
import { type ClipMark, histogramSvg } from "./html-histogram.ts";
import { linesSvg } from "./html-lines.ts";
import { escapeHtml, htmlFigure, htmlLegend, htmlPage, htmlTable, seriesColour } from "./html-page.ts";
import {
  formatShort,
  formatSqnr,
  printableName,
  resultCells,
  resultColumns,
  resultLabel,
  type TotalResult,
  totalResults,
} from "./quantize-report.ts";
import { formatNumber } from "./table.ts";

/** Several formats and clipping rules on the same tensors as a page with plots. */
export function compareHtml(tensors: readonly ComparedTensor[]): string {
  const results = tensors[0]?.results ?? [];
  const formats = [...new Set(results.map(({ options }) => options.format))];
  const clips = [...new Set(results.map(({ options }) => options.clip))];
  const elements = tensors.reduce((sum, { profile }) => sum + profile.elements, 0);
  const count = `${formatNumber(tensors.length)} ${tensors.length === 1 ? "tensor" : "tensors"}`;
  const lead = `${count}, ${formatNumber(elements)} elements; ${formats.join(", ")}; clipping ${clips.join(", ")}`;
  const colourOf = (format: string): string => seriesColour(formats.indexOf(format as (typeof formats)[number]));
  const sections = tensors.map((tensor) => tensorSection(tensor, colourOf));
  if (tensors.length > 1) sections.unshift(totalSection(tensors, colourOf));
  return htmlPage("Formats compared", lead, sections.join("\n"));
}

function totalSection(tensors: readonly ComparedTensor[], colourOf: (format: string) => string): string {
  const totals = totalResults(tensors);
  const formats = (tensors[0]?.results ?? []).map(({ options }) => options.format);
  const bars = totals.map((total, i) => bar(total, colourOf(formats[i] ?? "")));
  const rows = totals.map(({ bitsPerElement, label, mse, sqnr }) => [
    label,
    bitsPerElement.toFixed(3),
    formatSqnr(sqnr),
    formatShort(mse),
  ]);
  const table = htmlTable(["format", "bits", "SQNR dB", "MSE"], rows);
  return `<section><h2>All tensors together</h2><p>all errors against all numbers; large tensors weigh more</p>
<div class="plots">${htmlFigure("SQNR", barsSvg(bars, "dB"), "Longer is better. 6.02 dB are one bit.")}<div>${table}</div></div></section>`;
}

function bar(
  { bitsPerElement, label, sqnr }: Pick<TotalResult, "label" | "sqnr" | "bitsPerElement">,
  colour: string,
): Bar {
  const text = formatSqnr(sqnr);
  const title = `${label}: ${text} dB at ${bitsPerElement.toFixed(3)} bits per element`;
  return { label, value: sqnr, text, colour, title };
}

function tensorSection(tensor: ComparedTensor, colourOf: (format: string) => string): string {
  const { file, name, profile, results, shape, sizes, sizesElements } = tensor;
  const labelled = results.map((result) => ({
    ...result,
    label: resultLabel(result.options),
    colour: colourOf(result.options.format),
  }));
  const bars = labelled.map(({ colour, label, metrics }) => bar({ label, ...metrics }, colour));
  const marks: ClipMark[] = labelled.map(({ clipRange, colour, label }) => ({ label, colour, range: clipRange }));
  const plots = [
    htmlFigure("SQNR", barsSvg(bars, "dB"), "Longer is better. 6.02 dB are one bit."),
    htmlFigure(
      "Magnitudes and clipping points",
      histogramSvg(profile, marks),
      "Count is logarithmic. A bar shows where nine in ten vectors clip, a dot half of them; a dashed line is the one place where a format clips.",
      "",
      true,
    ),
  ];
  if (sizes.some(({ points }) => points.length > 1)) {
    const others = [...new Set(sizes.map(({ clip }) => clip))].filter((clip) => clip !== "max");
    const series = sizes.map(({ clip, format, label, points }) => ({
      label,
      colour: colourOf(format),
      dash: dashOf(clip, others),
      points: points.map(({ size, sqnr }) => ({ x: size, y: sqnr })),
    }));
    const legend = htmlLegend(series);
    const cut =
      sizesElements < profile.elements ? ` Measured on the first ${formatNumber(sizesElements)} elements.` : "";
    plots.push(
      htmlFigure(
        "Error against vector size",
        linesSvg(series, comparedSizes, "elements per scale", "SQNR, dB"),
        `Higher is better. Long dashes: clipped at the maximum. Levels belong to formats whose vector size is fixed or who have none.${cut}`,
        legend,
      ),
    );
  }
  const titles = resultColumns.map(({ title }) => title.trim());
  const table = htmlTable(titles, results.map(resultCells), 2);
  return `<section><h2>${escapeHtml(printableName(name))}</h2>
<p>${escapeHtml(`${shapeText(shape)} from ${printableName(file)}; ${formatNumber(profile.elements)} elements, largest magnitude ${formatShort(profile.largest)}`)}</p>
<div class="plots">${plots.join("\n")}</div>
${table}</section>`;
}

/** Long dashes for the maximum, a solid line for the first of the other rules, shorter dashes for the rest. */
function dashOf(clip: string, others: readonly string[]): string {
  if (clip === "max") return "7 4";
  return ["", "2 3", "4 2 1 2"][others.indexOf(clip) % 3] ?? "";
}
