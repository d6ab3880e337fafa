import { formatDeclarations } from "../../../spec/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { roundByRule } from "../../round-by-rule.ts";
import { ClipTally } from "../clip-tally.ts";
import { elementGrid } from "../element-grid.ts";
import type { EncodedLines, Lines } from "../encoded-lines.ts";
import { encodeVsq } from "./encode-vsq.ts";

/** The magnitude that each vector's top level stands for, rows × vectors, by the clipping rule and its scope. */
function vectorMagnitudes(
  { data, rows, columns }: Lines,
  vector: number,
  options: ResolvedOptions,
  tally: ClipTally,
): Float64Array {
  const vectors = Math.ceil(columns / vector);
  const magnitudes = new Float64Array(rows * vectors);
  const { clipScope, unsigned } = options;
  const tensorClip = clipScope === "tensor" ? tally.find(data, 0, data.length) : 0;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const rowClip = clipScope === "row" ? tally.find(data, start, start + columns) : tensorClip;
    for (let index = 0; index < vectors; index++) {
      const from = start + index * vector;
      const to = Math.min(from + vector, start + columns);
      let magnitude = 0;
      if (clipScope === "scale") {
        magnitude = tally.find(data, from, to);
      } else {
        for (let i = from; i < to; i++) {
          const value = data[i] ?? 0;
          magnitude = Math.max(magnitude, unsigned ? value : Math.abs(value));
        }
        magnitude = Math.min(magnitude, rowClip);
      }
      magnitudes[row * vectors + index] = magnitude;
    }
  }
  return magnitudes;
}

function countClipped({ data, rows, columns }: Lines, vector: number, magnitudes: Float64Array): number {
  const vectors = Math.ceil(columns / vector);
  let clipped = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const limit = magnitudes[row * vectors + Math.floor(column / vector)] ?? 0;
      if (Math.abs(data[row * columns + column] ?? 0) > limit) clipped++;
    }
  }
  return clipped;
}

/**
 * VS-Quant's two levels on integers or E2M1 (L = 6), see `encodeVsq`. Each vector's m is its clipping magnitude; with a
 * `clipScope` of row or tensor it is the vector's maximum, limited by the row's or tensor's clipping magnitude.
 */
export function quantizeVsqLines(lines: Lines, options: ResolvedOptions): EncodedLines {
  const { element, vector: declared } = formatDeclarations[options.format];
  const { coarse, elementScale, minimumScale, scaleBits = 8, scaleRounding } = options;
  const vector = options.vector ?? declared?.default ?? lines.columns;
  const { encode, signedCodes, top } = elementGrid(element, options, lines.data.length);
  const { data, rows, columns } = lines;
  const tally = new ClipTally(element, options);
  const magnitudes = vectorMagnitudes(lines, vector, options, tally);
  const codes = signedCodes ? new Int8Array(data.length) : new Uint8Array(data.length);
  const scales = new Uint16Array(magnitudes.length);
  const gamma = new Float64Array(coarse === "tensor" ? 1 : rows);
  const roundScale = (quotient: number) => roundByRule(quotient, scaleRounding);
  const scheme = { vector, top, encode, scaleBits, roundScale, elementScale, minimumScale, coarse };
  encodeVsq(lines, magnitudes, scheme, { codes, stride: columns, scales, gamma });
  const clipped = options.clip === "max" ? 0 : countClipped(lines, vector, magnitudes);
  const { clips, rounds, mostRounds, unconverged } = tally;
  return { codes, scales, gamma, statistics: { clipped, clips, rounds, mostRounds, unconverged } };
}
