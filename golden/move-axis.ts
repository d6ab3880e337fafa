/** A typed array that holds numbers. */
type Numbers = Float32Array | Float64Array | Int8Array | Uint8Array | Uint16Array;

/** Lengths before, at and after an axis: the array is outer × length × inner. */
export interface AxisSplit {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** How an axis divides a shape. */
export function splitAtAxis(shape: readonly number[], axis: number): AxisSplit {
  const product = (lengths: readonly number[]) => lengths.reduce((all, length) => all * length, 1);
  return { outer: product(shape.slice(0, axis)), length: shape[axis] ?? 1, inner: product(shape.slice(axis + 1)) };
}

/** The array with the axis moved to the end: outer × inner × length. The array itself when it is there already. */
export function axisLast<T extends Numbers>(data: T, { outer, length, inner }: AxisSplit): T {
  if (inner === 1 || length === 1) return data;
  const moved = data.slice() as T;
  for (let o = 0; o < outer; o++) {
    const start = o * length * inner;
    for (let k = 0; k < length; k++) {
      for (let i = 0; i < inner; i++) moved[start + i * length + k] = data[start + k * inner + i] ?? 0;
    }
  }
  return moved;
}

/** The reverse of `axisLast`. */
export function axisBack<T extends Numbers>(data: T, { outer, length, inner }: AxisSplit): T {
  return axisLast(data, { outer, length: inner, inner: length });
}
