import { expect, test } from "vitest";
import { type QuantizeOptions, quantize } from "../golden/index.ts";
import { clipRange } from "./clip-range.ts";

/** Four lines of 64 whose maxima are 1, 2, 4 and 8. */
const lines = Float32Array.from({ length: 4 * 64 }, (_, i) => 2 ** (i >> 6) * ((i % 64) / 63));
/** The same with the lines as columns. */
const columns = Float32Array.from({ length: 64 * 4 }, (_, i) => 2 ** (i % 4) * ((i >> 2) / 63));

const clip = (options: QuantizeOptions) => clipRange(quantize({ name: "t", shape: [4, 64], data: lines }, options));
const clipDown = (options: QuantizeOptions) =>
  clipRange(quantize({ name: "t", shape: [64, 4], data: columns }, { ...options, axis: 0 }));

test("one place for a tensor, one per row, along either axis", () => {
  expect(clip({ format: "int8" }).median).toBeCloseTo(8, 12);
  expect(clip({ format: "int4" })).toMatchObject({ low: 8, high: 8 });
  for (const range of [clip({ format: "int4", coarse: "row" }), clipDown({ format: "int4", coarse: "row" })]) {
    expect(range.low).toBeCloseTo(1, 12);
    expect(range.high).toBeCloseTo(8, 12);
  }
});

test("scales of vectors, float scales of rows, small floats, unsigned codes", () => {
  for (const range of [
    clip({ format: "int4-vsq" }),
    clip({ format: "fp4-vsq", coarse: "row" }),
    clipDown({ format: "int4-vsq", coarse: "row" }),
    clip({ format: "int8-vsq", unsigned: true }),
  ]) {
    expect(range.low).toBeGreaterThan(0.99);
    expect(range.low).toBeLessThan(1.01);
    expect(range.high).toBeCloseTo(8, 9);
  }
  // A maximum of 2^k becomes 4 at the floor rule, and E2M1 goes to 6; the least block has its maximum below a half.
  expect(clip({ format: "mxfp4" })).toMatchObject({ low: 0.375, high: 12 });
  expect(clip({ format: "mxint8" }).high).toBeCloseTo((8 * 127) / 64, 12);
});

test("a tensor of zeros clips at 0", () => {
  const zeros = { name: "z", shape: [1, 64], data: new Float32Array(64) };
  expect(clipRange(quantize(zeros, { format: "int4-vsq" }))).toEqual({ low: 0, median: 0, high: 0 });
});
