import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoundingRule } from "../../../spec/index.ts";
import { exactUnits, pickIndex, placeAmong } from "../../minifloat/testing/exact-rounding.ts";
import { magnitudeTables } from "../../minifloat/testing/magnitude-tables.ts";
import { octav } from "../../octav/index.ts";
import { quantize } from "../../quantize.ts";
import type { QuantizeOptions } from "../../quantize-options.ts";
import { quantizeVsq } from "../../quantize-vsq.ts";
import { tensorValues } from "../testing/arbitrary-values.ts";
import { fraction, nearest, over, times } from "../testing/exact-quotient.ts";

const roundings: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];

function vsq(values: ArrayLike<number>, shape: readonly number[], options: QuantizeOptions) {
  return quantize({ name: "t", shape, data: Float32Array.from(values) }, options);
}

const whole = (value: number) => fraction(value);
const peak = (values: ArrayLike<number>) => Math.max(0, ...Array.from(values, Math.abs));

describe("integers", () => {
  it("agree with the quantiser of the array's matrices, which is held to exact fractions", () => {
    fc.assert(
      fc.property(
        tensorValues(3 * 21),
        fc.constantFrom(3, 4, 6, 8),
        fc.integer({ min: 3, max: 10 }),
        fc.constantFrom("tensor" as const, "row" as const),
        fc.constantFrom("exact" as const, "rounded" as const),
        fc.constantFrom(0 as const, 1 as const),
        (data, bits, scaleBits, coarse, elementScale, minimumScale) => {
          const options = { scaleBits, coarse, elementScale, minimumScale };
          const format = `int${bits as 3 | 4 | 6 | 8}-vsq` as const;
          const q = vsq(data, [3, 21], { format, vector: 8, ...options });
          const matrix = { name: "t", rows: 3, columns: 21, data };
          const m = quantizeVsq(matrix, { elementBits: bits, vectorSize: 8, ...options });
          expect(q.scales).toEqual(m.scales);
          expect(q.gamma).toEqual(m.coarse);
          const codes = [0, 1, 2].flatMap((row) => [...m.codes.subarray(row * 24, row * 24 + 21)]);
          expect([...q.codes]).toEqual(codes);
        },
      ),
    );
  });

  it("unsigned and other roundings: exact", () => {
    fc.assert(
      fc.property(
        tensorValues(24).map((data) => data.map(Math.abs)),
        fc.constantFrom(...roundings),
        fc.constantFrom(...roundings),
        (data, rounding, scaleRounding) => {
          const q = vsq(data, [24], { format: "int4-vsq", vector: 8, unsigned: true, rounding, scaleRounding });
          const most = peak(data);
          for (let v = 0; v < 3; v++) {
            const values = [...data.subarray(8 * v, 8 * v + 8)];
            const m = peak(values);
            const scale = m === 0 ? 0 : nearest(over(times(whole(255), fraction(m)), fraction(most)), scaleRounding);
            expect(q.scales?.[v]).toBe(scale);
            const codes = values.map((x) =>
              m === 0 ? 0 : nearest(over(times(whole(15), fraction(x)), fraction(m)), rounding),
            );
            expect([...q.codes.subarray(8 * v, 8 * v + 8)]).toEqual(codes);
          }
        },
      ),
    );
  });
});

describe("fp4-vsq", () => {
  it("is exact: E2M1 of 6·x/m, integer scales of m", () => {
    // Multiples of a 24th keep 6·x/m against the levels in whole numbers: level·m and 6·x.
    const levels = [...magnitudeTables.e2m1, 8].map(exactUnits);
    fc.assert(
      fc.property(tensorValues(16), fc.constantFrom(...roundings), (data, rounding) => {
        const q = vsq(data, [16], { format: "fp4-vsq", vector: 8, scaleBits: 6, rounding });
        const most = peak(data);
        for (let v = 0; v < 2; v++) {
          const values = [...data.subarray(8 * v, 8 * v + 8)];
          const m = peak(values);
          expect(q.scales?.[v]).toBe(m === 0 ? 0 : nearest(over(times(whole(63), fraction(m)), fraction(most))));
          const scaled = levels.map((level) => level * exactUnits(m));
          const codes = values.map((x) => {
            const negative = x < 0 || Object.is(x, -0);
            if (m === 0) return negative ? 8 : 0;
            const units = 6n * exactUnits(Math.abs(x)) * exactUnits(1);
            return pickIndex(placeAmong(units, scaled), negative, rounding) + (negative ? 8 : 0);
          });
          expect([...q.codes.subarray(8 * v, 8 * v + 8)]).toEqual(codes);
        }
        expect(q.gamma?.[0]).toBe(most / (6 * 63));
      }),
    );
  });
});

describe("clipping", () => {
  const values = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i) * (i % 8 === 0 ? 9 : 1));

  it("per vector, row and tensor: the clip that OCTAV finds for that scope limits each vector", () => {
    const shape = [2, 32];
    const clipOf = (from: number, to: number) => octav(values, { bits: 4 }, from, to).clip;
    const scopes = {
      scale: (v: number) => clipOf(8 * v, 8 * v + 8),
      row: (v: number) => Math.min(peak(values.subarray(8 * v, 8 * v + 8)), clipOf(v < 4 ? 0 : 32, v < 4 ? 32 : 64)),
      tensor: (v: number) => Math.min(peak(values.subarray(8 * v, 8 * v + 8)), clipOf(0, 64)),
    };
    for (const clipScope of ["scale", "row", "tensor"] as const) {
      const q = vsq(values, shape, { format: "int4-vsq", vector: 8, clip: "octav", clipScope });
      const magnitudes = Array.from({ length: 8 }, (_, v) => scopes[clipScope](v));
      const most = Math.max(...magnitudes);
      expect([...(q.scales ?? [])]).toEqual(magnitudes.map((m) => Math.round((255 * m) / most)));
      expect(q.statistics.clips).toBe({ scale: 8, row: 2, tensor: 1 }[clipScope]);
      // What counts is the largest number that the rounded scale can hold.
      const held = magnitudes.map((m) => (Math.round((255 * m) / most) * most) / 255);
      const clipped = [...values].filter((x, i) => Math.abs(x) > (held[Math.floor(i / 8)] ?? 0)).length;
      expect(q.statistics.clipped).toBe(clipped);
      expect(clipped).toBeGreaterThan(0);
    }
  });

  it("a full range has one more code for what is clipped on the negative side", () => {
    const data = [-9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const codes = (fullRange: boolean) =>
      vsq(data, [16], { format: "int4-vsq", vector: 16, clip: "percentile:50", fullRange }).codes[0];
    expect([codes(false), codes(true)]).toEqual([-7, -8]);
  });
});

it("a vector whose scale rounds to 0 vanishes, or gets 1", () => {
  const data = [1000, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const scales = (minimumScale: 0 | 1) => [
    ...(vsq(data, [16], { format: "int4-vsq", vector: 8, minimumScale }).scales ?? []),
  ];
  expect([scales(0), scales(1)]).toEqual([
    [255, 0],
    [255, 1],
  ]);
});
