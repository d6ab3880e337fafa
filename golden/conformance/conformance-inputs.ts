import type { Tensor } from "../tensor.ts";

/** An input of the conformance set, and what it is there for. */
export interface ConformanceInput extends Tensor {
  readonly data: Float32Array;
  readonly purpose: string;
}

/**
 * Uniform numbers of 0 to 1 from whole-number arithmetic alone, so that they are the same everywhere: a 32-bit linear
 * congruence (Numerical Recipes' constants), its upper 24 bits.
 */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** A sum of twelve uniform numbers: nearly Gaussian, variance 1, and exact in double precision. */
function nearlyGauss(seed: number): () => number {
  const next = uniform(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return sum;
  };
}

function input(
  name: string,
  purpose: string,
  shape: readonly number[],
  value: (i: number) => number,
): ConformanceInput {
  const count = shape.reduce((product, length) => product * length, 1);
  return { name, purpose, shape, data: Float32Array.from({ length: count }, (_, i) => value(i)) };
}

/** The inputs: small, deterministic, and between them every case that the policies are about. */
export function conformanceInputs(): ConformanceInput[] {
  const gauss = nearlyGauss(1);
  const tail = nearlyGauss(2);
  const positive = uniform(3);
  const cube = nearlyGauss(4);
  const spread = nearlyGauss(5);
  const smallest = 2 ** -149;
  return [
    input("gauss", "ordinary numbers, two lines of two vectors of 64", [2, 128], () => gauss()),
    input("heavy", "heavy tails: cubes of ordinary numbers", [1, 128], () => cube() ** 3),
    input("tail", "lines that are no whole number of vectors", [3, 37], () => tail()),
    input("positive", "no negative numbers, a third of them zero", [1, 96], (i) => (i % 3 === 0 ? 0 : positive())),
    ...[3, 7, 31, 127].map((top) =>
      input(`ties-${top}`, `maximum ${top}: halves are ties of the integer grid of that size`, [1, 64], (i) =>
        i === 0 ? top : (i % 2 === 0 ? 1 : -1) * (((i >> 1) * 0.5) % top),
      ),
    ),
    input(
      "scale-ties",
      "maxima of vectors of 64 that are halves where the tensor's is 255, and others",
      [6, 64],
      (i) => {
        const maximum = [255, 2.5, 127.5, 3.5, 0.5, 254.5][i >> 6] ?? 0;
        return i % 64 === 7 ? -maximum : (maximum * (i % 64)) / 64;
      },
    ),
    ...[2688, 1536].map((top) =>
      input(
        `block-ties-${top}`,
        `maximum ${top}: an NVFP4 tensor scale of 1, ties of E2M1 and of E4M3`,
        [1, 64],
        (i) =>
          i === 0 ? top : i === 48 ? 6.375 : i % 16 === 0 ? 6 : (i % 2 === 0 ? 1 : -1) * (0.25 + ((i % 16) >> 1) * 0.5),
      ),
    ),
    input("sixths", "block maxima whose sixth depends on the order of float32 operations", [1, 48], (i) => {
      const maximum = [1.015625, 0.0009563990170136094, 0.00148773193359375][i >> 4] ?? 0;
      return (maximum * (16 - (i % 16))) / 16;
    }),
    input(
      "ramp",
      "multiples of 1/8 around zero; powers of two as maxima of some blocks",
      [1, 128],
      (i) => (i - 64) / 8,
    ),
    input(
      "ranges",
      "vectors whose magnitudes differ by 2^20: small scales vanish",
      [8, 32],
      (i) => spread() * 2 ** (5 * (i >> 5) - 20),
    ),
    input("zeros", "all zero, with both signs", [1, 64], (i) => (i % 2 === 0 ? 0 : -0)),
    input("zero-vector", "one vector of zeros beside one that is not", [1, 128], (i) => (i < 64 ? 0 : i - 95.5)),
    input("equal", "all magnitudes equal", [1, 64], (i) => (i % 2 === 0 ? 3 : -3)),
    input("outlier", "one large number among small ones", [1, 64], (i) => (i === 40 ? 1000 : ((i * 37) % 64) / 64)),
    input("underflow", "numbers that round to zero, of both signs", [1, 64], (i) =>
      i === 0 ? 6 : (i % 2 === 0 ? 1 : -1) * 0.01 * i,
    ),
    input("tiny", "float32 subnormals", [1, 64], (i) => (i - 32) * smallest * 97),
    input(
      "tiny-edge",
      "block maxima just below the smallest power of two that E8M0 has",
      [1, 32],
      (i) => ((i - 16) / 16) * 1.5 * 2 ** -128,
    ),
    input("tiny-mixed", "subnormals beside numbers that are not", [1, 32], (i) =>
      i % 4 === 0 ? 2 ** -125 : 2 ** -127,
    ),
    input("huge", "numbers near float32's largest", [1, 64], (i) => (i % 2 === 0 ? 1 : -1) * (1 - i / 100) * 3.4e38),
    input("powers", "powers of two and their neighbours as block maxima", [6, 32], (i) => {
      const line = i >> 5;
      const maximum = [4, Math.fround(4 - 2 ** -22), 4 + 2 ** -21, 6, 7, 7.5][line] ?? 0;
      return i % 32 === 0 ? maximum : (maximum * ((i % 32) - 16)) / 32;
    }),
    input("negative-edge", "the largest magnitude is negative and just below a power of two", [1, 32], (i) =>
      i === 5 ? -(2 - 2 ** -10) : i / 32,
    ),
    input("planes", "three axes, for vectors along another than the last", [2, 16, 4], (i) => ((i * 29) % 128) - 63.5),
    input("worked", "1 to 8: OCTAV at 4 bits goes 4.5, 4992/769, 1920/257, 6144/775", [8], (i) => i + 1),
    input("nonfinite", "NaN and infinities in one block of two", [1, 64], (i) =>
      i === 3 ? Number.NaN : i === 5 ? Number.POSITIVE_INFINITY : i === 9 ? Number.NEGATIVE_INFINITY : i / 8,
    ),
  ];
}
