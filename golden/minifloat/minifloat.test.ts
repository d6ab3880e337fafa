import { describe, expect, it } from "vitest";
import { type MinifloatName, minifloatFormats, type RoundingRule } from "../../spec/index.ts";
import { minifloat, type OverflowRule } from "./minifloat.ts";
import { exactUnits, pickIndex, placeAmong } from "./testing/exact-rounding.ts";
import { magnitudeTables } from "./testing/magnitude-tables.ts";

const narrow = ["e2m1", "e2m3", "e3m2", "e4m3", "e5m2", "ue4m3", "e8m0"] as const;
type Narrow = (typeof narrow)[number];
const rules: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];
const overflows: readonly OverflowRule[] = ["saturate", "overflow"];

/** What follows the numbers: the next value if there were one more, infinity's code, NaN's codes, sign bit. */
const special: Readonly<
  Record<Narrow, { next: number; infinity?: number; nans: readonly number[]; nan?: number; sign?: number }>
> = {
  e2m1: { next: 8, nans: [], sign: 8 },
  e2m3: { next: 8, nans: [], sign: 32 },
  e3m2: { next: 32, nans: [], sign: 32 },
  e4m3: { next: 480, nans: [0x7f], nan: 0x7f, sign: 128 },
  e5m2: { next: 65536, infinity: 0x7c, nans: [0x7d, 0x7e, 0x7f], nan: 0x7e, sign: 128 },
  ue4m3: { next: 480, nans: [0x7f], nan: 0x7f },
  e8m0: { next: 2 ** 128, nans: [0xff], nan: 0xff },
};

const e8m0Magnitudes = Array.from({ length: 255 }, (_, code) => 2 ** (code - 127));

function magnitudes(name: Narrow): readonly number[] {
  if (name === "e8m0") return e8m0Magnitudes;
  return magnitudeTables[name === "ue4m3" ? "e4m3" : name];
}

/** The code that exact arithmetic gives; undefined where the format has none. */
function expectedCodes(
  name: Narrow,
  value: number,
): (rule: RoundingRule, overflow: OverflowRule) => number | undefined {
  const { infinity, nan, sign } = special[name];
  const table = magnitudes(name);
  const negative = value < 0 || Object.is(value, -0);
  const signed = (code: number | undefined) => (code === undefined || !negative ? code : code + (sign ?? 0));
  const largest = table.length - 1;
  if (Number.isNaN(value)) return () => nan;
  if (!sign && value < 0) return (_, overflow) => (overflow === "saturate" ? 0 : nan);
  if (!sign && value === 0) return (_, overflow) => (name === "e8m0" && overflow === "overflow" ? nan : 0);
  const beyond = (overflow: OverflowRule) => signed(overflow === "saturate" ? largest : (infinity ?? nan));
  if (!Number.isFinite(value)) return (_, overflow) => beyond(overflow);
  const place = placeAmong(exactUnits(Math.abs(value)), units(name));
  return (rule, overflow) => {
    const index = pickIndex(place, negative, rule);
    return index > largest ? beyond(overflow) : signed(index);
  };
}

const unitTables = new Map(narrow.map((name) => [name, [...magnitudes(name), special[name].next].map(exactUnits)]));
const units = (name: Narrow) => unitTables.get(name) ?? [];

