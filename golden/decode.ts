import { formatDeclarations, InputError } from "../spec/index.ts";
import { minifloat } from "./minifloat/index.ts";
import { splitAtAxis } from "./move-axis.ts";
import { type EncodedTensor, gammaShape, scalesShape, vectorsPerLine } from "./quantized-tensor.ts";
import { shapeText } from "./tensor.ts";

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

/** What the codes of a scale stand for; undefined for integers, which stand for themselves. */
function scaleValues({ format }: EncodedTensor): Float64Array | undefined {
  const { scale } = formatDeclarations[format];
  if (scale === "e8m0") return minifloat("e8m0").values;
  if (scale !== "ue4m3") return undefined;
  const values = new Float64Array(256).fill(Number.NaN);
  values.set(minifloat("ue4m3").values);
  return values;
}

function checkLength(name: string, what: string, found: number | undefined, shape: readonly number[]): void {
  const wanted = shape.reduce((product, length) => product * length, 1);
  if (found === wanted) return;
  throw new InputError(`${name}: ${found ?? "no"} ${what}; ${shapeText(shape)} are needed`);
}

/** Checks that the arrays of an encoded tensor fit its shape. @throws InputError. */
function checkEncoded(tensor: EncodedTensor): void {
  const { name, shape, format, axis, vector, codes, scales, gamma } = tensor;
  const declaration = formatDeclarations[format];
  if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length) {
    throw new InputError(`${name}: there is no axis ${axis} in the shape ${shapeText(shape)}`);
  }
  checkLength(name, "codes", codes.length, shape);
  if (declaration.element.kind === "minifloat") {
    const codeLimit = 2 ** declaration.element.bits;
    const wrong = codes.findIndex((code: number) => code < 0 || code >= codeLimit);
    if (wrong >= 0)
      throw new InputError(`${name}: code ${codes[wrong]} at ${wrong}; ${format} has 0..${codeLimit - 1}`);
  }
  if (declaration.vector) {
    if (vector === undefined || !Number.isInteger(vector) || vector < 1) {
      throw new InputError(`${name}: vector is ${vector}; ${format} needs the elements that share a scale`);
    }
    checkLength(name, "scales", scales?.length, scalesShape(tensor));
  }
  if (declaration.coarse !== "none") {
    if (gamma?.length !== 1) checkLength(name, "gammas", gamma?.length, gammaShape(tensor));
  }
}

/**
 * Decodes element after element, in the order of the tensor: code · scale · γ. Nothing is allocated per element.
 *
 * The first product is exact. The second is rounded once to double precision, for NVFP4 to float32, as float32
 * arithmetic does it. A NaN scale makes its block NaN.
 * @param visit receives the element's offset, value, code, and scale (the integer, or the value of the scale's code; 1
 * without scales).
 * @throws InputError for arrays that do not fit the shape or codes that the format does not have.
 */
export function forEachDecoded(
  tensor: EncodedTensor,
  visit: (offset: number, value: number, code: number, scale: number) => void,
): void {
  checkEncoded(tensor);
  const { shape, axis, codes, gamma, scales, vector } = tensor;
  const { outer, length, inner } = splitAtAxis(shape, axis);
  const vectors = vectorsPerLine(tensor);
  const elements = elementValues(tensor);
  const scaleTable = scaleValues(tensor);
  const single = formatDeclarations[tensor.format].coarse === "float32";
  const perRow = gamma !== undefined && gamma.length > 1;
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < length; k++) {
      const vectorRow = (o * vectors + (vector === undefined ? 0 : Math.floor(k / vector))) * inner;
      for (let i = 0; i < inner; i++) {
        const offset = (o * length + k) * inner + i;
        const code = codes[offset] ?? 0;
        const stored = scales ? (scales[vectorRow + i] ?? 0) : 1;
        const scale = scaleTable ? (scaleTable[stored] ?? Number.NaN) : stored;
        const product = (elements[code & 255] ?? 0) * scale;
        const value = gamma ? product * (gamma[perRow ? o * inner + i : 0] ?? 0) : product;
        visit(offset, single ? Math.fround(value) : value, code, scale);
      }
    }
  }
}
