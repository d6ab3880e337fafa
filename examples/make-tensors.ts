/**
 * Makes the example tensors: `tsx examples/make-tensors.ts [folder]`, examples/tensors without one.
 *
 * They look like a linear layer inside a transformer: tokens after a layer norm, K = 768 channels, and a slice of the
 * layer's weights. What makes such tensors hard to quantise is kept: heavy tails, and a few channels that carry values
 * 20 to 60 times the rest for every token. The numbers come from an integer generator and + − * / and square root
 * alone, which IEEE 754 fixes to the last bit, so every machine writes the same bytes.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeNpy } from "../golden/index.ts";

const channels = 768;
const tokens = 32;
const features = 64;

/** Channels with outliers, and how many times the spread of the others they carry. */
const outliers: readonly (readonly [channel: number, gain: number])[] = [
  [47, 24],
  [138, -60],
  [221, 32],
  [381, 41],
  [577, -20],
  [703, 52],
];

/** Uniform numbers in [0, 1) with 32 bits each: a Weyl sequence through a multiplicative mixer. */
function uniformNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

/** Nearly normal numbers, mean 0 and variance 1: twelve uniform ones, summed. No logarithm, no cosine. */
function normal(uniform: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += uniform();
  return sum;
}

/** Student's t with few degrees of freedom, scaled to variance 1: a normal number over the root of a mean square. */
function heavyTailed(uniform: () => number, freedom: number): number {
  const numerator = normal(uniform);
  let squares = 0;
  for (let i = 0; i < freedom; i++) {
    const value = normal(uniform);
    squares += value * value;
  }
  return (numerator / Math.sqrt(squares / freedom)) * Math.sqrt((freedom - 2) / freedom);
}

/** Mean 0, variance 1 over a token: the layer norm before its gain and bias. */
function normalise(row: Float64Array): void {
  let mean = 0;
  for (const value of row) mean += value;
  mean /= row.length;
  let variance = 0;
  for (const value of row) variance += (value - mean) * (value - mean);
  const deviation = Math.sqrt(variance / row.length + 1e-5);
  for (let i = 0; i < row.length; i++) row[i] = ((row[i] ?? 0) - mean) / deviation;
}

/** Layer norm outputs, tokens × channels: t with 6 degrees of freedom, a gain and a bias per channel, outlier channels. */
export function makeActivations(): Float32Array {
  const uniform = uniformNumbers(20210208);
  const gains = Float64Array.from({ length: channels }, () => 0.4 + 0.8 * uniform());
  const biases = Float64Array.from({ length: channels }, () => 0.15 * normal(uniform));
  const gainOf = new Map(outliers);
  const values = new Float32Array(tokens * channels);
  for (let token = 0; token < tokens; token++) {
    const row = Float64Array.from({ length: channels }, () => heavyTailed(uniform, 6));
    normalise(row);
    for (let channel = 0; channel < channels; channel++) {
      const value = row[channel] ?? 0;
      const gain = gainOf.get(channel);
      // An outlier channel keeps its sign over all tokens: a large bias that the token modulates.
      values[token * channels + channel] =
        gain === undefined ? (gains[channel] ?? 0) * value + (biases[channel] ?? 0) : gain * (1 + 0.25 * value);
    }
  }
  return values;
}

/** Weights, output features × channels: t with 8 degrees of freedom around 0.04, a different spread per feature. */
export function makeWeights(): Float32Array {
  const uniform = uniformNumbers(20220613);
  const values = new Float32Array(features * channels);
  for (let feature = 0; feature < features; feature++) {
    const spread = 0.04 * (0.5 + uniform());
    for (let channel = 0; channel < channels; channel++) {
      values[feature * channels + channel] = spread * heavyTailed(uniform, 8);
    }
  }
  return values;
}

/** Writes activations.npy (32 × 768) and weights.npy (64 × 768) into a folder, which is made when missing. */
export function writeTensors(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeNpy(join(folder, "activations.npy"), { shape: [tokens, channels], data: makeActivations() });
  writeNpy(join(folder, "weights.npy"), { shape: [features, channels], data: makeWeights() });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeTensors(process.argv[2] ?? fileURLToPath(new URL("tensors", import.meta.url)));
}
