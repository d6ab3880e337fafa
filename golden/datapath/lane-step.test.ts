import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { macWidths, type VectorMacParameters, vectorMacParameters } from "../../spec/index.ts";
import { type LaneInputs, laneStep } from "./lane-step.ts";

const chip = vectorMacParameters.defaults;
const max = 2 ** 23 - 1;
const min = -(2 ** 23);

function filled(count: number, value: number): number[] {
  return new Array<number>(count).fill(value);
}

/** The lane in unbounded integers, written from the contract. */
function reference(p: VectorMacParameters, { mode, a, b, aScale = 0, bScale = 0, sumIn }: LaneInputs): number {
  let addend = 0n;
  for (let i = 0; i < a.length; i++) addend += BigInt(a[i] ?? 0) * BigInt(b[i] ?? 0);
  if (mode === 2) {
    const shift = BigInt(2 * p.scaleBits - p.scaleProductBits);
    let r = BigInt(aScale) * BigInt(bScale);
    if (shift > 0n) r = (r + (1n << (shift - 1n))) >> shift;
    const most = (1n << BigInt(p.scaleProductBits)) - 1n;
    addend *= r > most ? most : r;
  }
  const top = (1n << BigInt(p.accumulatorBits - 1)) - 1n;
  const sum = BigInt(sumIn) + addend;
  return Number(sum > top ? top : sum < -top - 1n ? -top - 1n : sum);
}

/** Legal parameters anywhere in their ranges, the extremes among them. */
const anyParameters: fc.Arbitrary<VectorMacParameters> = fc
  .record({
    vectorSize: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1024)),
    elementBits: fc.integer({ min: 2, max: 16 }),
    wideBits: fc.constantFrom(0, 3, 8, 16),
    scaleBits: fc.integer({ min: 1, max: 16 }),
    scaleProductBits: fc.integer({ min: 1, max: 32 }),
    accumulatorBits: fc.integer({ min: 4, max: 48 }),
  })
  .map((raw) => {
    const wide = raw.wideBits > raw.elementBits && (raw.vectorSize * raw.elementBits) % raw.wideBits === 0;
    const wideBits = wide ? raw.wideBits : 0;
    const { dotBits, wideDotBits } = macWidths({ ...raw, wideBits });
    return vectorMacParameters.parse({
      ...raw,
      wideBits,
      scaleProductBits: Math.min(raw.scaleProductBits, 2 * raw.scaleBits),
      accumulatorBits: Math.max(raw.accumulatorBits, dotBits, wideDotBits),
    });
  });

/** Numbers that crowd at both ends of their range. */
function edgy(low: number, high: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constant(low),
    fc.constant(high),
    fc.maxSafeInteger().map((n) => low + (Math.abs(n) % (high - low + 1))),
  );
}

