import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FormatName } from "../../spec/index.ts";
import type { EncodedLines, Lines } from "../formats/encoded-lines.ts";
import { quantizeInteger } from "../formats/integer/quantize-integer.ts";
import { quantizeMx } from "../formats/mx/quantize-mx.ts";
import { quantizeNvfp4 } from "../formats/nvfp4/quantize-nvfp4.ts";
import { quantizeVsqLines } from "../formats/vsq/quantize-vsq-lines.ts";
import { minifloat } from "../minifloat/index.ts";
import { type QuantizeOptions, resolveOptions } from "../quantize-options.ts";
import { bellShaped, cornerValues } from "../testing/samples.ts";
import { encodeLinesFast } from "./encode-lines-fast.ts";

const plain = { integer: quantizeInteger, vsq: quantizeVsqLines, mx: quantizeMx, nvfp4: quantizeNvfp4 };

function family(format: FormatName): keyof typeof plain {
  if (format.endsWith("-vsq")) return "vsq";
  return format.startsWith("mx") ? "mx" : format.startsWith("nv") ? "nvfp4" : "integer";
}

/** Both ways to the codes; the fast one must exist. */
function both(lines: Lines, options: QuantizeOptions): { fast: EncodedLines; slow: EncodedLines } {
  const resolved = resolveOptions(options);
  const fast = encodeLinesFast(lines, resolved);
  if (!fast) throw new Error(`no fast path for ${JSON.stringify(options)}`);
  return { fast, slow: plain[family(options.format)](lines, resolved) };
}

type Numbers = EncodedLines["codes"] | EncodedLines["scales"] | EncodedLines["gamma"];

/** Whether two arrays are of one type and the same in every bit; quicker than a comparison element by element. */
function sameArrays(a: Numbers, b: Numbers): boolean {
  const bytes = (array: Numbers) => Buffer.from(array?.buffer ?? new ArrayBuffer(0));
  return a?.constructor === b?.constructor && bytes(a).equals(bytes(b));
}

const shapes = [
  { rows: 3, columns: 512 },
  { rows: 5, columns: 333 },
  { rows: 1, columns: 32801 },
  { rows: 1100, columns: 1 },
];
const kinds = {
  bell: (length: number) => bellShaped(length, 1),
  corners: (length: number) => cornerValues(length),
  sparse: (length: number) => bellShaped(length, 2).map((value, i) => (i % 97 === 0 ? value : 0)),
  zeros: (length: number) => new Float32Array(length),
  tiny: (length: number) => bellShaped(length, 3).map((value) => value * 2 ** -140),
  // Over so many magnitudes no sum is exact: what comes out depends on the order of summation.
  spread: (length: number) => bellShaped(length, 6).map((value, i) => value * 2 ** -((i * 7) % 41)),
  huge: (length: number) => bellShaped(length, 4).map((value) => value * 2 ** 120),
};
const optionSets: readonly Omit<QuantizeOptions, "format">[] = [
  {},
  { clip: "octav" },
  { coarse: "row", clip: "octav" },
  { clip: "percentile:99" },
  { fullRange: true, clip: "octav" },
  { unsigned: true, negative: "clip" },
  { unsigned: true, negative: "clip", clip: "octav", coarse: "row" },
];
const vsqSets: readonly Omit<QuantizeOptions, "format">[] = [
  { elementScale: "rounded" },
  { elementScale: "rounded", minimumScale: 1, clip: "octav" },
  { vector: 16, clip: "octav" },
  { vector: 10, clip: "octav" },
  { vector: 256, scaleBits: 4 },
  { clip: "octav", clipScope: "row", coarse: "row" },
  { clip: "octav", clipScope: "tensor" },
  { scaleRounding: "half-away", vector: 32 },
];
const mxSets: readonly Omit<QuantizeOptions, "format">[] = [
  {},
  { scaleRule: "ceil" },
  { scaleRule: "round-up" },
  { scaleRule: "even", zeroBlock: "one" },
];
const nvSets: readonly Omit<QuantizeOptions, "format">[] = [
  {},
  { blockScaleOrder: "divide-by-six" },
  { zeroBlock: "one", scaleRounding: "toward-zero" },
];

const allOptions: readonly QuantizeOptions[] = [
  ...(["int8", "int4"] as const).flatMap((format) => optionSets.map((options) => ({ format, ...options }))),
  ...(["int8-vsq", "int4-vsq", "int3-vsq"] as const).flatMap((format) =>
    [...optionSets, ...vsqSets].map((options) => ({ format, ...options })),
  ),
  ...mxSets.map((options) => ({ format: "mxfp4" as const, ...options })),
  ...nvSets.map((options) => ({ format: "nvfp4" as const, ...options })),
];

