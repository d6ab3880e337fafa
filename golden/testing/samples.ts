/** A seeded stream of numbers from 0 to 1, 0 and 1 left out: xorshift32. */
export function uniform(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Single-precision sums of four uniform numbers, about zero: bell-shaped and the same on every machine. */
export function bellShaped(length: number, seed: number): Float32Array {
  const next = uniform(seed);
  return Float32Array.from({ length }, () => next() + next() + next() + next() - 2);
}

/** Zeros of both signs, subnormals, powers of two and their neighbours, the largest numbers, ties: again and again. */
export function cornerValues(length: number): Float32Array {
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  const corners: number[] = [0, -0];
  for (const exponent of [0, 1, 2, 100, 126, 127, 128, 150, 200, 253, 254]) {
    for (const mantissa of [0, 1, 0x200000, 0x400000, 0x400001, 0x600000, 0x7fffff]) {
      for (const sign of [0, 1]) {
        bits[0] = sign * 2 ** 31 + exponent * 2 ** 23 + mantissa;
        corners.push(float[0] ?? 0);
      }
    }
  }
  const next = uniform(length);
  return Float32Array.from({ length }, () => corners[Math.floor(next() * corners.length)] ?? 0);
}
