import { describe, expect, it } from "vitest";
import { formatNames } from "../spec/index.ts";
import { dequantize } from "./dequantize.ts";
import { quantize } from "./quantize.ts";

const line = (...values: number[]) => ({ name: "t", shape: [1, values.length], data: Float32Array.from(values) });

describe("dequantize", () => {
  it.each(formatNames)("%s: zeros give zeros", (format) => {
    const { data, shape, name } = dequantize(quantize(line(...new Array<number>(70).fill(0)), { format }));
    expect({ shape, name }).toEqual({ shape: [1, 70], name: "t" });
    expect([...data].every((value) => value === 0)).toBe(true);
  });

  it.each(formatNames)("%s: small whole numbers with the right maximum are exact", (format) => {
    // Maxima that all grids hold: 3 for int3; 6 and halves for E2M1; powers of two times those.
    const values = format.startsWith("int3") ? [3, -2, 1, 0] : format.startsWith("int") ? [7, -6, 3, 1] : [6, -4, 3, 1];
    const exact = format.startsWith("int8") ? [127, -6, 3, 1] : format.startsWith("int6") ? [31, -6, 3, 1] : values;
    const { data } = dequantize(quantize(line(...exact), { format }));
    exact.forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 5);
    });
  });

  it("reads scales and gammas where they lie", () => {
    const codes = Int8Array.of(1, 2, 3, -4, 5, 6);
    const base = { name: "t", shape: [2, 3], codes, vector: 2 } as const;
    const gamma = Float64Array.of(1, 10);
    const rows = dequantize({ ...base, format: "int4-vsq", axis: 1, scales: Uint16Array.of(1, 2, 3, 4), gamma });
    expect([...rows.data]).toEqual([1, 2, 6, -120, 150, 240]);
    const columns = dequantize({
      ...base,
      format: "int4-vsq",
      axis: 0,
      scales: Uint16Array.of(1, 2, 3),
      gamma: Float64Array.of(1, 10, 100),
    });
    expect([...columns.data]).toEqual([1, 40, 900, -4, 100, 1800]);
  });

  it("NVFP4 rounds once to float32", () => {
    const q = { name: "t", shape: [2], format: "nvfp4", axis: 0, vector: 16 } as const;
    const gamma = Float32Array.of(1 / 3);
    const { data } = dequantize({ ...q, codes: Uint8Array.of(7, 13), scales: Uint8Array.of(0x39), gamma });
    expect([...data]).toEqual([Math.fround(6.75 * Math.fround(1 / 3)), Math.fround(-3.375 * Math.fround(1 / 3))]);
  });

  it("a NaN scale of NVFP4 makes its block NaN", () => {
    const q = quantize(line(...new Array<number>(20).fill(1)), { format: "nvfp4" });
    const { data } = dequantize({ ...q, scales: Uint8Array.of(0x7f, q.scales?.[1] ?? 0) });
    expect([...data].map(Number.isNaN)).toEqual([...new Array(16).fill(true), ...new Array(4).fill(false)]);
  });

  it("refuses arrays that do not fit", () => {
    const q = quantize(line(...new Array<number>(20).fill(1)), { format: "nvfp4" });
    expect(() => dequantize({ ...q, codes: q.codes.slice(1) })).toThrow(/19 codes; 1 x 20 are needed/);
    expect(() => dequantize({ ...q, scales: Uint8Array.of(1) })).toThrow(/1 scales; 1 x 2 are needed/);
    expect(() => dequantize({ ...q, scales: undefined })).toThrow(/no scales/);
    expect(() => dequantize({ ...q, gamma: undefined })).toThrow(/no gammas/);
    expect(() => dequantize({ ...q, gamma: Float32Array.of(1, 2) })).toThrow(/2 gammas/);
    expect(() => dequantize({ ...q, vector: undefined })).toThrow(/vector is undefined/);
    expect(() => dequantize({ ...q, axis: 2 })).toThrow(/no axis 2/);
    expect(() => dequantize({ ...q, codes: q.codes.slice().fill(16) })).toThrow(/code 16 at 0; nvfp4 has 0..15/);
  });
});
