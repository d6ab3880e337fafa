import { minifloat } from "../golden/minifloat/index.ts";
import type { QuantizedTensor } from "../golden/quantized-tensor.ts";
import { formatDeclaration, minifloatFormats, minifloatLargest } from "../spec/index.ts";

/** The largest magnitudes that the scales of a quantised tensor can represent: where values are clipped. */
export interface ClipRange {
  /** One vector in twenty clips below this. */
  readonly low: number;
  readonly median: number;
  /** One vector in twenty clips above this. */
  readonly high: number;
}

/** More scales than this are sampled: the quantiles of a plot need no more. */
const mostSamples = 100_000;

/** Where a quantised tensor clips: over its vectors, or over its rows, or at one place. */
export function clipRange(tensor: QuantizedTensor): ClipRange {
  const { element, scale } = formatDeclaration(tensor.format);
  const { codes, gamma, scales, shape } = tensor;
  const signed = codes instanceof Int8Array;
  const top =
    element.kind === "minifloat"
      ? minifloatLargest(minifloatFormats[element.format])
      : (2 ** (signed ? element.bits - 1 : element.bits) - 1) / 2 ** element.fractionBits;
  const table = scale === "e8m0" || scale === "ue4m3" ? minifloat(scale).values : undefined;
  const axisLength = shape[tensor.axis] ?? 1;
  const lines = codes.length / axisLength;
  const vectorsPerLine = (scales?.length ?? lines) / lines;
  const perLine = gamma !== undefined && gamma.length > 1;
  const inner = shape.slice(tensor.axis + 1).reduce((product, size) => product * size, 1);
  const count = scales?.length ?? gamma?.length ?? 0;
  const step = Math.max(1, Math.ceil(count / mostSamples));
  const found: number[] = [];
  for (let i = 0; i < count; i += step) {
    const stored = scales?.[i];
    const own = stored === undefined ? 1 : table ? (table[stored] ?? 0) : stored;
    // Scales lie as the tensor does: outer axes, vectors of a line, inner axes.
    const line = scales ? Math.floor(i / (vectorsPerLine * inner)) * inner + (i % inner) : i;
    const clip = top * own * (gamma ? (gamma[perLine ? line : 0] ?? 0) : 1);
    if (Number.isFinite(clip)) found.push(clip);
  }
  const sorted = Float64Array.from(found).sort();
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: quantile(0.05), median: quantile(0.5), high: quantile(0.95) };
}
