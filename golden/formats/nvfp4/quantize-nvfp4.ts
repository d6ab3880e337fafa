import type { QuantizePolicies } from "../../../spec/index.ts";
import { minifloat, tableEncoder } from "../../minifloat/index.ts";
import type { ResolvedOptions } from "../../quantize-options.ts";
import { type EncodedLines, type Lines, maximumStatistics, peakMagnitude } from "../encoded-lines.ts";
import { blockScaleCode, tensorScale } from "./tensor-scale.ts";

/** Elements that share an E4M3 scale. */
const blockSize = 16;
const elementLargest = 6;
const float32Largest = (2 - 2 ** -23) * 2 ** 127;
const f32 = Math.fround;
const sixth = f32(1 / 6);
const e2m1 = minifloat("e2m1");
const ue4m3 = minifloat("ue4m3");

/** One way to quantise a block. */
interface Candidate {
  readonly scale: number;
  /** Sixteen, or fewer in a short block. */
  readonly codes: Uint8Array;
  readonly clipped: number;
}

/** Turns blocks into codes, for one tensor. */
class BlockEncoder {
  readonly #options: ResolvedOptions;
  readonly #encode: number;
  readonly #encodeSixth: number;
  /** What dequantising multiplies by: float32(1 / S). */
  readonly gamma: number;

  readonly #encodeElement: (value: number) => number;

  /** @param elements how many the tensor has. */
  constructor(encode: number, options: ResolvedOptions, elements: number) {
    const { rounding, negativeZero } = options;
    const encodeElement = (value: number): number => {
      const code = e2m1.encode(value, rounding);
      return code === 8 && negativeZero === "clear" ? 0 : code;
    };
    this.#encodeElement = tableEncoder(encodeElement, e2m1.format, elements);
    this.#options = options;
    this.#encode = encode;
    this.#encodeSixth = f32(encode * sixth);
    this.gamma = f32(1 / encode);
  }