/** Values that differ, printed; an empty list when all agree. */
function differences(name: Narrow, values: Iterable<number>): string[] {
  const { encode } = minifloat(name);
  const found: string[] = [];
  for (const value of values) {
    const expected = expectedCodes(name, value);
    for (const rule of rules) {
      for (const overflow of overflows) {
        const code = expected(rule, overflow);
        // Errors are slow: where there is no code, only the default rule is tried.
        if (code === undefined && rule !== "half-even") continue;
        let given: number | undefined;
        try {
          given = encode(value, rule, overflow);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
        if (given !== code && found.length < 5) found.push(`${value} ${rule} ${overflow}: ${given}, not ${code}`);
      }
    }
  }
  return found;
}

/** All values of a 16-bit format, decoded here on its own. */
function* sixteenBits(exponentBits: number, mantissaBits: number): Generator<number> {
  const bias = 2 ** (exponentBits - 1) - 1;
  const top = 2 ** exponentBits - 1;
  for (let code = 0; code < 65536; code++) {
    const sign = code >= 32768 ? -1 : 1;
    const exponent = (code % 32768) >> mantissaBits;
    const mantissa = code % 2 ** mantissaBits;
    if (exponent === top) yield mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else if (exponent === 0) yield sign * mantissa * 2 ** (1 - bias - mantissaBits);
    else yield sign * (1 + mantissa / 2 ** mantissaBits) * 2 ** (exponent - bias);
  }
}

describe("decode", () => {
  it.each(narrow)("%s: every code is the table's number", (name) => {
    const { decode, values } = minifloat(name);
    const { infinity, nans, sign } = special[name];
    const table = magnitudes(name);
    const half = sign ?? values.length;
    expect(values.length).toBe(sign ? 2 * sign : name === "ue4m3" ? 128 : 256);
    for (let code = 0; code < values.length; code++) {
      const bare = code % half;
      let expected = table[bare] ?? Number.NaN;
      if (bare === infinity) expected = Number.POSITIVE_INFINITY;
      else if (bare >= table.length) expect(nans).toContain(bare);
      expect(Object.is(decode(code), code >= half ? -expected : expected)).toBe(true);
    }
    expect(() => decode(values.length)).toThrow(RangeError);
    expect(() => decode(-1)).toThrow(RangeError);
    expect(() => decode(0.5)).toThrow(RangeError);
  });

  it.each([
    ["float16", 5, 10],
    ["bfloat16", 8, 7],
  ] as const)("%s: every code", (name, exponentBits, mantissaBits) => {
    const expected = Float64Array.from(sixteenBits(exponentBits, mantissaBits));
    expect(minifloat(name).values).toEqual(expected);
  });

  it("bfloat16 is the upper half of a float32", () => {
    const view = new DataView(new ArrayBuffer(4));
    const { decode } = minifloat("bfloat16");
    let wrong = 0;
    for (let code = 0; code < 65536; code++) {
      view.setUint16(0, code);
      if (!Object.is(decode(code), view.getFloat32(0))) wrong++;
    }
    expect(wrong).toBe(0);
  });
});

describe("encode", () => {
  it.each(narrow)("%s: every float16 and bfloat16 in every rounding, saturating and overflowing", (name) => {
    expect(differences(name, sixteenBits(5, 10))).toEqual([]);
    expect(differences(name, sixteenBits(8, 7))).toEqual([]);
  });

  it.each(narrow)("%s: every tie, and the doubles on both sides of it", (name) => {
    const table = [...magnitudes(name), special[name].next];
    const values: number[] = [];
    for (let i = 0; i + 1 < table.length; i++) {
      // Each half is exact, and so is the sum.
      const tie = (table[i] ?? 0) / 2 + (table[i + 1] ?? 0) / 2;
      for (const value of [tie, tie * (1 + 2 ** -52), tie * (1 - 2 ** -53)]) values.push(value, -value);
    }
    expect(differences(name, values)).toEqual([]);
  });

  it.each(narrow)("%s: the ends of the doubles", (name) => {
    const values = [Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, 2 ** -1030, 0, Number.POSITIVE_INFINITY];
    expect(differences(name, [...values, ...values.map((value) => -value), Number.NaN])).toEqual([]);
  });

  it.each(["float16", "bfloat16"] as const)("%s: every number encodes to its own code", (name: MinifloatName) => {
    const { encode, values } = minifloat(name);
    const { infinity = 0, nan } = minifloatFormats[name];
    let wrong = 0;
    for (let code = 0; code < 65536; code++) {
      const isNan = code % 32768 > infinity;
      if (encode(values[code] ?? 0, "half-even", "overflow") !== (isNan ? nan : code)) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it("rounds to float16 and bfloat16 as is known", () => {
    expect(minifloat("float16").encode(65519.99)).toBe(0x7bff);
    expect(minifloat("float16").encode(65520, "half-even", "overflow")).toBe(0x7c00);
    expect(minifloat("float16").encode(1 / 3)).toBe(0x3555);
    expect(minifloat("bfloat16").encode(1 / 3)).toBe(0x3eab);
  });

  it("known pitfalls: 464 is a tie that stays, 500 overflows, E8M0 ties go to the even code", () => {
    const e4m3 = minifloat("e4m3");
    expect(e4m3.decode(e4m3.encode(464, "half-even", "overflow"))).toBe(448);
    expect(e4m3.encode(464.001, "half-even", "overflow")).toBe(0x7f);
    expect(e4m3.encode(500)).toBe(0x7e);
    expect(e4m3.encode(-500, "half-even", "overflow")).toBe(0xff);
    const e8m0 = minifloat("e8m0");
    expect([0.75, 1.5, 3, 6].map((value) => e8m0.encode(value) - 127)).toEqual([-1, 1, 1, 3]);
  });

  it("refuses what a format cannot hold", () => {
    expect(() => minifloat("e2m1").encode(Number.NaN)).toThrow(/NaN has no code in e2m1/);
    expect(() => minifloat("e2m3").encode(9, "half-even", "overflow")).toThrow(RangeError);
  });
});