describe.each(shapes)("every format and option, $rows x $columns", ({ rows, columns }) => {
  test.each(Object.entries(kinds))("%s", (_, make) => {
    const lines = { data: make(rows * columns), rows, columns };
    for (const options of allOptions) {
      const { fast, slow } = both(lines, options);
      const what = JSON.stringify(options);
      expect(fast.statistics, what).toEqual(slow.statistics);
      expect(sameArrays(fast.codes, slow.codes), `codes, ${what}`).toBe(true);
      expect(sameArrays(fast.scales, slow.scales), `scales, ${what}`).toBe(true);
      expect(sameArrays(fast.gamma, slow.gamma), `gamma, ${what}`).toBe(true);
    }
  });
});

test("ties, found by the thousand, are broken alike", () => {
  const data = Float32Array.from({ length: 4096 }, (_, i) => (i % 64 === 0 ? 14 : ((i * 7) % 29) - 14));
  for (const format of ["int4", "int4-vsq", "mxfp4", "nvfp4"] as const) {
    const { fast, slow } = both({ data, rows: 1, columns: 4096 }, { format });
    expect(fast).toEqual(slow);
  }
});

test("NVFP4's scales take the sixth first: a block maximum where that decides", () => {
  const f32 = Math.fround;
  const scale = minifloat("ue4m3").encode;
  const data = bellShaped(1024, 8);
  let decisive = 0;
  for (let i = 1; i <= 4000 && decisive < 20; i++) {
    const largest = f32(8 + i / 999);
    const encode = f32(2688 / largest);
    const [sixthFirst, sixthLast] = [f32(encode * f32(1 / 6)), f32(encode / 6)];
    // Just at a tie between two scales the last bit tells.
    const block = [-2, -1, 0, 1, 2]
      .map((step) => f32((1.0625 / sixthFirst) * (1 + step * 2 ** -24)))
      .find((near) => scale(f32(near * sixthFirst)) !== scale(f32(near * sixthLast)));
    if (block === undefined) continue;
    decisive++;
    const values = data.slice();
    values[3] = largest;
    values.fill(block, 16, 32);
    const { fast, slow } = both({ data: values, rows: 1, columns: 1024 }, { format: "nvfp4" });
    expect(fast).toEqual(slow);
  }
  expect(decisive).toBeGreaterThan(5);
});

test("any values in any shape", () => {
  fc.assert(
    fc.property(
      fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom("int4", "int4-vsq", "int8-vsq", "mxfp4", "nvfp4") as fc.Arbitrary<FormatName>,
      fc.integer({ min: 8, max: 70 }),
      fc.boolean(),
      (some, rows, format, vector, octav) => {
        const columns = Math.ceil(1024 / rows) + (some.length % 7);
        const data = Float32Array.from({ length: rows * columns }, (_, i) => some[(i * i) % some.length] ?? 0);
        const options = {
          format,
          ...(format.endsWith("vsq") ? { vector } : {}),
          ...(octav && format.startsWith("int") ? { clip: "octav" as const } : {}),
        };
        const { fast, slow } = both({ data, rows, columns }, options);
        expect(fast.statistics).toEqual(slow.statistics);
        for (const part of ["codes", "scales", "gamma"] as const) {
          expect(sameArrays(fast[part], slow[part]), part).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("what the kernels cannot do is left to the plain quantisers", () => {
  const data = bellShaped(2048, 5);
  const lines = { data, rows: 2, columns: 1024 };
  const left: readonly QuantizeOptions[] = [
    { format: "int4", rounding: "half-away" },
    { format: "fp4-vsq" },
    { format: "mxfp8-e4m3" },
    { format: "nvfp4-46" },
    { format: "mxfp4", negativeZero: "clear" },
    { format: "mxfp4", scaleUnderflow: "flush" },
    { format: "nvfp4", negativeZero: "clear" },
  ];
  for (const options of left) expect(encodeLinesFast(lines, resolveOptions(options))).toBeUndefined();
  const options = resolveOptions({ format: "int4" });
  expect(encodeLinesFast({ ...lines, data: Float64Array.from(data) }, options)).toBeUndefined();
  expect(encodeLinesFast({ data: data.slice(0, 8), rows: 1, columns: 8 }, options)).toBeUndefined();
  const broken = data.slice();
  broken[100] = Number.NaN;
  const propagate = resolveOptions({ format: "mxfp4", nonfinite: "propagate" });
  expect(encodeLinesFast({ ...lines, data: broken }, propagate)).toBeUndefined();
});
