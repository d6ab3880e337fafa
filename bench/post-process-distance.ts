import { postProcessLane, sqnr } from "../golden/index.ts";
import { type HardwareRounding, postProcessParameters } from "../spec/index.ts";
import { Random } from "../tb/index.ts";
import { type DistributionName, distributionNames, sampled } from "./distributions.ts";
import { elementsMeasured } from "./quantizer-distance.ts";

/** How far the values of `post-process` are from sum·scale + bias in real numbers, in units of a value. */
export interface PostProcessDistance {
  /** The largest distance, either way. */
  readonly largest: number;
  /** The mean, signed: what the rounding adds to every value. */
  readonly mean: number;
  /** Signal to the noise of the rounding, dB. */
  readonly sqnr: number;
}

/** Magnitude of the largest sum: 20 of the 24 bits. */
const largestSum = 2 ** 20 - 1;

/**
 * Sums of that distribution at the chip's widths, biases of any size, and the largest scale with which nothing saturates:
 * `elementsMeasured` values against the same in real numbers. Without ReLU.
 */
export function postProcessDistance(distribution: DistributionName, rounding: HardwareRounding): PostProcessDistance {
  const params = postProcessParameters.parse({ rounding });
  const random = new Random(7);
  const drawn = sampled(distribution, elementsMeasured, distributionNames.indexOf(distribution) + 1);
  const peak = drawn.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const bias = 2 ** (params.biasBits - 1);
  const room = 2 ** (params.outputBits - 1) - 1 - bias;
  const scale = Math.floor((room * 2 ** params.shift) / largestSum);
  const real = new Float64Array(drawn.length);
  const found = new Float64Array(drawn.length);
  let largest = 0;
  let total = 0;
  drawn.forEach((value, i) => {
    const sum = Math.round((value / peak) * largestSum);
    const own = random.integer(-bias, bias - 1);
    real[i] = (sum * scale + own * 2 ** params.biasShift) / 2 ** params.shift;
    found[i] = postProcessLane(sum, { scale, bias: own, relu: false }, params);
    const distance = found[i]! - real[i]!;
    largest = Math.max(largest, Math.abs(distance));
    total += distance;
  });
  return { largest, mean: total / drawn.length, sqnr: sqnr(real, found) };
}

/** The table as docs/quantizer.md has it: a row for each distribution. */
export function postProcessTable(): string {
  const rows = distributionNames.map((distribution) => {
    const cells = (["half-up", "down"] as const).flatMap((rounding) => {
      const { largest, mean, sqnr } = postProcessDistance(distribution, rounding);
      const signless = Math.abs(mean) < 0.00005 ? 0 : mean;
      return [largest.toFixed(4), signless.toFixed(4), `${sqnr.toFixed(2)} dB`];
    });
    return `| ${[distribution, ...cells].join(" | ")} |`;
  });
  return [
    "| distribution | `half-up`: largest | mean | SQNR | `down`: largest | mean | SQNR |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
