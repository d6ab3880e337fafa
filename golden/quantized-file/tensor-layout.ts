import { type FormatName, formatDeclaration, formatNames, InputError, type MinifloatName } from "../../spec/index.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";

/** What a file says of a quantised tensor, beside its codes and scales: enough to decode it, and how it was made. */
export interface TensorLayout {
  readonly format: FormatName;
  /** Shape of the tensor. */
  readonly shape: readonly number[];
  /** The axis along which vectors lie, counted from the first. */
  readonly axis: number;
  /** Elements that share a scale; null for formats without vectors. */
  readonly vector: number | null;
  /** Bits of a code. */
  readonly bits: number;
  /** What a code is: an integer, or one of the small floats. */
  readonly element: "integer" | MinifloatName;
  /** Whether integer codes are two's complement. */
  readonly signed: boolean;
  /** An integer code c stands for c·2^−fractionBits. */
  readonly fractionBits: number;
  /** What a scale is; "none" for formats without vectors. */
  readonly scale: "unsigned" | "e8m0" | "ue4m3" | "none";
  /** How the tensor was quantised. Decoding needs none of it. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The layout of a quantised tensor. */
export function tensorLayout(tensor: QuantizedTensor): TensorLayout {
  const { element, scale } = formatDeclaration(tensor.format);
  const { format: _format, axis: _axis, vector: _vector, ...options } = tensor.options;
  return {
    format: tensor.format,
    shape: tensor.shape,
    axis: tensor.axis,
    vector: tensor.vector ?? null,
    bits: element.bits,
    element: element.kind === "integer" ? "integer" : element.format,
    signed: tensor.codes instanceof Int8Array,
    fractionBits: element.kind === "integer" ? element.fractionBits : 0,
    scale,
    options,
  };
}

/**
 * Reads a layout and checks that it is one of a known format.
 * @param what names the file and the tensor, for messages
 * @throws InputError when it is not
 */
export function parseTensorLayout(text: string, what: string): TensorLayout {
  const layout = parseObject(text, what);
  const { axis, options, shape, signed, vector } = layout;
  const format = formatNames.find((name) => name === layout.format);
  if (format === undefined)
    throw new InputError(`${what} is of a format that is not known here: ${show(layout.format)}`);
  const declared = formatDeclaration(format);
  const { element, scale, vector: range } = declared;
  const bad = (field: string): InputError =>
    new InputError(`${what}: its layout has no valid ${field}, ${show(layout[field])}`);
  if (!isShape(shape)) throw bad("shape");
  if (typeof axis !== "number" || !Number.isInteger(axis) || axis < 0 || axis >= shape.length) throw bad("axis");
  const size = range === undefined ? null : vector;
  if (size !== vector) throw bad("vector");
  if (range && !(typeof size === "number" && Number.isInteger(size) && size >= range.min && size <= range.max)) {
    throw bad("vector");
  }
  if (typeof signed !== "boolean" || (signed && element.kind === "minifloat")) throw bad("signed");
  const expected = {
    bits: element.bits,
    element: element.kind === "integer" ? "integer" : element.format,
    fractionBits: element.kind === "integer" ? element.fractionBits : 0,
    scale,
  } as const;
  for (const [field, value] of Object.entries(expected)) if (layout[field] !== value) throw bad(field);
  return {
    format,
    shape,
    axis,
    vector: range === undefined ? null : (size as number),
    signed,
    ...expected,
    options: isObject(options) ? options : {},
  };
}

function parseObject(text: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new InputError(`${what}: its layout in the metadata is no JSON object`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isShape(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((length) => Number.isSafeInteger(length) && length > 0) &&
    Number.isSafeInteger(value.reduce((product: number, length: number) => product * length, 1))
  );
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}
