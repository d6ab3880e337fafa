import { shapeText } from "../golden/tensor.ts";
import { barsSvg } from "./html-bars.ts";
import { histogramSvg } from "./html-histogram.ts";
import { escapeHtml, htmlFigure, htmlPage, seriesColour } from "./html-page.ts";
import {
  formatShare,
  formatShort,
  formatSqnr,
  printableName,
  resultLabel,
  type TensorReport,
  totalResults,
} from "./quantize-report.ts";
import { formatNumber } from "./table.ts";

/** The report of one format over some tensors as a page. */
export function quantizeHtml(tensors: readonly TensorReport[]): string {
  const [first] = tensors[0]?.results ?? [];
  const [total] = totalResults(tensors);
  const format = first ? resultLabel(first.options) : "";
  const count = `${formatNumber(tensors.length)} ${tensors.length === 1 ? "tensor" : "tensors"}`;
  const lead = total
    ? `${count}, ${formatNumber(total.elements)} elements, ${total.bitsPerElement.toFixed(3)} bits each, SQNR ${formatSqnr(total.sqnr)} dB over all`
    : count;
  const sections = tensors.map((tensor) => tensorSection(tensor));
  if (tensors.length > 1) sections.unshift(overview(tensors));
  return htmlPage(`Quantised to ${format}`, lead, sections.join("\n"));
}

function overview(tensors: readonly TensorReport[]): string {
  const bars = tensors.flatMap(({ name, results }) =>
    results.slice(0, 1).map(({ metrics: { bitsPerElement, sqnr } }) => ({
      label: printableName(name),
      value: sqnr,
      text: formatSqnr(sqnr),
      colour: seriesColour(0),
      title: `${printableName(name)}: ${formatSqnr(sqnr)} dB at ${bitsPerElement.toFixed(3)} bits per element`,
    })),
  );
  const figure = htmlFigure("SQNR by tensor", barsSvg(bars, "dB"), "Longer is better. 6.02 dB are one bit.");
  return `<section><h2>All tensors</h2><p>${formatNumber(tensors.length)} of them</p>${figure}</section>`;
}

function tensorSection({ file, name, profile, results, shape }: TensorReport): string {
  const [result] = results;
  if (!result) return "";
  const { clipRange, metrics, options } = result;
  const tiles: [string, string][] = [
    ["SQNR", metrics.sqnr === Number.POSITIVE_INFINITY ? "exact" : `${formatSqnr(metrics.sqnr)} dB`],
    ["bits per element", metrics.bitsPerElement.toFixed(3)],
    ["MSE", formatShort(metrics.mse)],
    ["largest error", formatShort(metrics.largestError)],
    ["clipped", formatShare(metrics.clippedShare)],
    ["zero codes", formatShare(metrics.zeroCodeShare)],
    ["zero scales", formatShare(metrics.zeroScaleShare)],
  ];
  if (metrics.octavRounds > 0)
    tiles.push(["OCTAV rounds", `${metrics.octavRounds.toFixed(1)}, most ${metrics.octavMostRounds}`]);
  if (metrics.octavUnconverged > 0) tiles.push(["not settled", formatNumber(metrics.octavUnconverged)]);
  const list = tiles.map(([term, value]) => `<div><dt>${term}</dt><dd>${escapeHtml(value)}</dd></div>`).join("");
  const mark = { label: resultLabel(options), colour: seriesColour(1), range: clipRange };
  const single = clipRange.high - clipRange.low <= profile.largest / 200;
  const caption = single
    ? `Count is logarithmic. Magnitudes beyond ${formatShort(clipRange.median)} are clipped.`
    : "Count is logarithmic. The bar shows where nine in ten vectors clip, the dot half of them.";
  return `<section><h2>${escapeHtml(printableName(name))}</h2>
<p>${escapeHtml(`${shapeText(shape)} from ${printableName(file)}`)}</p>
<dl class="tiles">${list}</dl>
${htmlFigure("Magnitudes and the clipping point", histogramSvg(profile, [mark]), caption)}</section>`;
}
