import { describe, expect, it } from "vitest";
import { fits } from "../../types/index.ts";
import type { EngineValues } from "../engine.ts";
import { PortReader, PortWriter, StimulusError } from "./ports.ts";

const classes = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array];

function setUp(elements: number, elementWidth: number, signed: boolean) {
  const words = new Int32Array(elements + 6);
  const bigs = new Array<bigint>(elements + 6).fill(0n);
  const block = { wide: elementWidth > 32, index: 3, length: elements };
  const port = { name: "a", direction: "input", elements, elementWidth, signed } as const;
  const writer = new PortWriter(port, block, words, bigs);
  const reader = new PortReader(port, block, words, bigs);
  return { writer, reader, words, bigs };
}

describe("ports of up to 32 bits", () => {
  it("take exactly the values in range, from every kind of array and at every element", () => {
    const corners = [0, 1, -1, 3, 4, -4, -5, 7, 8, -8, -9, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, 65535];
    corners.push(2 ** 30, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 32 - 1);
    for (const width of [1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32]) {
      for (const signed of [false, true]) {
        for (const elements of [1, 5, 8]) {
          const { writer, reader, words } = setUp(elements, width, signed);
          for (const make of [...classes, Float64Array]) {
            for (const corner of corners) {
              const values = new make(elements);
              const at = Math.floor(elements / 2);
              values[at] = corner;
              const good = fits(BigInt(values[at]!), width, signed);
              const write = (): void => writer.write(values);
              if (good) {
                write();
                expect(Array.from(reader.copy() as ArrayLike<number>)).toEqual(Array.from(values));
              } else {
                expect(write, `${values} to ${signed ? "s" : "u"}${width}`).toThrow(StimulusError);
                expect(
                  Array.from(reader.copy() as ArrayLike<number>).every((v) => fits(BigInt(v), width, signed)),
                ).toBe(true);
              }
            }
          }
          expect([...words.slice(0, 3), ...words.slice(3 + elements)]).toEqual([0, 0, 0, 0, 0, 0]);
        }
      }
    }
  });

  it("name the port, the element and the value that does not fit", () => {
    const { writer } = setUp(64, 4, true);
    const values = new Int8Array(64);
    values[17] = 8;
    expect(() => writer.write(values)).toThrow("input a, element 17: 8 is not an integer of 4 bits, signed");
    expect(() => writer.write(new Int8Array(63))).toThrow("input a has 64 elements, but 63 were given");
    expect(() => writer.write(new Array<number>(64).fill(0.5))).toThrow(/element 0: 0.5 is not an integer/);
    expect(() => writer.write(new Array<number>(64).fill(Number.NaN))).toThrow(/NaN is not an integer/);
    expect(() => writer.write(undefined as unknown as EngineValues)).toThrow(/no values given/);
  });
});

describe("ports above 32 bits", () => {
  it("take bigints and integers in range", () => {
    const { writer, reader } = setUp(2, 40, true);
    writer.write([-(1n << 39n), (1n << 39n) - 1n]);
    expect(reader.copy()).toEqual([-(1n << 39n), (1n << 39n) - 1n]);
    writer.write([-5, 7]);
    expect(reader.copy()).toEqual([-5n, 7n]);
    expect(() => writer.write([0n, 1n << 39n])).toThrow(/element 1: 549755813888 is not an integer of 40 bits, signed/);
    expect(() => writer.write([1.5, 0])).toThrow(StimulusError);
  });
});
