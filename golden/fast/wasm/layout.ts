/** Elements that a kernel takes at once: 128 KiB of input, so that a chunk and its results stay in the cache. */
export const chunkElements = 2 ** 15;

/** Vectors in a chunk, at most: the smallest vector has eight elements. */
export const chunkVectors = chunkElements / 8;

/** Most rounds of OCTAV that the kernel has room for. */
export const kernelIterations = 1000;

/** Where things lie in the kernels' memory, in bytes. */
export const layout = Object.freeze({
  /** Sums and values of the recursion, double precision. */
  history: 0,
  /** Eight partial sums, then their four counts of 32 bits. */
  sums: 8192,
  /** Values, single precision. */
  values: 16384,
  /** One double per vector: divisors, clips. */
  perVector: 16384 + 4 * chunkElements,
  /** One 32-bit number per vector: rounds, reciprocals. */
  perVectorSmall: 16384 + 4 * chunkElements + 8 * chunkVectors,
  /** Codes, one byte each. */
  codes: 16384 + 4 * chunkElements + 12 * chunkVectors,
  end: 16384 + 5 * chunkElements + 12 * chunkVectors,
});
