import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FormatName, QuantizePolicies, RoundingRule } from "../../../spec/index.ts";
import { dequantize } from "../../dequantize.ts";
import { exactUnits, pickIndex, placeAmong } from "../../minifloat/testing/exact-rounding.ts";
import { magnitudeTables } from "../../minifloat/testing/magnitude-tables.ts";
import { quantize } from "../../quantize.ts";
import type { QuantizeOptions } from "../../quantize-options.ts";
import { tensorValues } from "../testing/arbitrary-values.ts";

const formats = ["mxfp4", "mxfp6-e2m3", "mxfp6-e3m2", "mxfp8-e4m3", "mxfp8-e5m2", "mxint8"] as const;
type MxName = (typeof formats)[number];
const scaleRules = ["floor", "ceil", "round-up", "even"] as const;
const roundings: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];

/** Magnitudes by code, exponent of the largest, mantissa bits, sign bit of the code. */
const elements: Readonly<Record<MxName, { table: readonly number[]; top: number; mantissa: number; sign: number }>> = {
  mxfp4: { table: magnitudeTables.e2m1, top: 2, mantissa: 1, sign: 8 },
  "mxfp6-e2m3": { table: magnitudeTables.e2m3, top: 2, mantissa: 3, sign: 32 },
  "mxfp6-e3m2": { table: magnitudeTables.e3m2, top: 4, mantissa: 2, sign: 32 },
  "mxfp8-e4m3": { table: magnitudeTables.e4m3, top: 8, mantissa: 3, sign: 128 },
  "mxfp8-e5m2": { table: magnitudeTables.e5m2, top: 15, mantissa: 2, sign: 128 },
  mxint8: { table: Array.from({ length: 128 }, (_, code) => code / 64), top: 0, mantissa: 6, sign: 0 },
};

/** 2^exponent in the units of `exactUnits`, times 2^1200 so that nothing is lost. */
const power = (exponent: number): bigint => 1n << BigInt(exponent + 1100 + 1200);

/** The rule in exact arithmetic: the exponent of X before it is limited, by trying all. */
function exponentFor(maximum: bigint, rule: QuantizePolicies["scaleRule"], name: MxName): number {
  const { table, top, mantissa } = elements[name];
  const m = maximum << 1200n;
  if (rule === "round-up") {
    const largest = exactUnits(table.at(-1) ?? 0);
    let exponent = -300;
    while (largest << BigInt(exponent + 1200) < m) exponent++;
    return exponent;
  }
  let exponent = -300;
  while (power(exponent + 1) <= m) exponent++;
  if (rule === "ceil" && power(exponent) < m) exponent++;
  // Halfway between the last value below a power of two and that power, ties to the (even) power.
  if (rule === "even" && m * 2n ** BigInt(mantissa + 1) >= power(exponent) * (2n ** BigInt(mantissa + 2) - 1n))
    exponent++;
  return exponent - top;
}

function model(block: readonly number[], name: MxName, rule: QuantizePolicies["scaleRule"], rounding: RoundingRule) {
  const { table, sign } = elements[name];
  const exact = block.map((value) => exactUnits(Math.abs(value)));
  const maximum = exactUnits(Math.max(...block.map(Math.abs)));
  const wanted = maximum === 0n ? -127 : exponentFor(maximum, rule, name);
  const exponent = Math.min(Math.max(wanted, -127), 127);
  const scaled = table.map((value) => exactUnits(value) << BigInt(exponent + 1200));
  const codes = block.map((value, i) => {
    const negative = value < 0 || Object.is(value, -0);
    const index = pickIndex(placeAmong((exact[i] ?? 0n) << 1200n, scaled), negative, rounding);
    if (sign === 0) return negative ? -index + 0 : index;
    return index + (negative ? sign : 0);
  });
  return { scale: exponent + 127, codes };
}

function mx(values: ArrayLike<number>, options: QuantizeOptions, shape = [values.length]) {
  return quantize({ name: "t", shape, data: Float32Array.from(values) }, options);
}

const block = (...head: number[]): number[] => [...head, ...new Array<number>(32 - head.length).fill(0)];

