import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "./matrix.ts";
import { quantizeVsq, type VsqOptions } from "./quantize-vsq.ts";
import { dequantize, type QuantizedMatrix } from "./quantized-matrix.ts";
import { sqnr } from "./sqnr.ts";

function matrix(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  return { name: "t.npy", rows, columns, data: Float32Array.from(values) };
}

/** A double as an exact fraction over 2^1074. */
function exact(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return bits >> 63n ? -magnitude : magnitude;
}

/** n/d to the nearest whole number, ties to even, for d > 0: exact. */
function nearest(n: bigint, d: bigint): number {
  const magnitude = n < 0n ? -n : n;
  let whole = magnitude / d;
  const twice = 2n * (magnitude - whole * d);
  if (twice > d || (twice === d && whole % 2n === 1n)) whole++;
  return Number(n < 0n ? -whole : whole) + 0;
}

/** The two-level scheme in exact fractions, as the equations print it. */
function reference({ rows, columns, data }: Matrix, options: Required<Omit<VsqOptions, "nonfinite">>) {
  const { coarse, elementBits, elementScale, minimumScale, scaleBits, vectorSize } = options;
  const vectors = Math.ceil(columns / vectorSize);
  const limit = (1n << BigInt(elementBits - 1)) - 1n;
  const top = (1n << BigInt(scaleBits)) - 1n;
  const x = (row: number, column: number) => (column < columns ? exact(data[row * columns + column] ?? 0) : 0n);
  const max = (row: number, from: number, to: number) => {
    let most = 0n;
    for (let c = from; c < to; c++) most = x(row, c) > most ? x(row, c) : -x(row, c) > most ? -x(row, c) : most;
    return most;
  };
  const rowMax = Array.from({ length: rows }, (_, row) => max(row, 0, columns));
  const tensorMax = [...rowMax].sort((a, b) => (a < b ? 1 : -1))[0] ?? 0n;
  const codes: number[] = [];
  const scales: number[] = [];
  for (let row = 0; row < rows; row++) {
    const g = coarse === "tensor" ? tensorMax : (rowMax[row] ?? 0n);
    for (let v = 0; v < vectors; v++) {
      const m = max(row, v * vectorSize, (v + 1) * vectorSize);
      const scale = m === 0n ? 0 : Math.max(minimumScale, nearest(top * m, g));
      scales.push(scale);
      for (let j = 0; j < vectorSize; j++) {
        const value = x(row, v * vectorSize + j);
        let code = 0;
        if (m > 0n && elementScale === "exact") code = nearest(value * limit, m);
        if (scale > 0 && elementScale === "rounded") code = nearest(value * limit * top, BigInt(scale) * g);
        codes.push(Math.min(Math.max(code, -Number(limit)), Number(limit)));
      }
    }
  }
  return { codes, scales };
}

const anyOptions = fc.record({
  elementBits: fc.constantFrom(2, 3, 4, 6, 8),
  scaleBits: fc.constantFrom(1, 4, 6, 8, 10),
  vectorSize: fc.constantFrom(1, 4, 5, 16),
  coarse: fc.constantFrom("tensor" as const, "row" as const),
  elementScale: fc.constantFrom("exact" as const, "rounded" as const),
  minimumScale: fc.constantFrom(0 as const, 1 as const),
});

/** Floats of every size; small whole ones make ties and equal magnitudes; zeros make empty vectors. */
const anyFloat = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -40, max: 40 }),
  fc.float({ min: -4, max: 4, noNaN: true }),
  fc.constant(0),
);

const anyMatrix = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 23 }))
  .chain(([rows, columns]) =>
    fc
      .array(anyFloat, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => matrix(rows, columns, values)),
  );

describe("against exact fractions", () => {
  it("every code and every scale agrees, for any widths and options", () => {
    fc.assert(
      fc.property(anyMatrix, anyOptions, (m, options) => {
        const found = quantizeVsq(m, options);
        const expected = reference(m, options);
        expect([...found.codes]).toEqual(expected.codes);
        expect([...(found.scales ?? [])]).toEqual(expected.scales);
      }),
      { numRuns: 3000 },
    );
  });

  it("agrees on floats that lie a last bit from a tie", () => {
    const values: number[] = [];
    const peak = Math.fround(5.3000001907);
    for (let k = 0; k < 7; k++) {
      const tie = Math.fround((peak * (k + 0.5)) / 7);
      for (let ulps = -3; ulps <= 3; ulps++) values.push(tie + ulps * 2 ** -22 * Math.max(1, tie / 4));
    }
    const m = matrix(1, 50, [peak, ...values]);
    const options = {
      elementBits: 4,
      scaleBits: 8,
      vectorSize: 64,
      coarse: "tensor",
      elementScale: "exact",
      minimumScale: 0,
    } as const;
    expect([...quantizeVsq(m).codes]).toEqual(reference(m, options).codes);
  });
});

