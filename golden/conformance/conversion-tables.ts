import { type MinifloatName, minifloatFormats, type RoundingRule } from "../../spec/index.ts";
import { minifloat } from "../minifloat/index.ts";
import { float32Bits, float64Bits } from "./float-bits.ts";

/** The small floats whose conversions are listed; float16 and bfloat16 are long and well known. */
export const conversionFormats: readonly MinifloatName[] = Object.freeze([
  "e2m1",
  "e2m3",
  "e3m2",
  "e4m3",
  "e5m2",
  "ue4m3",
  "e8m0",
]);

const roundings: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];

/** Every code of a small float and its value, as CSV. */
export function decodeTable(name: MinifloatName): string {
  const rows = Array.from(minifloat(name).values, (value, code) => {
    const digits = Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    return `${code},${Object.is(value, -0) ? "-0" : digits},${float64Bits(value)}`;
  });
  return `${["code,value,float64_bits", ...rows].join("\n")}\n`;
}

/**
 * Float32 numbers and their codes in each rounding, saturating, as CSV: every value of the format, every middle between
 * two neighbours, the next float32 on each side of both, and numbers beyond the largest.
 */
export function encodeTable(name: MinifloatName): string {
  const { encode, largest, values } = minifloat(name);
  const { signed } = minifloatFormats[name];
  const magnitudes = [...values].filter((value) => Number.isFinite(value) && value >= 0).sort((a, b) => a - b);
  const inputs = new Set<string>();
  const add = (value: number): void => {
    for (const one of [below(value), value, above(value)]) {
      // A middle that no float32 stands for is no tie that a float32 can be.
      if (Math.fround(one) !== one || !Number.isFinite(one)) continue;
      inputs.add(float32Bits(one));
      if (signed) inputs.add(float32Bits(-one));
    }
  };
  for (const [i, value] of magnitudes.entries()) {
    add(value);
    const next = magnitudes[i + 1];
    if (next !== undefined) add((value + next) / 2);
  }
  for (const factor of [1.0625, 1.125, 1.25, 1.5, 2, 1000]) add(largest * factor);
  const rows = [...inputs].map((bits) => {
    const value = Buffer.from(bits, "hex").readFloatBE();
    return [bits, Object.is(value, -0) ? "-0" : String(value), ...roundings.map((rule) => encode(value, rule))].join(
      ",",
    );
  });
  return `${[["float32_bits", "value", ...roundings].join(","), ...rows].join("\n")}\n`;
}

function neighbour(value: number, step: 1 | -1): number {
  if (value === 0) return step * 2 ** -149;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  // For positive numbers the bits count upwards with the value.
  view.setInt32(0, view.getInt32(0) + (value > 0 ? step : -step));
  return view.getFloat32(0);
}

function above(value: number): number {
  return neighbour(value, 1);
}

function below(value: number): number {
  return value === 0 ? 0 : neighbour(value, -1);
}
