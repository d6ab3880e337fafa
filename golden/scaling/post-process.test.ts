import { describe, expect, test } from "vitest";
import { postProcessParameters } from "../../spec/index.ts";
import { cutBits, postProcessLane } from "./post-process-lane.ts";
import { PostProcessModel } from "./post-process-model.ts";

const chip = postProcessParameters.defaults;

test("rounding by name", () => {
  const halves = [-5, -3, -1, 1, 3, 5];
  const round = (rounding: typeof chip.rounding): number[] => halves.map((value) => cutBits(value, 1, rounding) + 0);
  expect(round("down")).toEqual([-3, -2, -1, 0, 1, 2]);
  expect(round("half-up")).toEqual([-2, -1, 0, 1, 2, 3]);
  expect(round("half-even")).toEqual([-2, -2, 0, 0, 2, 2]);
  expect(round("half-away")).toEqual([-3, -2, -1, 1, 2, 3]);
  expect(cutBits(-7, 2, "half-up")).toBe(-2);
  expect(cutBits(11, 0, "half-even")).toBe(11);
});

describe("one lane", () => {
  const plain = { scale: 2 ** 15, bias: 0, relu: false };

  test("half of a sum, biased, saturated", () => {
    expect(postProcessLane(1000, plain, chip)).toBe(500);
    expect(postProcessLane(1000, { ...plain, bias: -3 }, chip)).toBe(497);
    expect(postProcessLane(-1001, plain, chip)).toBe(-500); // −500.5, a tie, upward
    expect(postProcessLane(2 ** 23 - 1, plain, chip)).toBe(32767);
    expect(postProcessLane(-(2 ** 23), { ...plain, scale: 65535 }, chip)).toBe(-32768);
  });

  test("ReLU comes after the bias", () => {
    expect(postProcessLane(-10, { ...plain, relu: true }, chip)).toBe(0);
    expect(postProcessLane(-10, { ...plain, relu: true, bias: 9 }, chip)).toBe(4);
  });

  test("the widest sums and scales stay exact", () => {
    const wide = postProcessParameters.parse({
      sumBits: 32,
      biasBits: 32,
      shift: 40,
      outputBits: 24,
      rounding: "down",
    });
    const bias = 2 ** 31 - 1;
    const exact = (BigInt(2 ** 31 - 1) * 65535n + BigInt(bias) * 65536n) >> 40n;
    expect(postProcessLane(2 ** 31 - 1, { scale: 65535, bias, relu: false }, wide)).toBe(Number(exact));
  });
});

test("a vector is gathered tile by tile; one that lacks a tile is refused", () => {
  const model = new PostProcessModel(postProcessParameters.parse({ lanes: 2, vectorSize: 4, depth: 2, shift: 0 }));
  const send = (index: number, tile: number, sums: number[]) =>
    model.step({ index, tile, sums, scale: 1, relu: false });
  expect(send(0, 0, [1, 2])).toBeUndefined();
  expect(send(1, 0, [5, 6])).toBeUndefined();
  expect(send(0, 1, [3, 4])).toEqual([1, 2, 3, 4]);
  expect(send(1, 1, [7, 8])).toEqual([5, 6, 7, 8]);
  expect(() => new PostProcessModel(chip).step({ index: 3, tile: 3, sums: [], scale: 1, relu: false })).toThrow(
    /vector 3 ends before its tile 0/,
  );
  expect(() => send(2, 0, [1, 2])).toThrow(/vector 2 of 2/);
  expect(() => send(0, 2, [1, 2])).toThrow(/tile 2 of 2/);
});

test("a bias that does not fit beside the sum is refused; one that is left out is not", () => {
  const small = { sumBits: 8, matrixScaleBits: 4, shift: 4, biasShift: 16 };
  expect(() => postProcessParameters.parse({ ...small, biasBits: 1 })).toThrow(/bias of 1 bits shifted by 16 is wider/);
  expect(postProcessParameters.parse({ ...small, biasBits: 0 }).biasShift).toBe(16);
});
