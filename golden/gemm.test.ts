import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatShape,
  type MacArrayParameters,
  macArrayParameters,
  type NumberFormat,
  numberFormats,
} from "../spec/index.ts";
import { arrayCycleCount, arrayOrder } from "./array-order.ts";
import { MacArrayModel } from "./datapath/mac-array-model.ts";
import { gemm } from "./gemm.ts";
import { floatProduct, rescaleProduct } from "./product.ts";
import { quantizeForLane } from "./quantize-for-lane.ts";
import type { QuantizedMatrix } from "./quantized-matrix.ts";
import { sqnr } from "./sqnr.ts";

const chip = macArrayParameters.defaults;

/** A quantised matrix with codes and scales of any kind, full range, made from a list of random numbers. */
function operand(
  parameters: MacArrayParameters,
  format: NumberFormat,
  [rows, vectors]: readonly [number, number],
  random: () => number,
): QuantizedMatrix {
  const shape = formatShape(format, parameters);
  if (!shape) throw new Error("no wide path");
  const { elementBits, vectorSize, scaled } = shape;
  const lowest = -(2 ** (elementBits - 1));
  const pick = () => (random() < 0.3 ? lowest : lowest + Math.floor(random() * 2 ** elementBits));
  const topScale = 2 ** parameters.scaleBits - 1;
  return {
    name: "random",
    rows,
    columns: vectors * vectorSize,
    elementBits,
    vectorSize,
    vectors,
    codes: Int16Array.from({ length: rows * vectors * vectorSize }, pick),
    scales: scaled
      ? Uint16Array.from({ length: rows * vectors }, () =>
          random() < 0.5 ? topScale : Math.floor(random() * (topScale + 1)),
        )
      : undefined,
    granularity: "tensor",
    coarse: Float64Array.of(1),
    replaced: 0,
  };
}

/** The same product through the array's model, cycle by cycle. */
function throughTheModel(parameters: MacArrayParameters, format: NumberFormat, a: QuantizedMatrix, b: QuantizedMatrix) {
  const array = new MacArrayModel(parameters);
  const mode = numberFormats.indexOf(format);
  const slice = (m: QuantizedMatrix, row: number, vector: number) =>
    row < m.rows
      ? m.codes.subarray((row * m.vectors + vector) * m.vectorSize, (row * m.vectors + vector + 1) * m.vectorSize)
      : new Int16Array(m.vectorSize);
  const scale = (m: QuantizedMatrix, row: number, vector: number) =>
    row < m.rows ? (m.scales?.[row * m.vectors + vector] ?? 0) : 0;
  const partialSums: number[] = [];
  const sums = new Float64Array(a.rows * b.rows);
  for (const cycle of arrayOrder({ rows: a.rows, columns: b.rows, vectors: a.vectors }, parameters)) {
    const lanes = Array.from({ length: parameters.lanes }, (_, lane) => cycle.row + lane);
    const result = array.step({
      mode,
      a: lanes.map((row) => slice(a, row, cycle.vector)),
      aScale: lanes.map((row) => scale(a, row, cycle.vector)),
      b: slice(b, cycle.column, cycle.vector),
      bScale: scale(b, cycle.column, cycle.vector),
      index: cycle.entry,
      first: cycle.first,
      last: cycle.last,
    });
    partialSums.push(...(array.entry(cycle.entry) ?? []));
    result?.sums.forEach((sum, lane) => {
      if (cycle.row + lane < a.rows) sums[(cycle.row + lane) * b.rows + cycle.column] = sum;
    });
  }
  return { partialSums: Float64Array.from(partialSums), sums };
}

const variants: readonly MacArrayParameters[] = [
  { vectorSize: 8, lanes: 3, collectorDepth: 2 },
  { vectorSize: 6, wideBits: 12, accumulatorBits: 26, lanes: 1, collectorDepth: 1, scaleProductBits: 3 },
  {
    vectorSize: 5,
    wideBits: 0,
    elementBits: 16,
    accumulatorBits: 34,
    scaleBits: 16,
    scaleProductBits: 32,
    lanes: 2,
    collectorDepth: 3,
  },
  {
    vectorSize: 4,
    elementBits: 2,
    wideBits: 4,
    accumulatorBits: 9,
    scaleBits: 4,
    scaleProductBits: 8,
    lanes: 4,
    collectorDepth: 5,
  },
].map((set) => macArrayParameters.parse(set));

