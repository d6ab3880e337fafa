import { type EncodedLines, maximumStatistics } from "../formats/encoded-lines.ts";
import { blockScaleCode, tensorScale } from "../formats/nvfp4/tensor-scale.ts";
import { minifloat } from "../minifloat/index.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { fastE2m1 } from "./fast-e2m1.ts";
import { fastPeaks } from "./fast-magnitudes.ts";
import { VectorChunks } from "./vector-chunks.ts";

const block = 16;
const float32Largest = (2 - 2 ** -23) * 2 ** 127;
const f32 = Math.fround;
const ue4m3 = minifloat("ue4m3");

/** `quantizeNvfp4` for NVFP4 without four-over-six through the kernels: the same float32 operations in the same order. */
export function nvfp4LinesFast(lines: FloatLines, options: ResolvedOptions): EncodedLines | undefined {
  const { blockScaleOrder, negativeZero, zeroBlock } = options;
  if (negativeZero !== "keep") return undefined;
  const chunks = new VectorChunks(lines, block);
  const peaks = new Float64Array(lines.rows * chunks.vectors);
  fastPeaks(chunks, true, peaks);
  let largest = 0;
  for (let i = 0; i < peaks.length; i++) largest = Math.max(largest, peaks[i] ?? 0);
  const scale = tensorScale(largest, options);
  const gamma = f32(1 / scale);
  const scaleSixth = f32(scale * f32(1 / 6));
  // Of the 127 scales each has its factor; finding it once is enough.
  const factorOf = Float32Array.from({ length: 127 }, (_, code) =>
    Math.min(f32(1 / f32(ue4m3.decode(code) * gamma)), float32Largest),
  );
  const zeroScale = zeroBlock === "one" ? ue4m3.encode(1) : 0;
  const scales = new Uint8Array(peaks.length);
  const factors = new Float32Array(peaks.length);
  for (let i = 0; i < peaks.length; i++) {
    const peak = peaks[i] ?? 0;
    const exact = blockScaleOrder === "multiply-sixth" ? f32(peak * scaleSixth) : f32(f32(peak / 6) * scale);
    const code = peak === 0 ? zeroScale : blockScaleCode(exact, gamma, options);
    scales[i] = code;
    factors[i] = factorOf[code] ?? 0;
  }
  const codes = new Uint8Array(lines.data.length);
  const clipped = fastE2m1(chunks, factors, codes);
  return { codes, scales, gamma: Float32Array.of(gamma), statistics: maximumStatistics(clipped) };
}
