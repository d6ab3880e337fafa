import { formatDeclarations } from "../../spec/index.ts";
import { ClipTally } from "../formats/clip-tally.ts";
import type { EncodedLines } from "../formats/encoded-lines.ts";
import { countClipped } from "../formats/vsq/count-clipped.ts";
import {
  coarseGamma,
  largestHeldByAll,
  planFromMagnitudes,
  type VsqPlan,
  type VsqScheme,
} from "../formats/vsq/vsq-plan.ts";
import { defaultIterations } from "../octav/octav-options.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import { roundByRule } from "../round-by-rule.ts";
import { roundHalfEven } from "../rounding.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { codesOfChunk, fastCodes, fastCountAbove } from "./fast-codes.ts";
import { type ChunkVisitor, fastOctavVectors, fastPeaks } from "./fast-magnitudes.ts";
import { type IntegerCodes, integerCodes } from "./integer-codes.ts";
import { type VectorChunk, VectorChunks } from "./vector-chunks.ts";

type Scheme = Omit<VsqScheme, "encode">;
type ClipStatistics = Omit<EncodedLines["statistics"], "clipped">;

/** Each vector's magnitude by the clipping rule and its scope. */
function vectorMagnitudes(
  lines: FloatLines,
  chunks: VectorChunks,
  vector: number,
  options: ResolvedOptions,
  { bits, signed }: IntegerCodes,
  magnitudes: Float64Array,
  visit?: ChunkVisitor,
): ClipStatistics {
  const { data, rows, columns } = lines;
  const { clip, clipScope } = options;
  if (clipScope === "scale" && clip === "octav") {
    const totals = fastOctavVectors(chunks, { bits, signed, iterations: defaultIterations }, magnitudes, visit);
    return { clips: magnitudes.length, ...totals };
  }
  if (clipScope === "scale" && clip === "max") {
    fastPeaks(chunks, signed, magnitudes, visit);
    return { clips: magnitudes.length, rounds: 0, mostRounds: 0, unconverged: 0 };
  }
  const tally = new ClipTally(formatDeclarations[options.format].element, options);
  if (clipScope === "scale") {
    for (let i = 0; i < magnitudes.length; i++) {
      const row = Math.floor(i / chunks.vectors);
      const from = row * columns + (i - row * chunks.vectors) * vector;
      magnitudes[i] = tally.find(data, from, Math.min(from + vector, (row + 1) * columns));
    }
  } else {
    fastPeaks(chunks, signed, magnitudes);
    const groups = clipScope === "tensor" ? 1 : rows;
    const length = data.length / groups;
    const groupVectors = magnitudes.length / groups;
    for (let group = 0; group < groups; group++) {
      const limit = tally.find(data, group * length, (group + 1) * length);
      const end = (group + 1) * groupVectors;
      for (let i = group * groupVectors; i < end; i++) magnitudes[i] = Math.min(magnitudes[i] ?? 0, limit);
    }
  }
  const { clips, rounds, mostRounds, unconverged } = tally;
  return { clips, rounds, mostRounds, unconverged };
}

/** γ and the divisor of each vector's codes, as `encodeVsq` has them; infinity where the codes are 0. */
function vectorDivisors(plan: VsqPlan, group: number, scheme: Scheme): Float64Array {
  const rounded = scheme.elementScale === "rounded";
  return plan.magnitudes.map((magnitude, v) => {
    const scale = plan.scales[v] ?? 0;
    if (magnitude === 0 || (rounded && scale === 0)) return Number.POSITIVE_INFINITY;
    return rounded ? scale * (plan.coarse[Math.floor(v / group)] ?? 0) : magnitude;
  });
}

/** How many elements lie beyond what their vector holds, see `countClipped`. */
function clippedOf(
  lines: FloatLines,
  chunks: VectorChunks,
  plan: VsqPlan,
  group: number,
  scheme: Scheme,
  options: ResolvedOptions,
): number {
  if (options.unsigned || options.fullRange) return countClipped(lines, plan, scheme, options);
  return fastCountAbove(chunks, largestHeldByAll(plan, group, scheme));
}

/** `quantizeVsqLines` on integers through the kernels; undefined for clipping rules that choose by the error. */
export function vsqLinesFast(lines: FloatLines, options: ResolvedOptions): EncodedLines | undefined {
  const { clip, clipScope, coarse, elementScale, minimumScale, scaleBits = 8, scaleRounding } = options;
  if (clip === "octav+" || clip === "mse") return undefined;
  const { data, rows, columns } = lines;
  const vector = options.vector ?? formatDeclarations[options.format].vector?.default ?? columns;
  const range = integerCodes(data.length, options);
  const { codes, bytes, top, least, most } = range;
  const chunks = new VectorChunks(lines, vector);
  const magnitudes = new Float64Array(rows * chunks.vectors);
  // With the real scales a vector's codes need nothing but its magnitude: both in one visit to the values.
  const atOnce = elementScale === "exact" && clipScope === "scale" && (clip === "max" || clip === "octav");
  const visit = (chunk: VectorChunk) => codesOfChunk(chunks, chunk, { factor: top, least, most }, bytes);
  const statistics = vectorMagnitudes(lines, chunks, vector, options, range, magnitudes, atOnce ? visit : undefined);
  const roundScale = scaleRounding === "half-even" ? roundHalfEven : (x: number) => roundByRule(x, scaleRounding);
  const scheme: Scheme = { vector, top, scaleBits, roundScale, elementScale, minimumScale, coarse };
  const group = coarse === "tensor" ? magnitudes.length : chunks.vectors;
  const plan = planFromMagnitudes(magnitudes, group, scheme);
  if (!atOnce) {
    const factor = elementScale === "rounded" ? top * (2 ** scaleBits - 1) : top;
    fastCodes(chunks, vectorDivisors(plan, group, scheme), { factor, least, most }, bytes);
  }
  const clipped = clippedOf(lines, chunks, plan, group, scheme, options);
  const gamma = plan.coarse.map((most) => coarseGamma(most, scheme));
  return { codes, scales: plan.scales, gamma, statistics: { clipped, ...statistics } };
}
