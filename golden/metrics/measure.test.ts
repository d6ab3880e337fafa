import { describe, expect, it } from "vitest";
import { formatDeclarations, formatNames } from "../../spec/index.ts";
import { dequantize } from "../dequantize.ts";
import { quantize } from "../quantize.ts";
import type { QuantizeOptions } from "../quantize-options.ts";
import { sqnr } from "../sqnr.ts";
import { bellShaped } from "../testing/samples.ts";
import { measure } from "./measure.ts";

function measured(values: ArrayLike<number>, options: QuantizeOptions, shape = [values.length]) {
  const tensor = { name: "t", shape, data: Float64Array.from(values) };
  const quantized = quantize(tensor, options);
  return { quantized, metrics: measure(tensor, quantized) };
}

describe("errors", () => {
  it("by hand: 7, 3.4, -0.5, 0 as int4", () => {
    const { metrics } = measured([7, 3.4, -0.5, 0], { format: "int4" });
    expect(metrics.mse).toBeCloseTo((0.4 ** 2 + 0.5 ** 2) / 4, 12);
    expect(metrics.largestError).toBe(0.5);
    expect(metrics.zeroCodeShare).toBe(0.5);
    expect(metrics.sqnr).toBeCloseTo(10 * Math.log10((49 + 3.4 ** 2 + 0.25) / 0.41), 12);
    expect(metrics).toMatchObject({ clippedShare: 0, zeroScaleShare: 0, octavRounds: 0, octavUnconverged: 0 });
  });

  it.each(formatNames)("%s: agrees with the decoded tensor", (format) => {
    const values = bellShaped(600, 5);
    const { metrics, quantized } = measured(values, { format }, [3, 200]);
    const { data } = dequantize(quantized);
    expect(metrics.sqnr).toBe(sqnr(values, data));
    const errors = [...values].map((value, i) => Math.abs(value - (data[i] ?? 0)));
    expect(metrics.largestError).toBe(Math.max(...errors));
    expect(metrics.mse).toBeCloseTo(errors.reduce((sum, error) => sum + error ** 2, 0) / 600, 14);
    expect(metrics.zeroCodeShare).toBe([...data].filter((value) => value === 0).length / 600);
  });

  it("no error, no signal, and NaN left out", () => {
    expect(measured([1, -1, 0, 1], { format: "int4" }).metrics).toMatchObject({ sqnr: Infinity, mse: 0 });
    expect(measured([0, 0], { format: "mxfp4" }).metrics).toMatchObject({ sqnr: Infinity, zeroCodeShare: 1 });
    const values = [Number.NaN, ...new Array<number>(31).fill(1), ...new Array<number>(32).fill(1)];
    const { metrics } = measured(values, { format: "mxfp4", nonfinite: "propagate" });
    expect(metrics).toMatchObject({ mse: 0, largestError: 0 });
  });

  it("refuses another shape", () => {
    const { quantized } = measured([1, 2], { format: "int4" });
    const other = { name: "u", shape: [1, 2], data: Float32Array.of(1, 2) };
    expect(() => measure(other, quantized)).toThrow(/u: the shapes 1 x 2 and 2 differ/);
  });
});

describe("bits per element", () => {
  it.each([
    ["int4", {}, 4],
    ["int4-vsq", {}, 4.125],
    ["int4-vsq", { vector: 16, scaleBits: 4 }, 4.25],
    ["fp4-vsq", {}, 4.125],
    ["mxfp4", {}, 4.25],
    ["mxfp6-e2m3", {}, 6.25],
    ["mxint8", {}, 8.25],
    ["nvfp4", {}, 4.5],
  ] as const)("%s %j: %d and the float scale", (format, options, bits) => {
    const gamma = formatDeclarations[format].coarse === "none" ? 0 : 32;
    const { metrics } = measured(new Array<number>(2560).fill(1), { format, ...options });
    expect(metrics.bitsPerElement).toBeCloseTo(bits + gamma / 2560, 12);
  });

  it("counts every row's float scale and the scale of a short vector", () => {
    const { metrics } = measured(new Array<number>(80).fill(1), { format: "int4-vsq", coarse: "row" }, [2, 40]);
    expect(metrics.bitsPerElement).toBe(4 + (2 * 8 + 2 * 32) / 80);
  });
});

describe("shares", () => {
  it("clipped: beyond the clip or the largest value", () => {
    const values = [...new Array<number>(99).fill(1), 50];
    expect(measured(values, { format: "int4", clip: "percentile:99" }).metrics.clippedShare).toBe(0.01);
    expect(measured([7.5, ...new Array<number>(31).fill(1)], { format: "mxfp4" }).metrics.clippedShare).toBe(1 / 32);
  });

  it("zero codes count -0, zero scales those of small vectors", () => {
    const values = [6, -0.1, 0.1, 1];
    expect(measured(values, { format: "fp4-vsq" }).metrics.zeroCodeShare).toBe(0.5);
    const two = [1000, ...new Array<number>(7).fill(0), 1, ...new Array<number>(7).fill(1)];
    expect(measured(two, { format: "int4-vsq", vector: 8 }).metrics.zeroScaleShare).toBe(0.5);
    expect(measured([0, 0], { format: "int4" }).metrics.zeroScaleShare).toBe(1);
  });

  it("OCTAV's rounds: mean and most over the vectors", () => {
    const { metrics, quantized } = measured(bellShaped(640, 9), { format: "int4-vsq", clip: "octav" });
    const { clips, rounds, mostRounds } = quantized.statistics;
    expect(clips).toBe(10);
    expect(metrics.octavRounds).toBe(rounds / 10);
    expect(metrics.octavMostRounds).toBe(mostRounds);
    expect(mostRounds).toBeGreaterThanOrEqual(metrics.octavRounds);
  });
});
