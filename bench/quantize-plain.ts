// What a user would write without a library, to compare with: plain loops, no care for speed beyond typed arrays.

/** INT4-VSQ with maximum calibration, one coarse scale: codes, integer scales, coarse scale. */
export function plainInt4Vsq(data: Float32Array, vector: number) {
  const vectors = data.length / vector;
  const scales = new Float64Array(vectors);
  const codes = new Int8Array(data.length);
  for (let v = 0; v < vectors; v++) {
    let max = 0;
    for (let i = 0; i < vector; i++) max = Math.max(max, Math.abs(data[v * vector + i]!));
    scales[v] = max / 7;
    if (max === 0) continue;
    for (let i = 0; i < vector; i++) codes[v * vector + i] = Math.round(data[v * vector + i]! / scales[v]!);
  }
  const gamma = scales.reduce((a, b) => Math.max(a, b), 0) / 255;
  return { codes, gamma, scales: Uint8Array.from(scales, (scale) => Math.round(scale / gamma)) };
}

/** OCTAV as the paper prints it, ten iterations, on one stretch of the data. */
export function plainOctav(data: Float32Array, from: number, to: number, iterations = 10): number {
  let sum = 0;
  let nonzero = 0;
  for (let i = from; i < to; i++) {
    const magnitude = Math.abs(data[i]!);
    if (magnitude > 0) {
      sum += magnitude;
      nonzero++;
    }
  }
  let s = nonzero === 0 ? 0 : sum / nonzero;
  for (let round = 0; round < iterations; round++) {
    let clippedSum = 0;
    let clipped = 0;
    for (let i = from; i < to; i++) {
      const magnitude = Math.abs(data[i]!);
      if (magnitude > s) {
        clippedSum += magnitude;
        clipped++;
      }
    }
    s = clippedSum / ((4 ** -4 / 3) * (nonzero - clipped) + clipped);
  }
  return s;
}

const magnitudes = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

/** The E2M1 code nearest to a number, by looking at all of them. */
function plainE2m1(value: number): number {
  const magnitude = Math.abs(value);
  let best = 0;
  for (let code = 1; code < 8; code++) {
    if (Math.abs(magnitudes[code]! - magnitude) < Math.abs(magnitudes[best]! - magnitude)) best = code;
  }
  return value < 0 ? best + 8 : best;
}

/** MXFP4 with the floor rule: codes and scale exponents. */
export function plainMxfp4(data: Float32Array) {
  const codes = new Uint8Array(data.length);
  const exponents = new Int16Array(data.length / 32);
  for (let block = 0; block < exponents.length; block++) {
    let max = 0;
    for (let i = 0; i < 32; i++) max = Math.max(max, Math.abs(data[block * 32 + i]!));
    exponents[block] = max === 0 ? -127 : Math.floor(Math.log2(max)) - 2;
    const scale = 2 ** exponents[block]!;
    for (let i = 0; i < 32; i++) codes[block * 32 + i] = plainE2m1(data[block * 32 + i]! / scale);
  }
  return { codes, exponents };
}

/** NVFP4's elements with scales left in double precision: less work than the format asks for. */
export function plainNvfp4(data: Float32Array) {
  const codes = new Uint8Array(data.length);
  const scales = new Float64Array(data.length / 16);
  for (let block = 0; block < scales.length; block++) {
    let max = 0;
    for (let i = 0; i < 16; i++) max = Math.max(max, Math.abs(data[block * 16 + i]!));
    scales[block] = max / 6;
    for (let i = 0; i < 16; i++) codes[block * 16 + i] = plainE2m1(data[block * 16 + i]! / scales[block]!);
  }
  return { codes, scales };
}
