import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dequantize } from "../../dequantize.ts";
import { measure } from "../../metrics/measure.ts";
import { exactUnits, pickIndex, placeAmong } from "../../minifloat/testing/exact-rounding.ts";
import { magnitudeTables } from "../../minifloat/testing/magnitude-tables.ts";
import { quantize } from "../../quantize.ts";
import type { QuantizeOptions } from "../../quantize-options.ts";
import { tensorValues } from "../testing/arbitrary-values.ts";
import { fraction, over, times, toFloat32 } from "../testing/exact-quotient.ts";

const float32Largest = (2 - 2 ** -23) * 2 ** 127;

// Float32 arithmetic in exact fractions, rounded once per operation.
const multiply = (a: number, b: number): number => {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a === 0 || b === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
  const product = toFloat32(times(fraction(Math.abs(a)), fraction(Math.abs(b))));
  return a < 0 !== b < 0 ? -product : product;
};
const divide = (a: number, b: number): number =>
  b === 0 ? Number.POSITIVE_INFINITY : toFloat32(over(fraction(a), fraction(b)));

const e4m3Units = [...magnitudeTables.e4m3, 480].map(exactUnits);
const e2m1Units = [...magnitudeTables.e2m1, 8].map(exactUnits);
const nearestIndex = (value: number, units: readonly bigint[]): number =>
  Number.isFinite(value)
    ? Math.min(pickIndex(placeAmong(exactUnits(Math.abs(value)), units), value < 0, "half-even"), units.length - 2)
    : units.length - 2;

type Order = "multiply-sixth" | "divide-by-six";

/** What the formulas give for one tensor of whole blocks. */
function model(values: readonly number[], order: Order, largestScale: number, choose: boolean) {
  const maximum = Math.max(...values.map(Math.abs));
  let encode = maximum === 0 ? 1 : Math.min(divide(largestScale * 6, maximum), float32Largest);
  if (encode === 0) encode = 1;
  const gamma = divide(1, encode);
  const codes: number[] = [];
  const scales: number[] = [];
  for (let from = 0; from < values.length; from += 16) {
    const block = values.slice(from, from + 16);
    const blockMaximum = Math.max(...block.map(Math.abs));
    const exact =
      order === "multiply-sixth"
        ? multiply(blockMaximum, multiply(encode, divide(1, 6)))
        : multiply(divide(blockMaximum, 6), encode);
    const candidate = (scale: number) => {
      const code = nearestIndex(scale, e4m3Units);
      const decoded = magnitudeTables.e4m3[code] ?? 0;
      const reciprocal = Math.min(divide(1, multiply(decoded, gamma)), float32Largest);
      const elements = block.map((value) => {
        const negative = value < 0 || Object.is(value, -0);
        const magnitude = value === 0 ? 0 : nearestIndex(multiply(Math.abs(value), reciprocal), e2m1Units);
        return magnitude + (negative ? 8 : 0);
      });
      let error = 0;
      elements.forEach((element, i) => {
        const magnitude = multiply((magnitudeTables.e2m1[element % 8] ?? 0) * decoded, gamma);
        error += (magnitude - Math.abs(block[i] ?? 0)) ** 2;
      });
      return { code, elements, error };
    };
    let best = candidate(exact);
    if (choose && blockMaximum > 0) {
      const four = candidate(multiply(1.5, exact));
      if (four.error < best.error) best = four;
    }
    codes.push(...best.elements);
    scales.push(best.code);
  }
  return { codes, scales, gamma };
}

function nvfp4(values: ArrayLike<number>, options: Partial<QuantizeOptions> = {}, shape = [values.length]) {
  return quantize({ name: "t", shape, data: Float32Array.from(values) }, { format: "nvfp4", ...options });
}

const plain = (q: ReturnType<typeof nvfp4>) => ({
  codes: [...q.codes],
  scales: [...(q.scales ?? [])],
  gamma: q.gamma?.[0],
});

