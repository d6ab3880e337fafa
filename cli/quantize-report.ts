import { extname } from "node:path";
import type { Metrics } from "../golden/metrics/measure.ts";
import type { ResolvedOptions } from "../golden/quantize-options.ts";
import { InputError } from "../spec/index.ts";
import type { ClipRange } from "./clip-range.ts";
import { type Column, formatNumber, formatTable } from "./table.ts";
import type { TensorProfile } from "./tensor-profile.ts";

/** What one format did to one tensor. */
export interface TensorResult {
  readonly options: ResolvedOptions;
  readonly metrics: Metrics;
  readonly clipRange: ClipRange;
  /** NaN and infinities that were replaced. */
  readonly replaced: number;
}

/** A tensor and what formats did to it. */
export interface TensorReport {
  readonly name: string;
  readonly file: string;
  readonly shape: readonly number[];
  readonly profile: TensorProfile;
  readonly results: readonly TensorResult[];
}

/** Several tensors as one: all errors against all numbers. */
export interface TotalResult {
  readonly label: string;
  readonly elements: number;
  readonly bitsPerElement: number;
  /** In decibels; Infinity without error. */
  readonly sqnr: number;
  readonly mse: number;
}

/** How a result is called: the format, and the clipping rule where it is not the maximum. */
export function resultLabel({ format, clip }: Pick<ResolvedOptions, "format" | "clip">): string {
  return clip === "max" ? format : `${format} ${clip}`;
}

/** For each format and rule all tensors together; the results of every tensor are in the same order. */
export function totalResults(tensors: readonly TensorReport[]): TotalResult[] {
  const elements = tensors.reduce((sum, { profile }) => sum + profile.elements, 0);
  const energy = tensors.reduce((sum, { profile }) => sum + profile.energy, 0);
  return (tensors[0]?.results ?? []).map(({ options }, i) => {
    const mean = (pick: (metrics: Metrics) => number): number =>
      tensors.reduce((sum, { profile, results }) => {
        const metrics = results[i]?.metrics;
        return metrics ? sum + pick(metrics) * profile.elements : sum;
      }, 0) / elements;
    const mse = mean((metrics) => metrics.mse);
    return {
      label: resultLabel(options),
      elements,
      bitsPerElement: mean((metrics) => metrics.bitsPerElement),
      sqnr: mse === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(energy / (mse * elements)),
      mse,
    };
  });
}

/** A report as JSON writes it: an SQNR without error is null, since JSON has no infinity. */
export function reportJson(tensors: readonly TensorReport[]): unknown {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    tensors: tensors.map(({ file, name, profile, results, shape }) => ({
      name,
      file,
      shape,
      elements: profile.elements,
      largest: profile.largest,
      zeros: profile.zeros,
      results: results.map(({ clipRange, metrics, options, replaced }) => ({
        format: options.format,
        clip: options.clip,
        ...metrics,
        sqnr: finite(metrics.sqnr),
        clipsAt: clipRange,
        replaced,
        options,
      })),
    })),
    total: totalResults(tensors).map((total) => ({ ...total, sqnr: finite(total.sqnr) })),
  };
}

/** The format of a report file by its name. @throws InputError for another ending than .json and .html */
export function reportKind(path: string): "json" | "html" {
  const kind = extname(path).toLowerCase();
  if (kind === ".json") return "json";
  if (kind === ".html" || kind === ".htm") return "html";
  throw new InputError(`--report ${path}: the name ends in neither .json nor .html`);
}

/** SQNR for a person. */
export function formatSqnr(sqnr: number): string {
  if (sqnr === Number.POSITIVE_INFINITY) return "exact";
  return Number.isFinite(sqnr) ? sqnr.toFixed(2) : "-";
}

/** A number of any size in three digits. */
export function formatShort(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e5) return String(Number(value.toPrecision(3)));
  return value.toExponential(2).replace("e+", "e");
}

/** A share of 0 to 1 in percent. */
export function formatShare(share: number): string {
  if (share === 0) return "0";
  return share < 1e-4 ? "< 0.01 %" : `${formatNumber(100 * share, 2)} %`;
}

/** A name of a file's tensor without control characters, which a terminal would obey. */
export function printableName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
}

const columns: readonly Column[] = [
  { title: "  format" },
  { title: "clip" },
  { title: "bits", align: "right" },
  { title: "SQNR dB", align: "right" },
  { title: "MSE", align: "right" },
  { title: "largest error", align: "right" },
  { title: "clipped", align: "right" },
  { title: "zero codes", align: "right" },
  { title: "zero scales", align: "right" },
  { title: "rounds", align: "right" },
];

/** The titles of the table of results, in the order of `resultCells`. */
export const resultColumns = columns;

/** A result as cells of a table. */
export function resultCells({ metrics, options }: TensorResult): string[] {
  return [
    options.format,
    options.clip,
    metrics.bitsPerElement.toFixed(3),
    formatSqnr(metrics.sqnr),
    formatShort(metrics.mse),
    formatShort(metrics.largestError),
    formatShare(metrics.clippedShare),
    formatShare(metrics.zeroCodeShare),
    formatShare(metrics.zeroScaleShare),
    metrics.octavRounds === 0 ? "" : `${metrics.octavRounds.toFixed(1)}, at most ${metrics.octavMostRounds}`,
  ];
}

/** One tensor's results as a table for a terminal. */
export function formatResults(results: readonly TensorResult[]): string {
  return formatTable(
    columns,
    results.map((result) => {
      const [format = "", ...rest] = resultCells(result);
      return [`  ${format}`, ...rest];
    }),
  );
}