describe("one lane, one vector", () => {
  it.each([
    ["INT4, all -8 against all -8", 1, 64, -8, -8, 4096],
    ["INT4, all -8 against all 7", 1, 64, -8, 7, -3584],
    ["INT8, all -128 against all -128", 0, 32, -128, -128, 524288],
    ["INT8, all -128 against all 127", 0, 32, -128, 127, -520192],
    ["INT4, zeros", 1, 64, 0, 0, 0],
  ])("%s", (_, mode, count, a, b, sum) => {
    const inputs = { mode, a: filled(count, a), b: filled(count, b), aScale: 9, bScale: 9 };
    expect(laneStep(chip, { ...inputs, sumIn: 0 })).toBe(sum);
    expect(laneStep(chip, { ...inputs, sumIn: -1000 })).toBe(sum - 1000);
  });

  it.each([
    [0, 255, 0],
    [1, 1, 0],
    [1, 128, 4096],
    [1, 127, 0],
    [254, 255, 4096 * 253],
    [255, 255, 4096 * 254],
  ])("INT4-VSQ, all -8, scales %i and %i", (aScale, bScale, sum) => {
    expect(laneStep(chip, { mode: 2, a: filled(64, -8), b: filled(64, -8), aScale, bScale, sumIn: 0 })).toBe(sum);
  });

  it.each([
    ["INT4-VSQ", 2, 64, -8, -8, 9],
    ["INT4-VSQ within the codes made", 2, 64, -7, 7, 11],
    ["INT8", 0, 32, -128, -128, 16],
    ["INT8 within the codes made", 0, 32, 127, 127, 17],
    ["INT4", 1, 64, -8, -8, 2048],
  ])("%s saturates at a known worst-case vector, not before", (_, mode, count, a, b, vectors) => {
    const step = (sumIn: number) =>
      laneStep(chip, { mode, a: filled(count, a), b: filled(count, b), aScale: 255, bScale: 255, sumIn });
    let sum = 0;
    const addend = step(0);
    for (let i = 1; i < vectors; i++) {
      sum = step(sum);
      expect(sum).toBe(addend * i);
    }
    expect(step(sum)).toBe(addend > 0 ? max : min);
    expect(step(step(sum))).toBe(addend > 0 ? max : min);
  });

  it("clips at both ends in every mode, and comes back from there", () => {
    const one = (value: number, count: number) => [value, ...filled(count - 1, 0)];
    for (const [mode, count] of [
      [0, 32],
      [1, 64],
      [2, 64],
    ] as const) {
      const step = (value: number, sumIn: number) =>
        laneStep(chip, { mode, a: one(value, count), b: one(1, count), aScale: 16, bScale: 16, sumIn });
      expect(step(1, max - 1)).toBe(max);
      expect(step(1, max)).toBe(max);
      expect(step(-1, max)).toBe(max - 1);
      expect(step(-1, min + 1)).toBe(min);
      expect(step(-1, min)).toBe(min);
      expect(step(1, min)).toBe(min + 1);
    }
  });

  it("puts out 0 in the reserved mode, and in INT8 without the wide path, whatever the inputs", () => {
    const narrow = vectorMacParameters.parse({ wideBits: 0 });
    expect(laneStep(chip, { mode: 3, a: [], b: [], sumIn: 99 })).toBe(0);
    expect(laneStep(narrow, { mode: 0, a: [], b: [], sumIn: 99 })).toBe(0);
    expect(laneStep(narrow, { mode: 1, a: filled(64, 0), b: filled(64, 0), sumIn: 99 })).toBe(99);
  });

  it("is the contract in unbounded integers, for any parameters", () => {
    const anyCase = anyParameters.chain((p) => {
      const mode = fc.constantFrom(...(p.wideBits === 0 ? [1, 2] : [0, 1, 2]));
      return mode.chain((m) => {
        const bits = m === 0 ? p.wideBits : p.elementBits;
        const count = m === 0 ? macWidths(p).wideCount : p.vectorSize;
        const code = edgy(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);
        const vector = fc.oneof(
          fc.array(code, { minLength: count, maxLength: count }),
          code.map((value) => filled(count, value)),
        );
        const scale = edgy(0, 2 ** p.scaleBits - 1);
        const sumIn = edgy(-(2 ** (p.accumulatorBits - 1)), 2 ** (p.accumulatorBits - 1) - 1);
        return fc.record({
          p: fc.constant(p),
          mode: fc.constant(m),
          a: vector,
          b: vector,
          aScale: scale,
          bScale: scale,
          sumIn,
        });
      });
    });
    fc.assert(
      fc.property(anyCase, ({ p, ...inputs }) => {
        expect(laneStep(p, inputs)).toBe(reference(p, inputs) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("clips addends far beyond 2^53 to the right end", () => {
    const p = vectorMacParameters.parse({
      vectorSize: 1024,
      elementBits: 16,
      wideBits: 0,
      scaleBits: 16,
      scaleProductBits: 32,
      accumulatorBits: 48,
    });
    const step = (a: number, sumIn: number) =>
      laneStep(p, { mode: 2, a: filled(1024, a), b: filled(1024, -32768), aScale: 65535, bScale: 65535, sumIn });
    expect(step(-32768, -(2 ** 47))).toBe(2 ** 47 - 1);
    expect(step(32767, 2 ** 47 - 1)).toBe(-(2 ** 47));
  });

  it.each([
    [{ mode: 4 }, "mode is 4"],
    [{ a: filled(63, 0) }, "a has 63 elements, not 64"],
    [{ b: [...filled(63, 0), 8] }, "b[63] is 8; a 4-bit element is a whole number from -8 to 7"],
    [{ a: [-9, ...filled(63, 0)] }, "a[0] is -9"],
    [{ a: [0.5, ...filled(63, 0)] }, "a[0] is 0.5"],
    [{ aScale: 256 }, "aScale is 256; a 8-bit scale is a whole number from 0 to 255"],
    [{ bScale: -1 }, "bScale is -1"],
    [{ sumIn: max + 1 }, "sumIn is 8388608; it does not fit 24 bits"],
    [{ sumIn: Number.NaN }, "sumIn is NaN"],
  ])("refuses %j", (change, message) => {
    const inputs = { mode: 2, a: filled(64, 0), b: filled(64, 0), aScale: 1, bScale: 1, sumIn: 0 };
    expect(() => laneStep(chip, { ...inputs, ...change })).toThrow(message);
  });
});