describe("the integer product", () => {
  it("equals the array's model in every partial sum and every result, at ragged sizes", () => {
    const cases = fc.record({
      parameters: fc.constantFrom(...variants),
      format: fc.constantFrom<NumberFormat>("int4-vsq", "int4", "int8"),
      rows: fc.integer({ min: 1, max: 7 }),
      columns: fc.integer({ min: 1, max: 7 }),
      vectors: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer(),
    });
    let clipped = 0;
    fc.assert(
      fc.property(cases, ({ parameters, format, rows, columns, vectors, seed }) => {
        fc.pre(format !== "int8" || parameters.wideBits > 0);
        let state = seed | 0;
        const random = () => {
          state = (Math.imul(state, 1664525) + 1013904223) | 0;
          return (state >>> 0) / 2 ** 32;
        };
        const a = operand(parameters, format, [rows, vectors], random);
        const b = operand(parameters, format, [columns, vectors], random);
        const result = gemm({ format, parameters, a, b, partialSums: true });
        const expected = throughTheModel(parameters, format, a, b);
        expect(result.partialSums).toEqual(expected.partialSums);
        expect(result.sums).toEqual(expected.sums);
        expect(result.cycles * parameters.lanes).toBe(expected.partialSums.length);
        clipped += result.saturations;
      }),
      { numRuns: 300 },
    );
    expect(clipped).toBeGreaterThan(100);
  });

  it("saturates after each vector, so that the order of K matters", () => {
    const filled = (codes: readonly number[]): QuantizedMatrix => ({
      ...operand(chip, "int4-vsq", [1, codes.length], () => 0),
      codes: Int16Array.from(codes.flatMap((code) => new Array<number>(64).fill(code))),
      scales: new Uint16Array(codes.length).fill(255),
    });
    const b = filled(new Array<number>(10).fill(-8));
    const up = gemm({
      format: "int4-vsq",
      parameters: chip,
      a: filled(new Array<number>(10).fill(-8)),
      b,
      partialSums: true,
    });
    expect(Array.from({ length: 10 }, (_, i) => up.partialSums?.[16 * i])).toEqual(
      Array.from({ length: 10 }, (_, i) => Math.min(1040384 * (i + 1), 2 ** 23 - 1)),
    );
    expect(up.saturations).toBe(2);
    const down = gemm({ format: "int4-vsq", parameters: chip, a: filled([...new Array<number>(9).fill(-8), 7]), b });
    expect(down.sums[0]).toBe(2 ** 23 - 1 - 64 * 56 * 254);
  });

  it("counts the chip's cycles", () => {
    expect(arrayCycleCount({ rows: 128, columns: 768, vectors: 12 }, chip)).toBe(73728);
    expect(arrayCycleCount({ rows: 17, columns: 17, vectors: 2 }, chip)).toBe(2 * 17 * 2);
    expect([...arrayOrder({ rows: 17, columns: 17, vectors: 2 }, chip)]).toHaveLength(68);
  });

  it("comes close to the float product, closer with more bits, when rescaled", () => {
    const values = (count: number, seed: number) =>
      Float32Array.from({ length: count }, (_, i) => Math.sin(i * i * 0.7 + seed) * (1 + ((i * 7) % 5)));
    const a = { name: "a", rows: 20, columns: 200, data: values(4000, 1) };
    const b = { name: "b", rows: 18, columns: 200, data: values(3600, 2) };
    const reference = floatProduct(a, b);
    const noise = (format: NumberFormat, set: Record<string, number> = {}) => {
      const parameters = macArrayParameters.parse(set);
      const qa = quantizeForLane(a, format, parameters, { coarse: "row" });
      const qb = quantizeForLane(b, format, parameters, { coarse: "row" });
      return sqnr(reference, rescaleProduct(gemm({ format, parameters, a: qa, b: qb }), qa, qb, parameters));
    };
    expect(noise("int4")).toBeGreaterThan(12);
    expect(noise("int4-vsq")).toBeGreaterThan(15);
    expect(noise("int4-vsq", { scaleProductBits: 16, accumulatorBits: 40 })).toBeGreaterThan(15);
    expect(noise("int4-vsq", { scaleProductBits: 6 })).toBeGreaterThan(15);
    expect(noise("int8")).toBeGreaterThan(38);
  });

  it("keeps the product of a zero tensor zero", () => {
    const zero = { name: "z", rows: 2, columns: 70, data: new Float32Array(140) };
    for (const format of numberFormats) {
      const q = quantizeForLane(zero, format, chip);
      const result = rescaleProduct(gemm({ format, parameters: chip, a: q, b: q }), q, q, chip);
      expect(result.every((value) => Object.is(value, 0))).toBe(true);
    }
  });
});

describe("operands that do not fit", () => {
  const a = quantizeForLane({ name: "A.npy", rows: 2, columns: 64, data: new Float32Array(128) }, "int4-vsq", chip);
  const b = quantizeForLane({ name: "B.npy", rows: 2, columns: 32, data: new Float32Array(64) }, "int4-vsq", chip);

  it.each<[string, () => unknown, RegExp]>([
    [
      "K",
      () => gemm({ format: "int4-vsq", parameters: chip, a, b }),
      /A\.npy.* is 2 x 64 and .*B\.npy.* is 2 x 32; both need the same/,
    ],
    ["format", () => gemm({ format: "int4", parameters: chip, a, b: a }), /with scales; int4 takes them without/],
    ["widths", () => gemm({ format: "int8", parameters: chip, a, b: a }), /int8 on this array takes 32 of 8 bits/],
    [
      "wide path",
      () => gemm({ format: "int8", parameters: macArrayParameters.parse({ wideBits: 0 }), a, b: a }),
      /int8 needs the wide path/,
    ],
    [
      "code",
      () => gemm({ format: "int4-vsq", parameters: chip, a: { ...a, codes: new Int16Array(128).fill(8) }, b: a }),
      /the code 8 is none, they go from -8 to 7/,
    ],
    [
      "scale",
      () => gemm({ format: "int4-vsq", parameters: chip, a: { ...a, scales: new Uint16Array(2).fill(256) }, b: a }),
      /the scale 256 is above 255/,
    ],
    [
      "length",
      () => gemm({ format: "int4-vsq", parameters: chip, a: { ...a, codes: new Int16Array(3) }, b: a }),
      /3 codes in all/,
    ],
    [
      "float product",
      () =>
        floatProduct(
          { name: "A", rows: 1, columns: 2, data: new Float32Array(2) },
          { name: "B", rows: 1, columns: 3, data: new Float32Array(3) },
        ),
      /A is 1 x 2 and B is 1 x 3/,
    ],
  ])("are refused: %s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
