/** An array as a .npy file holds it, in C order (the last index runs fastest). */
export interface NpyArray {
  /** Sizes of the dimensions; empty for a single number. */
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** An array that `writeNpy` takes: the element type of `data` is that of the file. */
export interface NpyOutput {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}
