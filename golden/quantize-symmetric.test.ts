import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vectorMacParameters } from "../spec/index.ts";
import type { Matrix } from "./matrix.ts";
import { quantizeForLane } from "./quantize-for-lane.ts";
import { quantizeSymmetric } from "./quantize-symmetric.ts";
import { dequantize } from "./quantized-matrix.ts";

function matrix(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  return { name: "w", rows, columns, data: Float32Array.from(values) };
}

describe("the symmetric quantiser", () => {
  it("divides by the largest magnitude of the tensor, ties to even", () => {
    const q = quantizeSymmetric(matrix(2, 3, [7, 0.5, 1.5, -7, -2.5, 0]), { elementBits: 4, vectorSize: 2 });
    expect([...q.codes]).toEqual([7, 0, 2, 0, -7, -2, 0, 0]);
    expect([...q.coarse]).toEqual([1]);
    expect(q.scales).toBeUndefined();
    expect([...dequantize(q)]).toEqual([7, 0, 2, -7, -2, 0]);
  });

  it("or of each row, 0 for a row of zeros", () => {
    const q = quantizeSymmetric(matrix(3, 2, [127, 1, 0, 0, -2, 1]), { elementBits: 8, vectorSize: 2, coarse: "row" });
    expect([...q.codes]).toEqual([127, 1, 0, 0, -127, 64]);
    expect([...q.coarse]).toEqual([1, 0, 2 / 127]);
  });

  it("stays within half a step and never makes the most negative code", () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.constantFrom("tensor" as const, "row" as const), (list, coarse) => {
        const m = matrix(3, 4, list);
        const q = quantizeSymmetric(m, { elementBits: 8, vectorSize: 4, coarse });
        const back = dequantize(q);
        m.data.forEach((x, i) => {
          const step = q.coarse[coarse === "row" ? Math.floor(i / 4) : 0] ?? 0;
          expect(Math.abs(x - (back[i] ?? 0))).toBeLessThanOrEqual(step * (0.5 + 1e-12));
        });
        expect(Math.min(...q.codes)).toBeGreaterThanOrEqual(-127);
        expect(Math.max(...q.codes.map(Math.abs))).toBe(list.some((x) => x !== 0) ? 127 : 0);
      }),
    );
  });

  it("refuses NaN with name, index and value", () => {
    const bad = matrix(1, 2, [0, Number.NaN]);
    expect(() => quantizeSymmetric(bad, { elementBits: 8, vectorSize: 2 })).toThrow("w[0, 1] is NaN");
    expect(quantizeSymmetric(bad, { elementBits: 8, vectorSize: 2, nonfinite: "saturate" }).replaced).toBe(1);
  });
});

describe("a format of a lane", () => {
  const m = matrix(1, 70, new Float32Array(70).fill(1));

  it("takes widths and vector size from the lane", () => {
    const lane = vectorMacParameters.parse({
      vectorSize: 16,
      elementBits: 6,
      wideBits: 12,
      scaleBits: 5,
      accumulatorBits: 30,
    });
    expect(quantizeForLane(m, "int4", lane)).toMatchObject({
      elementBits: 6,
      vectorSize: 16,
      vectors: 5,
      scales: undefined,
    });
    expect(quantizeForLane(m, "int8", lane)).toMatchObject({
      elementBits: 12,
      vectorSize: 8,
      vectors: 9,
      scales: undefined,
    });
    const q = quantizeForLane(m, "int4-vsq", lane, { coarse: "row", minimumScale: 1 });
    expect(q).toMatchObject({ elementBits: 6, vectorSize: 16, vectors: 5, granularity: "row" });
    expect([...(q.scales ?? [])]).toEqual([31, 31, 31, 31, 31]);
  });

  it("refuses INT8 without the wide path", () => {
    expect(() => quantizeForLane(m, "int8", vectorMacParameters.parse({ wideBits: 0 }))).toThrow(
      "int8 needs the wide path",
    );
  });
});
