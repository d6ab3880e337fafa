import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rangeOf } from "../../types/index.ts";
import type { EngineValues } from "../engine.ts";
import { StimulusError } from "../inprocess/ports.ts";
import { emptyValues, type PackedShape, packElements, packedBytes, unpackElements } from "./packing.ts";

/** The packed integer by definition: element i shifted to its place. */
function packedValue(values: readonly bigint[], width: number): bigint {
  return values.reduce((sum, value, i) => sum | (BigInt.asUintN(width, value) << BigInt(width * i)), 0n);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function asGiven(values: readonly bigint[], width: number): EngineValues {
  return width > 32 ? [...values] : values.map(Number);
}

/** Packs at an offset between bytes that must stay, compares with the definition, and unpacks again. */
function check(values: readonly bigint[], shape: PackedShape): void {
  const size = packedBytes(shape);
  const target = new Uint8Array(size + 4).fill(0xa5);
  packElements(asGiven(values, shape.elementWidth), shape, target, 2, "port");
  expect(littleEndian(target.subarray(2, 2 + size))).toBe(packedValue(values, shape.elementWidth));
  expect([target[0], target[1], target[size + 2], target[size + 3]]).toEqual([0xa5, 0xa5, 0xa5, 0xa5]);
  const back = unpackElements(target, 2, shape);
  expect(Array.from(back as ArrayLike<number | bigint>, BigInt)).toEqual(values);
  expect(Array.from(back as ArrayLike<number | bigint>, (value) => typeof value)).toEqual(
    values.map(() => (shape.elementWidth > 32 ? "bigint" : "number")),
  );
}

describe("every value of small elements", () => {
  for (const signed of [false, true]) {
    test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(`width %i, ${signed ? "signed" : "unsigned"}`, (elementWidth) => {
      const { min, max } = rangeOf(elementWidth, signed);
      const all: bigint[] = [];
      for (let value = min; value <= max; value++) all.push(value);
      check(all, { elements: all.length, elementWidth, signed });
      // Alone, and at each place among others that are all ones: nothing spills over.
      for (const value of all.length > 64 ? [min, max, 0n, 1n] : all) {
        check([value], { elements: 1, elementWidth, signed });
        for (let place = 0; place < 9; place++) {
          const values = new Array<bigint>(9).fill(signed ? -1n : max);
          values[place] = value;
          check(values, { elements: 9, elementWidth, signed });
        }
      }
    });
  }
});

test("random elements of any width up to 200 bits", () => {
  const shapes = fc.record({ elementWidth: fc.integer({ min: 1, max: 200 }), signed: fc.boolean() });
  const cases = shapes.chain((shape) => {
    const { min, max } = rangeOf(shape.elementWidth, shape.signed);
    const value = fc.oneof(fc.constantFrom(min, max, 0n), fc.bigInt({ min, max }));
    return fc.record({ shape: fc.constant(shape), values: fc.array(value, { minLength: 1, maxLength: 20 }) });
  });
  fc.assert(
    fc.property(cases, ({ shape, values }) => check(values, { ...shape, elements: values.length })),
    { numRuns: 2000 },
  );
});

test("widths at which the way of packing changes, at both ends of the range", () => {
  for (const elementWidth of [15, 16, 17, 23, 24, 25, 31, 32, 33, 47, 48, 49, 63, 64, 65, 127, 128, 129, 4096]) {
    for (const signed of [false, true]) {
      const { min, max } = rangeOf(elementWidth, signed);
      check([min, max, max, min, 0n, max], { elements: 6, elementWidth, signed });
    }
  }
});

test("typed arrays, bigints for narrow elements and numbers for wide ones are taken too", () => {
  const target = new Uint8Array(8);
  packElements(Int8Array.of(-8, 7), { elements: 2, elementWidth: 4, signed: true }, target, 0, "port");
  expect(target[0]).toBe(0x78);
  packElements([-1n], { elements: 1, elementWidth: 16, signed: true }, target, 0, "port");
  expect([target[0], target[1]]).toEqual([0xff, 0xff]);
  packElements([5], { elements: 1, elementWidth: 64, signed: false }, target, 0, "port");
  expect([...target]).toEqual([5, 0, 0, 0, 0, 0, 0, 0]);
});

test("unpacking reuses an array of the same shape", () => {
  const shape = { elements: 2, elementWidth: 4, signed: true };
  const into = emptyValues(shape);
  expect(unpackElements(Uint8Array.of(0x1f), 0, shape, into)).toBe(into);
  expect([...(into as Int32Array)]).toEqual([-1, 1]);
});

describe("what does not fit is refused by name", () => {
  const attempt = (values: EngineValues, shape: PackedShape) => () =>
    packElements(values, shape, new Uint8Array(64), 0, "a");
  const four = { elements: 2, elementWidth: 4, signed: true };
  test.each<[string, EngineValues, PackedShape, string]>([
    ["too large", [0, 8], four, "input a, element 1: 8 is not an integer from -8 to 7"],
    ["too small", [-9, 0], four, "input a, element 0: -9 is not an integer from -8 to 7"],
    ["a fraction", [0.5, 0], four, "input a, element 0: 0.5 is not"],
    ["not a number", [0, Number.NaN], four, "input a, element 1: NaN is not"],
    ["too few", [0], four, "input a has 2 elements, but 1 were given"],
    ["too many", [0, 0, 0], four, "input a has 2 elements, but 3 were given"],
    ["negative", [-1], { elements: 1, elementWidth: 32, signed: false }, "input a, element 0: -1 is not"],
    ["33 bits", [2 ** 32], { elements: 1, elementWidth: 32, signed: false }, "to 4294967295"],
    ["wide", [1n << 64n], { elements: 1, elementWidth: 64, signed: false }, "to 18446744073709551615"],
    ["wide fraction", [1.5], { elements: 1, elementWidth: 64, signed: false }, "input a, element 0: 1.5 is not"],
  ])("%s", (_, values, shape, message) => {
    expect(attempt(values, shape)).toThrow(StimulusError);
    expect(attempt(values, shape)).toThrow(message);
  });
});