describe("worked cases", () => {
  it("two vectors, one a tenth of the other", () => {
    const q = quantizeVsq(matrix(1, 8, [7, -3.5, 1.5, 0.4, 0.7, -0.7, 0.05, 0]), { vectorSize: 4 });
    // -3.5 and 1.5 are ties: both to the even code.
    // 0.05 and 0.7 are none: in float32 their quotient lies just above 1/14.
    expect([...q.codes]).toEqual([7, -4, 2, 0, 7, -7, 1, 0]);
    // 0.7 is 25.5 steps of the coarse scale, less a little: 0.7 is not exact in float32.
    expect([...(q.scales ?? [])]).toEqual([255, 25]);
    expect(q.coarse[0]).toBe(1 / 255);
  });

  it("a short last vector is filled up with zeros and scaled by its real elements", () => {
    const q = quantizeVsq(matrix(2, 5, [1, 1, 1, 1, -2, 4, 4, 4, 4, 1]), { vectorSize: 4 });
    expect(q.vectors).toBe(2);
    expect([...q.codes]).toEqual([7, 7, 7, 7, -7, 0, 0, 0, 7, 7, 7, 7, 7, 0, 0, 0]);
    expect([...(q.scales ?? [])]).toEqual([64, 128, 255, 64]);
  });

  it("one coarse scale per row gives each row its full range of scales", () => {
    const m = matrix(2, 4, [1, 0.5, 0.25, 0.125, 100, 50, 25, 0]);
    expect([...(quantizeVsq(m, { vectorSize: 2, coarse: "row" }).scales ?? [])]).toEqual([255, 64, 255, 64]);
    expect([...(quantizeVsq(m, { vectorSize: 2, coarse: "tensor" }).scales ?? [])]).toEqual([3, 1, 255, 64]);
  });

  it("a vector too small for its coarse scale keeps its codes with scale 0, or gets 1 when asked", () => {
    const m = matrix(1, 4, [1000, 0, 1, -1]);
    const printed = quantizeVsq(m, { vectorSize: 2 });
    expect([[...printed.codes], [...(printed.scales ?? [])]]).toEqual([
      [7, 0, 7, -7],
      [255, 0],
    ]);
    expect([...(quantizeVsq(m, { vectorSize: 2, minimumScale: 1 }).scales ?? [])]).toEqual([255, 1]);
    const rounded = quantizeVsq(m, { vectorSize: 2, minimumScale: 1, elementScale: "rounded" });
    expect([...rounded.codes]).toEqual([7, 0, 2, -2]);
    expect([...quantizeVsq(m, { vectorSize: 2, elementScale: "rounded" }).codes]).toEqual([7, 0, 0, 0]);
  });

  it("zeros: scale 0, codes 0, and no coarse scale when there is nothing else", () => {
    const q = quantizeVsq(matrix(2, 4, [0, -0, 0, 0, 0, 0, 3, 0]), { vectorSize: 2, coarse: "row" });
    expect([...q.codes]).toEqual([0, 0, 0, 0, 0, 0, 7, 0]);
    expect([...(q.scales ?? [])]).toEqual([0, 0, 0, 255]);
    expect([...q.coarse]).toEqual([0, 3 / (7 * 255)]);
    expect([...dequantize(q)].every((value) => !Object.is(value, -0))).toBe(true);
  });

  it("the smallest floats there are", () => {
    const tiny = 2 ** -149;
    const q = quantizeVsq(matrix(1, 3, [tiny, -7 * tiny, 3.5 * tiny]), { vectorSize: 3 });
    expect([...q.codes]).toEqual([1, -7, 4]);
    expect(q.coarse[0]).toBe((7 * tiny) / 1785);
  });
});