describe("nvfp4", () => {
  it("every bit is what float32 arithmetic in exact fractions gives, in both orders", () => {
    fc.assert(
      fc.property(tensorValues(48), fc.constantFrom<Order>("multiply-sixth", "divide-by-six"), (values, order) => {
        expect(plain(nvfp4(values, { blockScaleOrder: order }))).toEqual(model([...values], order, 448, false));
      }),
      { numRuns: 120 },
    );
  });

  it("the orders differ where a scale is next to a tie of E4M3: maxima 280 and 145, 145·448/280 = 232", () => {
    const values = [280, ...new Array<number>(15).fill(0), 145];
    expect(plain(nvfp4(values)).scales).toEqual([126, 119]);
    expect(plain(nvfp4(values, { blockScaleOrder: "divide-by-six" })).scales).toEqual([126, 118]);
  });

  it("a tensor whose largest scale is exact: 6 becomes 6·448/448", () => {
    const q = nvfp4([2688, 448, -1344, 224, ...new Array<number>(12).fill(0)]);
    expect(plain(q)).toMatchObject({ scales: [0x7e], gamma: 1 });
    expect([...dequantize(q).data.subarray(0, 4)]).toEqual([2688, 448, -1344, 224]);
  });

  it("zeros: the tensor's scale is 1, a block's 0 or 1 as asked", () => {
    expect(plain(nvfp4(new Array<number>(16).fill(0)))).toEqual({
      codes: new Array<number>(16).fill(0),
      scales: [0],
      gamma: 1,
    });
    expect(nvfp4(new Array<number>(16).fill(0), { zeroBlock: "one" }).scales).toEqual(Uint8Array.of(0x38));
  });

  it("the smallest and the largest tensors decode to finite numbers", () => {
    for (const maximum of [2 ** -149, 2 ** -126, 1e-38, float32Largest]) {
      const values = [maximum, -maximum, ...new Array<number>(14).fill(0)];
      const { data } = dequantize(nvfp4(values));
      expect([...data].every(Number.isFinite)).toBe(true);
      expect(data).toBeInstanceOf(Float32Array);
    }
  });

  it("double precision is rounded to float32 first; what float32 cannot hold is refused with its place", () => {
    const wide = (values: number[]) =>
      quantize({ name: "w", shape: [1, values.length], data: Float64Array.from(values) }, { format: "nvfp4" });
    expect(plain(wide([1 / 3, 1]))).toEqual(plain(nvfp4([1 / 3, 1])));
    expect(() => wide([1, 1e39])).toThrow("w[0, 1] is 1e+39, beyond float32, which nvfp4 starts from");
  });
});

describe("nvfp4-46", () => {
  it("every bit is what float32 arithmetic in exact fractions gives", () => {
    fc.assert(
      fc.property(tensorValues(48), (values) => {
        // Errors of huge numbers overflow a double's square nowhere, and those of subnormals vanish in both.
        expect(plain(nvfp4(values, { format: "nvfp4-46" }))).toEqual(model([...values], "divide-by-six", 256, true));
      }),
      { numRuns: 120 },
    );
  });

  it("takes 4 where that is exact and 6 is not", () => {
    const q = nvfp4([4, 3, 3, 3, ...new Array<number>(12).fill(0)], { format: "nvfp4-46" });
    expect([...q.codes.subarray(0, 4)]).toEqual([6, 5, 5, 5]);
    const six = nvfp4([6, 4, 3, 2, ...new Array<number>(12).fill(0)], { format: "nvfp4-46" });
    expect([...six.codes.subarray(0, 4)]).toEqual([7, 6, 5, 4]);
  });

  it("each measure makes its own error smallest", () => {
    const measures = ["mse", "mae", "max"] as const;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 16, maxLength: 16 }), (values) => {
        const data = Float32Array.from(values, (value) => value / 8);
        const errors = measures.map((errorMeasure) => {
          const decoded = dequantize(nvfp4(data, { format: "nvfp4-46", errorMeasure })).data;
          const distances = [...data].map((value, i) => Math.abs(value - (decoded[i] ?? 0)));
          const sum = (power: number) => distances.reduce((all, distance) => all + distance ** power, 0);
          return [sum(2), sum(1), Math.max(...distances)];
        });
        measures.forEach((_, i) => {
          const own = errors[i]?.[i] ?? 0;
          for (const other of errors) expect(own).toBeLessThanOrEqual(other[i] ?? 0);
        });
      }),
    );
  });

  it("errs less than nvfp4 on bell-shaped tensors", () => {
    const data = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i) + Math.sin(i * 1.7) + Math.sin(i * 2.3));
    const tensor = { name: "t", shape: [64, 64], data };
    const mse = (format: "nvfp4" | "nvfp4-46") => measure(tensor, quantize(tensor, { format })).mse;
    expect(mse("nvfp4-46")).toBeLessThan(mse("nvfp4"));
  });
});