  /** The block's scale before it becomes E4M3, float32: maximum · S / 6 in the order that the policy names. */
  exactScale(maximum: number): number {
    return this.#options.blockScaleOrder === "multiply-sixth"
      ? f32(maximum * this.#encodeSixth)
      : f32(f32(maximum / elementLargest) * this.#encode);
  }

  /** The E4M3 code of a scale. */
  scaleCode(scale: number): number {
    return blockScaleCode(scale, this.gamma, this.#options);
  }

  /** The codes of data[from..to) for a scale's code, written to `codes`. */
  encode(data: Float32Array, from: number, to: number, scale: number, codes: Uint8Array): Candidate {
    const step = f32(ue4m3.decode(scale) * this.gamma);
    const reciprocal = Math.min(f32(1 / step), float32Largest);
    let clipped = 0;
    for (let i = from; i < to; i++) {
      const value = f32((data[i] ?? 0) * reciprocal);
      if (Math.abs(value) > elementLargest) clipped++;
      codes[i - from] = this.#encodeElement(value);
    }
    return { scale, codes, clipped };
  }

  /** The block's error after dequantising in float32; summed in double precision. */
  error(
    data: Float32Array,
    from: number,
    to: number,
    { scale, codes }: Candidate,
    measure: QuantizePolicies["errorMeasure"],
  ): number {
    const blockScale = ue4m3.decode(scale);
    let total = 0;
    for (let j = 0; j < to - from; j++) {
      const decoded = f32((e2m1.values[codes[j] ?? 0] ?? 0) * blockScale * this.gamma);
      const error = Math.abs(decoded - (data[from + j] ?? 0));
      if (measure === "max") total = Math.max(total, error);
      else total += measure === "mae" ? error : error * error;
    }
    return total;
  }
}

/**
 * The best by squared error of all block scales above 0, at most twice the usual one rounded up: with more than that,
 * half of it has every value below the block's maximum too. Of equals the usual one, else the smallest.
 */
function searchScale(encoder: BlockEncoder, data: Float32Array, from: number, to: number, usual: Candidate): Candidate {
  let best = usual;
  let leastError = encoder.error(data, from, to, usual, "mse");
  // Eight codes are a factor of two; one more for a usual scale that was rounded down.
  const last = Math.min(usual.scale + 9, ue4m3.format.largestCode);
  let spare: Uint8Array = new Uint8Array(blockSize);
  for (let scale = 1; scale <= last; scale++) {
    const candidate = encoder.encode(data, from, to, scale, spare);
    const error = encoder.error(data, from, to, candidate, "mse");
    if (error < leastError) {
      leastError = error;
      spare = best === usual ? new Uint8Array(blockSize) : best.codes;
      best = candidate;
    }
  }
  return best;
}

/**
 * NVFP4 (TransformerEngine's reference): every step below is one float32 operation. With m the maximum of the tensor and
 * b that of a block of 16:
 *
 *     S = min((448·6) / m, float32 max); 1 for m = 0      γ = 1 / S
 *     block scale = E4M3(b · (S · (1/6)))                 nearest even, saturating
 *     r = min(1 / (block scale · γ), float32 max)         code = E2M1(x · r)
 *
 * Four over six (arXiv 2512.02010) takes 256 in place of 448 and per block two candidates, the scale b·S/6 and 1.5 times
 * that, which maps the block's maximum to 4; the second wins when its error after dequantising is smaller. Its 1.5 is a
 * float32 multiplication of the finished b·S/6. With `clip: "mse"` NVFP4 takes the block scale of least error instead.
 *
 * With `tensorScale: "power-of-two"` S is another number, see `tensorScale`; the rest stays.
 *
 * A block whose scale rounds to 0 keeps the codes that the formula gives; it decodes to zeros. Input in double precision
 * is rounded to float32 first.
 * @param lines finite after rounding to float32.
 */
export function quantizeNvfp4({ data, rows, columns }: Lines, options: ResolvedOptions): EncodedLines {
  const fourOverSix = options.format === "nvfp4-46";
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  const maximum = peakMagnitude(values, 0, values.length);
  const encoder = new BlockEncoder(tensorScale(maximum, options), options, values.length);
  const vectors = Math.ceil(columns / blockSize);
  const codes = new Uint8Array(values.length);
  const scales = new Uint8Array(rows * vectors);
  const zeroScale = options.zeroBlock === "one" ? ue4m3.encode(1) : 0;
  const search = options.clip === "mse";
  const measure = options.errorMeasure;
  const codesOfSix = new Uint8Array(blockSize);
  const codesOfFour = new Uint8Array(blockSize);
  let clipped = 0;
  for (let block = 0; block < rows * vectors; block++) {
    const row = Math.floor(block / vectors);
    const from = row * columns + (block - row * vectors) * blockSize;
    const to = Math.min(from + blockSize, (row + 1) * columns);
    const blockMaximum = peakMagnitude(values, from, to);
    const exact = encoder.exactScale(blockMaximum);
    const usual = blockMaximum === 0 ? zeroScale : encoder.scaleCode(exact);
    let best = encoder.encode(values, from, to, usual, codesOfSix);
    if (fourOverSix && blockMaximum > 0) {
      const four = encoder.encode(values, from, to, encoder.scaleCode(f32(1.5 * exact)), codesOfFour);
      if (encoder.error(values, from, to, four, measure) < encoder.error(values, from, to, best, measure)) best = four;
    } else if (search && blockMaximum > 0) {
      best = searchScale(encoder, values, from, to, best);
    }
    scales[block] = best.scale;
    for (let i = from; i < to; i++) codes[i] = best.codes[i - from] ?? 0;
    clipped += best.clipped;
  }
  return { codes, scales, gamma: Float32Array.of(encoder.gamma), statistics: maximumStatistics(clipped) };
}
