import { formatDeclarations } from "../spec/index.ts";
import { minifloat } from "./minifloat/index.ts";
import { splitAtAxis } from "./move-axis.ts";
import { type EncodedTensor, vectorsPerLine } from "./quantized-tensor.ts";

/** Decodes elements `from` to `to` (not included), in the order of the tensor, into the beginning of `target`. */
export type RangeDecoder = (from: number, to: number, target: Float64Array | Float32Array) => void;

/** Elements that users of a `RangeDecoder` ask for at a time: what stays in the processor's cache. */
export const decodedAtOnce = 2 ** 13;

/** What the codes of an element stand for, by their bits: entry 0..255. */
function elementValues({ format, codes }: EncodedTensor): Float64Array {
  const { element } = formatDeclarations[format];
  const values = new Float64Array(256).fill(Number.NaN);
  if (element.kind === "minifloat") {
    values.set(minifloat(element.format).values);
  } else {
    const unit = 2 ** element.fractionBits;
    for (let bits = 0; bits < 256; bits++) {
      values[bits] = (codes instanceof Int8Array && bits > 127 ? bits - 256 : bits) / unit;
    }
  }
  return values;
}

/** What the codes of a scale stand for: the numbers themselves for integers. */
function scaleValues({ format, scales }: EncodedTensor): Float64Array {
  const { scale } = formatDeclarations[format];
  if (scale === "none") return Float64Array.of(1);
  if (scale === "unsigned") {
    return Float64Array.from({ length: scales instanceof Uint16Array ? 65536 : 256 }, (_, code) => code);
  }
  const values = new Float64Array(256).fill(Number.NaN);
  values.set(minifloat(scale).values);
  return values;
}

/**
 * A decoder of parts of a tensor, which must have been checked (`checkEncoded`): value = (code · scale) · γ. The first
 * product is exact, the second rounded once to double precision, for NVFP4 to float32. A NaN scale makes its block NaN.
 */
export function rangeDecoder(tensor: EncodedTensor): RangeDecoder {
  const { shape, axis, gamma, scales, vector } = tensor;
  const { length, inner } = splitAtAxis(shape, axis);
  const vectors = vectorsPerLine(tensor);
  const elements = elementValues(tensor);
  const scaleTable = scaleValues(tensor);
  const single = formatDeclarations[tensor.format].coarse === "float32";
  const perRow = gamma !== undefined && gamma.length > 1;
  const codes = new Uint8Array(tensor.codes.buffer, tensor.codes.byteOffset, tensor.codes.length);
  const scaleOf = (index: number): number => (scales ? (scaleTable[scales[index] ?? 0] ?? Number.NaN) : 1);
  const gammaOf = (line: number): number => gamma?.[perRow ? line : 0] ?? 1;
  if (inner === 1) {
    const step = vector ?? length;
    return (from, to, target) => {
      for (let at = from; at < to; ) {
        const line = Math.floor(at / length);
        const place = Math.floor((at - line * length) / step);
        const end = Math.min(to, line * length + Math.min((place + 1) * step, length));
        decodeRun(codes, at, end, elements, scaleOf(line * vectors + place), gammaOf(line), single, target, from);
        at = end;
      }
    };
  }
  return (from, to, target) => {
    for (let at = from; at < to; at++) {
      const outer = Math.floor(at / (length * inner));
      const within = at % inner;
      const along = Math.floor(at / inner) - outer * length;
      const place = vector === undefined ? 0 : Math.floor(along / vector);
      const scale = scaleOf((outer * vectors + place) * inner + within);
      decodeRun(codes, at, at + 1, elements, scale, gammaOf(outer * inner + within), single, target, from);
    }
  };
}

/** A run of codes under one scale. A factor of 1 changes no bit of a product. */
function decodeRun(
  codes: Uint8Array,
  from: number,
  to: number,
  elements: Float64Array,
  scale: number,
  gamma: number,
  single: boolean,
  target: Float64Array | Float32Array,
  origin: number,
): void {
  for (let i = from; i < to; i++) {
    const value = (elements[codes[i] ?? 0] ?? 0) * scale * gamma;
    target[i - origin] = single ? Math.fround(value) : value;
  }
}
