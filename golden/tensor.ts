import { InputError } from "../spec/index.ts";

/** A tensor of floats in row-major order (the last axis is contiguous). */
export interface Tensor {
  /** Used in messages and as the name in files. */
  readonly name: string;
  /** Lengths of the axes, outermost first; at least one axis, every length at least 1. */
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** How messages print a shape: `16 x 64`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "()" : shape.join(" x ");
}

/** Checks a tensor's shape. @throws InputError for rank 0, an empty axis, or data that does not fit the shape. */
export function checkTensor({ name, shape, data }: Tensor): void {
  if (shape.length === 0) {
    throw new InputError(`${name}: the tensor has rank 0; quantising needs an axis, give a scalar the shape 1`);
  }
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 1)) {
    throw new InputError(`${name}: the shape is ${shapeText(shape)}; every axis needs at least one element`);
  }
  const elements = shape.reduce((product, length) => product * length, 1);
  if (elements !== data.length) {
    throw new InputError(`${name}: ${data.length} values do not make the shape ${shapeText(shape)}`);
  }
}

/** The index of an element as messages print it: `[3, 17]`. */
export function indexText(shape: readonly number[], offset: number): string {
  const index: number[] = [];
  let rest = offset;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return `[${index.join(", ")}]`;
}