describe("properties", () => {
  const options: VsqOptions = { vectorSize: 4, coarse: "row" };
  const codes = (q: QuantizedMatrix) => [[...q.codes], [...(q.scales ?? [])]];
  const map = (m: Matrix, f: (x: number) => number): Matrix => ({ ...m, data: Float32Array.from(m.data, f) });

  it("negating the tensor negates the codes and nothing else", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        const plus = quantizeVsq(m, options);
        const minus = quantizeVsq(
          map(m, (x) => -x),
          options,
        );
        expect([...minus.codes]).toEqual([...plus.codes].map((code) => 0 - code));
        expect(minus.scales).toEqual(plus.scales);
        expect(minus.coarse).toEqual(plus.coarse);
      }),
    );
  });

  it("scaling by a power of two changes the coarse scale alone", () => {
    // float64, so that neither overflow nor subnormal numbers interfere.
    const wide = anyMatrix.map((m): Matrix => ({ ...m, data: Float64Array.from(m.data) }));
    fc.assert(
      fc.property(wide, fc.integer({ min: -60, max: 60 }), (m, power) => {
        const before = quantizeVsq(m, options);
        const after = quantizeVsq({ ...m, data: m.data.map((x) => x * 2 ** power) }, options);
        expect(codes(after)).toEqual(codes(before));
        expect([...after.coarse]).toEqual([...before.coarse].map((gamma) => gamma * 2 ** power));
      }),
    );
  });

  it("moving elements within a vector moves their codes", () => {
    const vector = fc.array(anyFloat, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(vector, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), (values, order) => {
        const before = quantizeVsq(matrix(1, 8, values), { vectorSize: 8 });
        const moved = order.map((i) => values[i] ?? 0);
        const after = quantizeVsq(matrix(1, 8, moved), { vectorSize: 8 });
        expect([...after.codes]).toEqual(order.map((i) => before.codes[i]));
        expect(after.scales).toEqual(before.scales);
      }),
    );
  });

  it("what has been quantised is found again", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        // A scale of 0 loses its vector; with at least 1 the codes survive.
        const q = quantizeVsq(m, { ...options, minimumScale: 1 });
        const again = quantizeVsq({ ...m, data: dequantize(q) }, { ...options, minimumScale: 1 });
        expect(codes(again)).toEqual(codes(q));
      }),
    );
  });

  it("more bits never leave more than half a step of error plus the scale's rounding", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        const q = quantizeVsq(m, options);
        const back = dequantize(q);
        m.data.forEach((x, i) => {
          const row = Math.floor(i / m.columns);
          const gamma = q.coarse[row] ?? 0;
          const scale = q.scales?.[row * q.vectors + Math.floor((i % m.columns) / 4)] ?? 0;
          // |x − code·s| <= s/2 and |s − scale·γ| <= γ/2, codes up to 7.
          const bound = (scale + 0.5) * gamma * 0.5 + 7 * 0.5 * gamma;
          expect(Math.abs(x - (back[i] ?? 0))).toBeLessThanOrEqual(bound * (1 + 1e-12));
        });
      }),
    );
  });
});

describe("tensors that cannot be quantised", () => {
  it.each([
    [Number.NaN, "t.npy[1, 2] is NaN; only finite values can be quantised"],
    [Number.POSITIVE_INFINITY, "t.npy[1, 2] is Infinity"],
    [Number.NEGATIVE_INFINITY, "t.npy[1, 2] is -Infinity"],
  ])("%s is refused with name, index and value", (value, message) => {
    expect(() => quantizeVsq(matrix(2, 3, [0, 1, 2, 3, 4, value]))).toThrow(message);
  });

  it("NaN becomes 0 and infinity the largest finite magnitude when asked, and both are counted", () => {
    const m = matrix(1, 4, [Number.NaN, Number.NEGATIVE_INFINITY, 2, 14]);
    const q = quantizeVsq(m, { vectorSize: 4, nonfinite: "saturate" });
    expect([...q.codes]).toEqual([0, -7, 1, 7]);
    expect(q.replaced).toBe(2);
    expect(m.data[0]).toBeNaN();
    expect(() => quantizeVsq(matrix(1, 2, [0, Number.POSITIVE_INFINITY]), { nonfinite: "saturate" })).toThrow(
      "t.npy[0, 1] is Infinity; the tensor has no finite value but 0",
    );
    expect([...quantizeVsq(matrix(1, 2, [0, Number.NaN]), { nonfinite: "saturate", vectorSize: 2 }).codes]).toEqual([
      0, 0,
    ]);
  });

  it("shapes, magnitudes and widths out of range are refused", () => {
    expect(() => quantizeVsq(matrix(0, 3, []))).toThrow("t.npy: the shape is 0 x 3");
    expect(() => quantizeVsq(matrix(2, 3, [1]))).toThrow("t.npy: 1 values do not make a 2 x 3 matrix");
    expect(() => quantizeVsq({ ...matrix(1, 1, []), data: Float64Array.of(1e300) })).toThrow(
      "t.npy[0, 0] is 1e+300; magnitudes above",
    );
    expect(() => quantizeVsq(matrix(1, 1, [1]), { elementBits: 1 })).toThrow(
      "elementBits is 1; it must be an integer from 2 to 16",
    );
    expect(() => quantizeVsq(matrix(1, 1, [1]), { scaleBits: 17 })).toThrow("scaleBits is 17");
    expect(() => quantizeVsq(matrix(1, 1, [1]), { vectorSize: 0 })).toThrow("vectorSize is 0");
  });
});

it("smaller vectors and wider scales come closer to the tensor", () => {
  const m = matrix(
    8,
    256,
    Float32Array.from({ length: 2048 }, (_, i) => Math.sin(i * i) * (1 + 30 * Math.abs(Math.sin(i / 40)) ** 20)),
  );
  const quality = (options: VsqOptions) => sqnr(m.data, dequantize(quantizeVsq(m, options)));
  expect(quality({ vectorSize: 16 })).toBeGreaterThan(quality({ vectorSize: 64 }));
  expect(quality({ vectorSize: 64 })).toBeGreaterThan(quality({ vectorSize: 256 }));
  expect(quality({ vectorSize: 16, scaleBits: 8 })).toBeGreaterThan(quality({ vectorSize: 16, scaleBits: 3 }));
  expect(quality({ elementBits: 8, scaleBits: 10 })).toBeGreaterThan(quality({ elementBits: 4, scaleBits: 10 }) + 20);
});
