import { describe, expect, it } from "vitest";
import { type FormatName, formatDeclarations, type RoundingRule } from "../../spec/index.ts";
import { quantize } from "../quantize.ts";
import { elementGrid } from "./element-grid.ts";

const roundings: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];

/** A number as a whole number times a power of two, and as the float that it is. */
interface Scaled {
  readonly negative: boolean;
  readonly significand: bigint;
  readonly exponent: number;
  readonly value: number;
}

/** All finite numbers of a 16-bit float, taken apart without floating point. */
function finiteNumbers(exponentBits: number, mantissaBits: number): Scaled[] {
  const bias = 2 ** (exponentBits - 1) - 1;
  return Array.from({ length: 65536 }, (_, code): Scaled | undefined => {
    const field = (code >> mantissaBits) & (2 ** exponentBits - 1);
    if (field === 2 ** exponentBits - 1) return undefined;
    const mantissa = code & (2 ** mantissaBits - 1);
    const significand = BigInt(field === 0 ? mantissa : 2 ** mantissaBits + mantissa);
    const exponent = Math.max(field, 1) - bias - mantissaBits;
    const negative = code >= 32768;
    const value = (negative ? -1 : 1) * Number(significand) * 2 ** exponent;
    return { negative, significand, exponent, value };
  }).filter((number) => number !== undefined);
}

const inputs = { float16: finiteNumbers(5, 10), bfloat16: finiteNumbers(8, 7) };

/** The whole number that x·2^shift is rounded to, exactly; `limit` and more stand for each other. */
function nearest(
  { negative, significand, exponent }: Scaled,
  shift: number,
  rule: RoundingRule,
  limit: bigint,
): bigint {
  const places = -(exponent + shift);
  let whole: bigint;
  if (places <= 0) {
    // Far beyond any limit a longer shift shows nothing more.
    whole = significand << BigInt(Math.min(-places, 64));
  } else {
    whole = significand >> BigInt(places);
    const twice = 2n * (significand - (whole << BigInt(places)));
    const unit = 1n << BigInt(places);
    const tie = twice === unit;
    const up = tie
      ? rule === "half-away" || (rule === "half-up" && !negative) || (rule === "half-even" && whole % 2n === 1n)
      : twice > unit;
    if (up && rule !== "toward-zero") whole += 1n;
  }
  if (whole > limit) whole = limit;
  return negative ? -whole : whole;
}

const clamp = (code: bigint, least: bigint, most: bigint): number =>
  Number(code < least ? least : code > most ? most : code);

/** Numbers that got another code than exact arithmetic gives them; the first few. */
function differences(
  numbers: readonly Scaled[],
  codeOf: (x: Scaled, i: number) => number,
  expected: (x: Scaled) => number,
): string[] {
  const found: string[] = [];
  numbers.forEach((x, i) => {
    const [code, right] = [codeOf(x, i), expected(x)];
    if (code + 0 !== right + 0 && found.length < 5) found.push(`${x.value}: ${code}, not ${right}`);
  });
  return found;
}

describe.each(["float16", "bfloat16"] as const)("every %s", (input) => {
  const numbers = inputs[input];

  it.each([3, 4, 6, 8])("as a quotient of %i-bit integers: signed, full range, unsigned, in each rounding", (bits) => {
    const element = { kind: "integer", bits, fractionBits: 0 } as const;
    for (const [unsigned, fullRange] of [
      [false, false],
      [false, true],
      [true, false],
    ] as const) {
      const top = 2n ** BigInt(unsigned ? bits : bits - 1) - 1n;
      const least = unsigned ? 0n : fullRange ? -top - 1n : -top;
      for (const rounding of roundings) {
        const { encode } = elementGrid(element, { rounding, unsigned, fullRange, negativeZero: "keep" }, 0);
        const right = (x: Scaled) => clamp(nearest(x, 0, rounding, 1000n), least, top);
        expect(differences(numbers, ({ value }) => encode(value), right)).toEqual([]);
      }
    }
  });

  it.each(["int3", "int4", "int6", "int8", "int3-vsq", "int4-vsq", "int6-vsq", "int8-vsq"] as const)(
    "in a tensor of %s whose step is 1 or 2^-9",
    (format: FormatName) => {
      const { bits } = formatDeclarations[format].element;
      const top = 2 ** (bits - 1) - 1;
      for (const shift of [0, 9]) {
        const most = top * 2 ** -shift;
        const held = numbers.filter(({ value }) => Math.abs(value) <= most);
        // Every vector of eight begins with the maximum, so that steps are the same everywhere.
        const lines = Math.ceil(held.length / 7);
        const data = new Float32Array(8 * lines);
        for (let i = 0; i < lines; i++) data[8 * i] = most;
        held.forEach(({ value }, i) => {
          data[8 * Math.floor(i / 7) + 1 + (i % 7)] = value;
        });
        for (const rounding of roundings) {
          const vector = format.endsWith("vsq") ? { vector: 8 } : {};
          const { codes } = quantize({ name: "t", shape: [lines, 8], data }, { format, rounding, ...vector });
          const codeOf = (_: Scaled, i: number) => codes[8 * Math.floor(i / 7) + 1 + (i % 7)] ?? 0;
          const right = (x: Scaled) => Number(nearest(x, shift, rounding, BigInt(top)));
          expect(differences(held, codeOf, right)).toEqual([]);
        }
      }
    },
  );

  it.each([false, true])("alone in a block of mxint8, full range %s, in each rounding", (fullRange) => {
    const data = Float32Array.from(numbers, ({ value }) => value);
    for (const rounding of roundings) {
      const q = quantize({ name: "t", shape: [data.length, 1], data }, { format: "mxint8", rounding, fullRange });
      const expectedScale = (x: Scaled): number =>
        x.significand === 0n ? 0 : Math.max(x.significand.toString(2).length - 1 + x.exponent + 127, 0);
      expect(differences(numbers, (_, i) => q.scales?.[i] ?? -1, expectedScale)).toEqual([]);
      // x / 2^(scale − 127) in 64ths.
      const right = (x: Scaled) =>
        clamp(nearest(x, 6 + 127 - expectedScale(x), rounding, 1000n), fullRange ? -128n : -127n, 127n);
      expect(differences(numbers, (_, i) => q.codes[i] ?? 0, right)).toEqual([]);
    }
  });
});

it("has every tie of every integer grid", () => {
  for (const { float16 } of [inputs]) {
    const values = new Set(float16.map(({ value }) => value));
    for (let code = -255; code < 255; code++) expect(values.has(code + 0.5)).toBe(true);
  }
});
