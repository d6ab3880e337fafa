import { formatDeclarations } from "../../spec/index.ts";
import { ClipTally } from "../formats/clip-tally.ts";
import type { EncodedLines } from "../formats/encoded-lines.ts";
import { defaultIterations } from "../octav/octav-options.ts";
import type { ResolvedOptions } from "../quantize-options.ts";
import { roundByRule } from "../round-by-rule.ts";
import { roundHalfEven } from "../rounding.ts";
import type { FloatLines } from "./encode-lines-fast.ts";
import { codesOfChunk, countAboveInChunk, fastCodes, fastCountAbove } from "./fast-codes.ts";
import { type ChunkVisitor, fastOctavVectors, fastPeaks } from "./fast-magnitudes.ts";
import { type IntegerCodes, integerCodes } from "./integer-codes.ts";
import { type VectorChunk, VectorChunks } from "./vector-chunks.ts";

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

/** Scales, γ and the divisor of each vector's codes, as `encodeVsq` has them; infinity where the codes are 0. */
function scaleVectors(
  magnitudes: Float64Array,
  groups: number,
  top: number,
  options: ResolvedOptions,
): { scales: Uint16Array; gamma: Float64Array; divisors: Float64Array; factor: number } {
  const { elementScale, minimumScale, scaleBits = 8, scaleRounding } = options;
  const scaleLimit = 2 ** scaleBits - 1;
  const rounded = elementScale === "rounded";
  const scales = new Uint16Array(magnitudes.length);
  const gamma = new Float64Array(groups);
  const round = scaleRounding === "half-even" ? roundHalfEven : (x: number) => roundByRule(x, scaleRounding);
  const divisors = new Float64Array(magnitudes.length).fill(Number.POSITIVE_INFINITY);
  const groupVectors = magnitudes.length / groups;
  for (let group = 0; group < groups; group++) {
    const [from, to] = [group * groupVectors, (group + 1) * groupVectors];
    let largest = 0;
    for (let i = from; i < to; i++) largest = Math.max(largest, magnitudes[i] ?? 0);
    gamma[group] = largest / (top * scaleLimit);
    for (let i = from; i < to; i++) {
      const magnitude = magnitudes[i] ?? 0;
      if (magnitude === 0) continue;
      const scale = Math.max(minimumScale, round((scaleLimit * magnitude) / largest));
      scales[i] = scale;
      if (!rounded) divisors[i] = magnitude;
      else if (scale > 0) divisors[i] = scale * largest;
    }
  }
  return { scales, gamma, divisors, factor: rounded ? top * scaleLimit : top };
}

/** `quantizeVsqLines` on integers through the kernels. */
export function vsqLinesFast(lines: FloatLines, options: ResolvedOptions): EncodedLines {
  const { data, rows, columns } = lines;
  const vector = options.vector ?? formatDeclarations[options.format].vector?.default ?? columns;
  const range = integerCodes(data.length, options);
  const { codes, bytes, top, least, most } = range;
  const chunks = new VectorChunks(lines, vector);
  const magnitudes = new Float64Array(rows * chunks.vectors);
  // With the real scales a vector's codes need nothing but its magnitude: both in one visit to the values.
  const atOnce = options.elementScale === "exact" && options.clipScope === "scale" && isFastClip(options.clip);
  const counts = options.clip !== "max";
  let clipped = 0;
  const visit = (chunk: VectorChunk) => {
    if (counts) clipped += countAboveInChunk(chunks, chunk);
    codesOfChunk(chunks, chunk, { factor: top, least, most }, bytes);
  };
  const statistics = vectorMagnitudes(lines, chunks, vector, options, range, magnitudes, atOnce ? visit : undefined);
  const groups = options.coarse === "tensor" ? 1 : rows;
  const { divisors, factor, gamma, scales } = scaleVectors(magnitudes, groups, top, options);
  if (!atOnce) {
    fastCodes(chunks, divisors, { factor, least, most }, bytes);
    if (counts) clipped = fastCountAbove(chunks, magnitudes);
  }
  return { codes, scales, gamma, statistics: { clipped, ...statistics } };
}

/** Rules whose magnitudes come from a kernel. */
function isFastClip(clip: ResolvedOptions["clip"]): boolean {
  return clip === "max" || clip === "octav";
}
