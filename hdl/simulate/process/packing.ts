import { rangeOf } from "../../types/index.ts";
import type { EngineValues } from "../engine.ts";
import { StimulusError } from "../inprocess/ports.ts";

/** `elements` scalars of `elementWidth` bits side by side, element 0 in the least significant bits. */
export interface PackedShape {
  readonly elements: number;
  readonly elementWidth: number;
  readonly signed: boolean;
}

/** Bits of the packed form. */
export function packedBits(shape: PackedShape): number {
  return shape.elements * shape.elementWidth;
}

/** Bytes that hold the packed form. */
export function packedBytes(shape: PackedShape): number {
  return Math.ceil(packedBits(shape) / 8);
}

/**
 * Writes the elements as one little-endian integer of `packedBytes` bytes at `target[at]`; signed elements in two's
 * complement. Bits above the last element in the last byte are 0.
 *
 * @throws StimulusError when the count is wrong or an element is no integer in the range of its type; the message
 *   calls the port `name`.
 */
export function packElements(
  values: EngineValues,
  shape: PackedShape,
  target: Uint8Array,
  at: number,
  name: string,
): void {
  if (values === undefined) throw new StimulusError(`input ${name}: no values given`);
  if (values.length !== shape.elements) {
    throw new StimulusError(`input ${name} has ${shape.elements} elements, but ${values.length} were given`);
  }
  if (shape.elementWidth <= 24) packNarrow(values, shape, target, at, name);
  else packWide(values, shape, target, at, name);
}

/**
 * Reads back what `packElements` wrote: numbers for elements of up to 32 bits, bigints above.
 *
 * @param into reused for the result when given; it must come from an earlier call with the same shape.
 */
export function unpackElements(
  source: Uint8Array,
  at: number,
  shape: PackedShape,
  into: EngineValues = emptyValues(shape),
): EngineValues {
  if (shape.elementWidth <= 24) unpackNarrow(source, at, shape, into as Int32Array | Uint32Array);
  else unpackWide(source, at, shape, into as Int32Array | Uint32Array | bigint[]);
  return into;
}

/** An array of zeros of the kind that `unpackElements` fills. */
export function emptyValues(shape: PackedShape): EngineValues {
  if (shape.elementWidth > 32) return new Array<bigint>(shape.elements).fill(0n);
  return shape.signed ? new Int32Array(shape.elements) : new Uint32Array(shape.elements);
}

// Up to 24 bits an element and the 7 bits left over from the one before fit in the 32 bits of a bitwise operator.
function packNarrow(values: EngineValues, shape: PackedShape, target: Uint8Array, start: number, name: string): void {
  const width = shape.elementWidth;
  const mask = 2 ** width - 1;
  const min = shape.signed ? -(2 ** (width - 1)) : 0;
  const max = shape.signed ? 2 ** (width - 1) - 1 : mask;
  let at = start;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < shape.elements; i++) {
    const value = Number(values[i]);
    if (!(value >= min && value <= max) || Math.floor(value) !== value) refuse(values[i], i, shape, name);
    held |= (value & mask) << bits;
    bits += width;
    while (bits >= 8) {
      target[at++] = held;
      held >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) target[at] = held;
}

function packWide(values: EngineValues, shape: PackedShape, target: Uint8Array, start: number, name: string): void {
  const width = shape.elementWidth;
  const { min, max } = rangeOf(width, shape.signed);
  let at = start;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < shape.elements; i++) {
    const given = values[i];
    if (typeof given !== "bigint" && !Number.isInteger(given)) refuse(given, i, shape, name);
    const value = BigInt(given!);
    if (value < min || value > max) refuse(given, i, shape, name);
    const words = toWords(value, width);
    for (let low = 0; low < width; low += 16) {
      const taken = Math.min(16, width - low);
      held |= words[low >> 4]! << bits;
      bits += taken;
      while (bits >= 8) {
        target[at++] = held;
        held >>>= 8;
        bits -= 8;
      }
    }
  }
  if (bits > 0) target[at] = held;
}

/** The low `width` bits in words of 16 bits, least significant first. */
function toWords(value: bigint, width: number): Uint16Array {
  const words = new Uint16Array(Math.ceil(width / 64) * 4);
  const doubles = new BigUint64Array(words.buffer);
  let rest = BigInt.asUintN(width, value);
  for (let i = 0; i < doubles.length; i++) {
    doubles[i] = rest;
    rest >>= 64n;
  }
  return words;
}

function unpackNarrow(source: Uint8Array, start: number, shape: PackedShape, into: Int32Array | Uint32Array): void {
  const width = shape.elementWidth;
  const mask = 2 ** width - 1;
  const spare = 32 - width;
  let at = start;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < shape.elements; i++) {
    while (bits < width) {
      held |= source[at++]! << bits;
      bits += 8;
    }
    const value = held & mask;
    into[i] = shape.signed ? (value << spare) >> spare : value;
    held >>>= width;
    bits -= width;
  }
}

function unpackWide(
  source: Uint8Array,
  start: number,
  shape: PackedShape,
  into: Int32Array | Uint32Array | bigint[],
): void {
  const width = shape.elementWidth;
  const words = new Uint16Array(Math.ceil(width / 64) * 4);
  const doubles = new BigUint64Array(words.buffer);
  let at = start;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < shape.elements; i++) {
    for (let low = 0; low < width; low += 16) {
      const taken = Math.min(16, width - low);
      while (bits < taken) {
        held |= source[at++]! << bits;
        bits += 8;
      }
      words[low >> 4] = held & (2 ** taken - 1);
      held >>>= taken;
      bits -= taken;
    }
    if (width > 32) {
      let value = 0n;
      for (let k = doubles.length - 1; k >= 0; k--) value = (value << 64n) | doubles[k]!;
      (into as bigint[])[i] = shape.signed ? BigInt.asIntN(width, value) : value;
    } else {
      const value = words[0]! | (words[1]! << 16);
      const spare = 32 - width;
      into[i] = shape.signed ? (value << spare) >> spare : value;
    }
  }
}

function refuse(value: number | bigint | undefined, element: number, shape: PackedShape, name: string): never {
  const { min, max } = rangeOf(shape.elementWidth, shape.signed);
  throw new StimulusError(`input ${name}, element ${element}: ${value} is not an integer from ${min} to ${max}`);
}
