import { formatDeclarations } from "../../spec/index.ts";
import { type EncodedLines, maximumStatistics } from "../formats/encoded-lines.ts";
import { blockExponent } from "../formats/mx/block-exponent.ts";
import { mxCodec } from "../formats/mx/mx-element.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { fastE2m1 } from "./fast-e2m1.ts";
import { fastPeaks } from "./fast-magnitudes.ts";
import { VectorChunks } from "./vector-chunks.ts";

const bias = 127;
const block = 32;

/**
 * `quantizeMx` for MXFP4 through the kernels. x / 2^e is x · 2^−e in single precision: exact, or so small that its code
 * is 0 either way. Undefined for NaN and infinities, and for policies that the kernels do not have.
 */
export function mxfp4LinesFast(lines: FloatLines, options: ResolvedOptions): EncodedLines | undefined {
  const { negativeZero, scaleRule, scaleUnderflow, zeroBlock } = options;
  if (negativeZero !== "keep" || scaleUnderflow !== "saturate") return undefined;
  const codec = mxCodec(formatDeclarations.mxfp4.element, options);
  const chunks = new VectorChunks(lines, block);
  const peaks = new Float64Array(lines.rows * chunks.vectors);
  fastPeaks(chunks, true, peaks);
  const scales = new Uint8Array(peaks.length);
  const factors = new Float32Array(peaks.length);
  for (let i = 0; i < peaks.length; i++) {
    const peak = peaks[i] ?? 0;
    if (!Number.isFinite(peak)) return undefined;
    let scale = zeroBlock === "one" ? bias : 0;
    // Single-precision maxima never need a scale above E8M0's range.
    if (peak > 0) scale = Math.max(blockExponent(peak, scaleRule, codec) + bias, 0);
    scales[i] = scale;
    factors[i] = 2 ** (bias - scale);
  }
  const codes = new Uint8Array(lines.data.length);
  const clipped = fastE2m1(chunks, factors, codes);
  return { codes, scales, gamma: undefined, statistics: maximumStatistics(clipped) };
}
