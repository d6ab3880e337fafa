import { formatDeclarations, InputError } from "../spec/index.ts";
import { decodedAtOnce, rangeDecoder } from "./decode-range.ts";
import { type EncodedTensor, gammaShape, scalesShape } from "./quantized-tensor.ts";
import { shapeText } from "./tensor.ts";

function checkLength(name: string, what: string, found: number | undefined, shape: readonly number[]): void {
  const wanted = shape.reduce((product, length) => product * length, 1);
  if (found === wanted) return;
  throw new InputError(`${name}: ${found ?? "no"} ${what}; ${shapeText(shape)} are needed`);
}

/** Checks that the arrays of an encoded tensor fit its shape. @throws InputError. */
export function checkEncoded(tensor: EncodedTensor): void {
  const { name, shape, format, axis, vector, codes, scales, gamma } = tensor;
  const declaration = formatDeclarations[format];
  if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length) {
    throw new InputError(`${name}: there is no axis ${axis} in the shape ${shapeText(shape)}`);
  }
  checkLength(name, "codes", codes.length, shape);
  if (declaration.element.kind === "minifloat") {
    const codeLimit = 2 ** declaration.element.bits;
    const wrong = codeLimit > 255 ? -1 : firstOutside(codes, codeLimit);
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

function firstOutside(codes: Int8Array | Uint8Array, limit: number): number {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code < 0 || code >= limit) return i;
  }
  return -1;
}

/**
 * Decodes element after element, in the order of the tensor: code · scale · γ, see `rangeDecoder`. Nothing is allocated
 * per element.
 * @param visit receives the element's offset, value and code.
 * @throws InputError for arrays that do not fit the shape or codes that the format does not have.
 */
export function forEachDecoded(
  tensor: EncodedTensor,
  visit: (offset: number, value: number, code: number) => void,
): void {
  checkEncoded(tensor);
  const { codes } = tensor;
  const decode = rangeDecoder(tensor);
  const values = new Float64Array(Math.min(decodedAtOnce, codes.length));
  for (let from = 0; from < codes.length; from += decodedAtOnce) {
    const to = Math.min(from + decodedAtOnce, codes.length);
    decode(from, to, values);
    for (let i = from; i < to; i++) visit(i, values[i - from] ?? 0, codes[i] ?? 0);
  }
}
