/** The small floating-point formats, and the two 16-bit ones that files hold. */
export type MinifloatName = "e2m1" | "e2m3" | "e3m2" | "e4m3" | "e5m2" | "ue4m3" | "e8m0" | "float16" | "bfloat16";

/**
 * A binary floating-point format, sign bit (if any) on top, then exponent, then mantissa. With exponent field E, mantissa
 * field M of m bits: value = 2^(E − bias)·(1 + M/2^m) for E > 0, and 2^(1 − bias)·(M/2^m) for E = 0 where the format has
 * subnormals.
 */
export interface MinifloatFormat {
  readonly name: MinifloatName;
  readonly signed: boolean;
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /** Whether E = 0 holds zero and the subnormals; without them E = 0 is a normal exponent and there is no zero. */
  readonly subnormals: boolean;
  /** Codes without the sign bit that stand for numbers: 0..largestCode. Those above are special. */
  readonly largestCode: number;
  /** Code of infinity without the sign bit; undefined when the format has none. */
  readonly infinity: number | undefined;
  /** Code of the NaN that conversions make, without the sign bit; undefined when the format has none. */
  readonly nan: number | undefined;
  /** Where the format is defined. */
  readonly source: string;
}

const mx = "OCP Microscaling Formats v1.0, section 5.3";
const fp8 = "OCP 8-bit Floating Point v1.0";
const ieee = "IEEE 754-2019, binary16";

function format(
  name: MinifloatName,
  [exponentBits, mantissaBits, bias]: readonly [number, number, number],
  largestCode: number,
  special: { infinity?: number; nan?: number; signed?: boolean; subnormals?: boolean },
  source: string,
): MinifloatFormat {
  const { infinity, nan, signed = true, subnormals = true } = special;
  return Object.freeze({
    name,
    signed,
    exponentBits,
    mantissaBits,
    bias,
    subnormals,
    largestCode,
    infinity,
    nan,
    source,
  });
}

/**
 * The declarations by name. E2M1, E2M3 and E3M2 have no special values; E4M3 has one NaN magnitude and no infinity; E5M2,
 * float16 and bfloat16 follow IEEE 754 (of their NaNs, the quiet one with an empty payload is made). UE4M3 is E4M3
 * without the sign bit (block scales of NVFP4); E8M0 has neither sign, nor zero, nor mantissa (block scales of MX).
 */
export const minifloatFormats: Readonly<Record<MinifloatName, MinifloatFormat>> = Object.freeze({
  e2m1: format("e2m1", [2, 1, 1], 0x7, {}, mx),
  e2m3: format("e2m3", [2, 3, 1], 0x1f, {}, mx),
  e3m2: format("e3m2", [3, 2, 3], 0x1f, {}, mx),
  e4m3: format("e4m3", [4, 3, 7], 0x7e, { nan: 0x7f }, fp8),
  e5m2: format("e5m2", [5, 2, 15], 0x7b, { infinity: 0x7c, nan: 0x7e }, fp8),
  ue4m3: format("ue4m3", [4, 3, 7], 0x7e, { nan: 0x7f, signed: false }, "NVFP4 block scales: E4M3 kept positive"),
  e8m0: format("e8m0", [8, 0, 127], 0xfe, { nan: 0xff, signed: false, subnormals: false }, mx),
  float16: format("float16", [5, 10, 15], 0x7bff, { infinity: 0x7c00, nan: 0x7e00 }, ieee),
  bfloat16: format("bfloat16", [8, 7, 127], 0x7f7f, { infinity: 0x7f80, nan: 0x7fc0 }, "upper half of IEEE binary32"),
});

/** Bits of a code. */
export function minifloatBits({ signed, exponentBits, mantissaBits }: MinifloatFormat): number {
  return (signed ? 1 : 0) + exponentBits + mantissaBits;
}

/** The magnitude of a code without its sign bit, 0..`largestCode`. Exact. */
export function minifloatMagnitude({ mantissaBits, bias, subnormals }: MinifloatFormat, code: number): number {
  const exponent = Math.floor(code / 2 ** mantissaBits);
  const mantissa = code % 2 ** mantissaBits;
  if (exponent === 0 && subnormals) return mantissa * 2 ** (1 - bias - mantissaBits);
  return (2 ** mantissaBits + mantissa) * 2 ** (exponent - bias - mantissaBits);
}

/** The largest finite value: 6, 7.5, 28, 448, 57344, 448, 2^127, 65504, (2 − 2^−7)·2^127. */
export function minifloatLargest(declaration: MinifloatFormat): number {
  return minifloatMagnitude(declaration, declaration.largestCode);
}
