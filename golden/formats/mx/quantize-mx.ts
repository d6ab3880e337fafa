import { formatDeclarations } from "../../../spec/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { type EncodedLines, type Lines, maximumStatistics } from "../encoded-lines.ts";
import { blockExponent } from "./block-exponent.ts";
import { type MxCodec, mxCodec } from "./mx-element.ts";
import { searchExponent } from "./search-exponent.ts";

const bias = 127;
const largestScale = 254;
const nanScale = 255;

// The loops over elements are functions of their own: small ones are compiled early and stay compiled.

/** Largest magnitude of data[from..to), or NaN if there is one. */
function largestOrNan(data: Lines["data"], from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(data[i] ?? 0));
  return largest;
}

/** Encodes data[from..to) divided by the scale; returns how many are beyond the largest or least value. */
function encodeBlock(
  data: Lines["data"],
  from: number,
  to: number,
  divisor: number,
  { encode, largest, least }: MxCodec,
  codes: Int8Array | Uint8Array,
): number {
  let clipped = 0;
  for (let i = from; i < to; i++) {
    const value = (data[i] ?? 0) / divisor;
    if (value > largest || value < least) clipped++;
    codes[i] = encode(value);
  }
  return clipped;
}

/**
 * OCP Microscaling v1.0, section 6.3: a block of 32 gets the scale X = 2^e, e by the scale rule (see `blockExponent`)
 * and limited to −127..127, and each element the code of V/X, rounded and, beyond the largest value, clamped. The
 * quotients are exact, so the codes are those of exact arithmetic for float32 and float64 input alike.
 *
 * With `clip: "mse"` the exponent is that of least squared error; see `searchExponent`.
 *
 * A block with NaN or an infinity (`nonfinite: "propagate"`) gets the NaN scale and codes 0.
 */
export function quantizeMx({ data, rows, columns }: Lines, options: ResolvedOptions): EncodedLines {
  const { element, vector: declared } = formatDeclarations[options.format];
  const { scaleRule, scaleOverflow, scaleUnderflow, zeroBlock } = options;
  const vector = options.vector ?? declared?.default ?? columns;
  const codec = mxCodec(element, options, data.length);
  const vectors = Math.ceil(columns / vector);
  const codes = codec.signedCodes ? new Int8Array(data.length) : new Uint8Array(data.length);
  const scales = new Uint8Array(rows * vectors);
  const zeroScale = zeroBlock === "one" ? bias : 0;
  const search = options.clip === "mse";
  let clipped = 0;
  for (let block = 0; block < rows * vectors; block++) {
    const row = Math.floor(block / vectors);
    const from = row * columns + (block - row * vectors) * vector;
    const to = Math.min(from + vector, (row + 1) * columns);
    const maximum = largestOrNan(data, from, to);
    let scale = zeroScale;
    if (!Number.isFinite(maximum)) {
      scale = nanScale;
    } else if (maximum > 0) {
      const exponent = search
        ? searchExponent(data.subarray(from, to), maximum, codec)
        : blockExponent(maximum, scaleRule, codec);
      scale = exponent + bias;
      if (scale > largestScale) scale = scaleOverflow === "nan" ? nanScale : largestScale;
    }
    scales[block] = Math.max(scale, 0);
    if (scale === nanScale || (scale < 0 && scaleUnderflow === "flush")) continue;
    const divisor = 2 ** (Math.max(scale, 0) - bias);
    clipped += encodeBlock(data, from, to, divisor, codec, codes);
  }
  return { codes, scales, gamma: undefined, statistics: maximumStatistics(clipped) };
}