describe.each(formats)("%s", (format) => {
  it("every code and scale is what exact arithmetic gives, for every scale rule and rounding", () => {
    fc.assert(
      fc.property(
        tensorValues(32),
        fc.constantFrom(...scaleRules),
        fc.constantFrom(...roundings),
        (values, scaleRule, rounding) => {
          const { codes, scales } = mx(values, { format, scaleRule, rounding });
          const expected = model([...values], format, scaleRule, rounding);
          expect({ scale: scales?.[0], codes: [...codes] }).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("scaling by a power of two moves the scales alone", () => {
    fc.assert(
      fc.property(
        tensorValues(70),
        fc.integer({ min: -20, max: 20 }),
        fc.constantFrom(...scaleRules),
        (values, k, rule) => {
          const held = values.map((value) => (Math.abs(value) < 2 ** -40 || Math.abs(value) > 2 ** 40 ? 0 : value));
          const one = mx(held, { format, scaleRule: rule });
          const other = mx(
            held.map((value) => value * 2 ** k),
            { format, scaleRule: rule },
          );
          expect(other.codes).toEqual(one.codes);
          const isZero = (i: number) => held.subarray(32 * i, 32 * i + 32).every((value) => value === 0);
          const moved = [...(one.scales ?? [])].map((scale, i) => (isZero(i) ? scale : scale + k));
          expect([...(other.scales ?? [])]).toEqual(moved);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("a NaN scale makes its block NaN, and no other", () => {
    const q = mx([...block(1), ...block(2)], { format });
    const { data } = dequantize({ ...q, scales: Uint8Array.of(255, q.scales?.[1] ?? 0) });
    expect([...data.subarray(0, 32)].every(Number.isNaN)).toBe(true);
    expect(data[32]).toBe(2);
  });
});

describe("the scale rules", () => {
  const exponent = (value: number, scaleRule: (typeof scaleRules)[number], format: FormatName = "mxfp4") =>
    (mx(block(value), { format, scaleRule }).scales?.[0] ?? 0) - 127;

  it.each([
    // maximum, floor, ceil, round-up, even
    [4, 0, 0, 0, 0],
    [6, 0, 1, 0, 0],
    [6.5, 0, 1, 1, 0],
    [7, 0, 1, 1, 1],
    [Math.fround(7 - 2 ** -20), 0, 1, 1, 0],
    [8, 1, 1, 1, 1],
    [Math.fround(8 - 2 ** -20), 0, 1, 1, 1],
  ])("maximum %d as E2M1", (maximum, ...expected) => {
    expect(scaleRules.map((rule) => exponent(maximum, rule))).toEqual(expected);
  });

  it("just below a power of two the floor stays below", () => {
    for (let e = -120; e < 127; e++) {
      const below = Math.fround(2 ** e * (1 - 2 ** -24));
      expect(exponent(below, "floor", "mxint8")).toBe(e - 1);
      expect(exponent(2 ** e, "floor", "mxint8")).toBe(e);
    }
  });

  it("round-up never saturates, floor does above 6", () => {
    expect(mx(block(7.5), { format: "mxfp4", scaleRule: "round-up" }).statistics.clipped).toBe(0);
    const q = mx(block(7.5), { format: "mxfp4" });
    expect(q.statistics.clipped).toBe(1);
    expect(dequantize(q).data[0]).toBe(6);
  });

  it("957 as MXFP8 becomes 896", () => {
    expect(dequantize(mx(block(957), { format: "mxfp8-e4m3" })).data[0]).toBe(896);
  });
});

describe("the open ends", () => {
  const wide = (value: number, options: QuantizeOptions) =>
    quantize({ name: "t", shape: [32], data: Float64Array.from(block(value)) }, options);

  it("a block of zeros", () => {
    expect(mx(block(), { format: "mxfp4" })).toMatchObject({ scales: Uint8Array.of(0), codes: new Uint8Array(32) });
    expect(mx(block(), { format: "mxfp4", zeroBlock: "one" }).scales).toEqual(Uint8Array.of(127));
  });

  it("a scale above 2^127", () => {
    const saturated = wide(2 ** 140, { format: "mxfp4" });
    expect([saturated.scales?.[0], saturated.codes[0]]).toEqual([254, 7]);
    const nan = wide(2 ** 140, { format: "mxfp4", scaleOverflow: "nan" });
    expect([nan.scales?.[0], nan.codes[0]]).toEqual([255, 0]);
    // Also from float32, when the rule rounds up.
    const largest = Math.fround((2 - 2 ** -23) * 2 ** 127);
    expect(mx(block(largest), { format: "mxint8", scaleRule: "ceil", scaleOverflow: "nan" }).scales?.[0]).toBe(255);
    expect(mx(block(largest), { format: "mxint8", scaleRule: "ceil" }).scales?.[0]).toBe(254);
  });

  it("a scale below 2^-127", () => {
    const tiny = 2 ** -127;
    const saturated = mx(block(tiny), { format: "mxfp4" });
    expect([saturated.scales?.[0], dequantize(saturated).data[0]]).toEqual([0, tiny]);
    const flushed = mx(block(tiny), { format: "mxfp4", scaleUnderflow: "flush" });
    expect([flushed.scales?.[0], flushed.codes[0]]).toEqual([0, 0]);
  });

  it("subnormal inputs", () => {
    const q = mx(block(2 ** -127, -(2 ** -130), 2 ** -126), { format: "mxfp8-e5m2", subnormals: "flush" });
    expect([...dequantize(q).data.subarray(0, 3)]).toEqual([0, -0, 2 ** -126]);
  });

  it("minus zero and what rounds to it", () => {
    const values = block(-0, -0.1, 4);
    expect([...mx(values, { format: "mxfp4" }).codes.subarray(0, 3)]).toEqual([8, 8, 6]);
    expect([...mx(values, { format: "mxfp4", negativeZero: "clear" }).codes.subarray(0, 3)]).toEqual([0, 0, 6]);
  });

  it("NaN and infinities: refused, replaced, or passed on to their block alone", () => {
    const values = [...block(1), ...block(Number.NaN, 3), ...block(Number.NEGATIVE_INFINITY)];
    expect(() => mx(values, { format: "mxfp4" })).toThrow(/t\[32\] is NaN/);
    const passed = mx(values, { format: "mxfp4", nonfinite: "propagate" });
    expect([...(passed.scales ?? [])]).toEqual([125, 255, 255]);
    const replaced = mx(values, { format: "mxfp4", nonfinite: "saturate" });
    expect(replaced.statistics.replaced).toBe(2);
    expect(dequantize(replaced).data[64]).toBe(-3);
  });

  it("FP8 elements can overflow", () => {
    const e4m3 = mx(block(500, 1), { format: "mxfp8-e4m3", overflow: "overflow" });
    expect([...dequantize(e4m3).data.subarray(0, 2)]).toEqual([Number.NaN, 1]);
    const e5m2 = mx(block(-65000, 1), { format: "mxfp8-e5m2", overflow: "overflow" });
    expect(dequantize(e5m2).data[0]).toBe(Number.NEGATIVE_INFINITY);
  });

  it("INT8 leaves -2 out unless asked", () => {
    const values = block(-1.999);
    expect(dequantize(mx(values, { format: "mxint8" })).data[0]).toBe(-127 / 64);
    expect(dequantize(mx(values, { format: "mxint8", fullRange: true })).data[0]).toBe(-2);
  });
});
