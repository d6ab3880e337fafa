import { InputError } from "../spec/index.ts";
import { allFinite } from "./fast/all-finite.ts";

/** A matrix of floats, row by row. Vectors lie along the columns. */
export interface Matrix {
  /** Used in messages. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** What to do with NaN and infinities: refuse the tensor, or put finite numbers in their place. */
export type NonfinitePolicy = "refuse" | "saturate";

/** Magnitudes above this could overflow inside the quantiser; float32 ends at 3.4e38. */
const largestMagnitude = 1e290;

/** Checks the shape of a matrix. @throws InputError for an empty one or data that does not fit the shape. */
export function checkMatrix({ name, rows, columns, data }: Matrix): void {
  for (const side of [rows, columns]) {
    if (!Number.isSafeInteger(side) || side < 1) {
      throw new InputError(
        `${name}: the shape is ${rows} x ${columns}; a matrix needs at least one row and one column`,
      );
    }
  }
  if (data.length !== rows * columns) {
    throw new InputError(`${name}: ${data.length} values do not make a ${rows} x ${columns} matrix`);
  }
}

/** Refuses an option of a quantiser that is no whole number of a range. @throws InputError with name and range. */
export function checkRange(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InputError(`${name} is ${value}; it must be an integer from ${min} to ${max}`);
}

/** Finite values, ready to quantise, and how many had to be replaced. */
export interface FiniteValues {
  readonly data: Float32Array | Float64Array;
  readonly replaced: number;
}

/**
 * The values of a matrix, all finite; see `finiteData`.
 * @throws InputError as `finiteData` and `checkMatrix` do.
 */
export function finiteValues(matrix: Matrix, policy: NonfinitePolicy): FiniteValues {
  checkMatrix(matrix);
  const { name, columns, data } = matrix;
  return finiteData(data, policy, (i) => `${name}[${Math.floor(i / columns)}, ${i % columns}]`);
}

/**
 * Values, all finite. With `saturate`, infinities become the largest finite magnitude of the tensor with their sign, and
 * NaN becomes 0; a copy is made only then.
 * @param nameOf what messages call element i, with its tensor and index.
 * @throws InputError with name, index and value of the first NaN or infinity (`refuse`); for a tensor that has
 * infinities and no finite value but 0 to stand in for them; for magnitudes above 1e290.
 */
export function finiteData(
  data: Float32Array | Float64Array,
  policy: NonfinitePolicy,
  nameOf: (i: number) => string,
): FiniteValues {
  // Float32 holds nothing above 1e290: finite is good enough, and quicker to see.
  if (data instanceof Float32Array && allFinite(data)) return { data, replaced: 0 };
  const place = (i: number) => `${nameOf(i)} is ${data[i]}`;
  let largest = 0;
  let replaced = 0;
  for (let i = 0; i < data.length; i++) {
    const magnitude = Math.abs(data[i] ?? 0);
    if (magnitude <= largestMagnitude) {
      if (magnitude > largest) largest = magnitude;
      continue;
    }
    if (Number.isFinite(magnitude)) {
      throw new InputError(
        `${place(i)}; magnitudes above ${largestMagnitude} cannot be quantised, scale the tensor down`,
      );
    }
    if (policy === "refuse") {
      throw new InputError(
        `${place(i)}; only finite values can be quantised (--nonfinite saturate, or nonfinite: "saturate", replaces them)`,
      );
    }
    replaced++;
  }
  if (replaced === 0) return { data, replaced };
  const copy = data.slice();
  for (let i = 0; i < copy.length; i++) {
    const value = copy[i] ?? 0;
    if (Number.isFinite(value)) continue;
    if (!Number.isNaN(value) && largest === 0) {
      throw new InputError(`${place(i)}; the tensor has no finite value but 0 that could stand in for it`);
    }
    copy[i] = Number.isNaN(value) ? 0 : Math.sign(value) * largest;
  }
  return { data: copy, replaced };
}
