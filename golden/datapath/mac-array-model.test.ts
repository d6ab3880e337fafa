import { describe, expect, it } from "vitest";
import { macArrayParameters } from "../../spec/index.ts";
import { type MacArrayInput, MacArrayModel } from "./mac-array-model.ts";

const parameters = macArrayParameters.parse({ vectorSize: 4, wideBits: 0, lanes: 2, collectorDepth: 3 });

function input(change: Partial<MacArrayInput> = {}): MacArrayInput {
  return {
    mode: 1,
    a: [
      [1, 2, 3, 4],
      [-1, -1, -1, -1],
    ],
    b: [1, 1, 1, 1],
    index: 0,
    first: true,
    last: true,
    ...change,
  };
}

describe("the collector", () => {
  it("sums vectors of one entry in consecutive cycles, and puts the result out with last alone", () => {
    const array = new MacArrayModel(parameters);
    expect(array.step(input({ last: false }))).toBeUndefined();
    expect(array.step(input({ first: false, last: false }))).toBeUndefined();
    expect(array.step(input({ first: false }))).toEqual({ index: 0, sums: [30, -12] });
  });

  it("keeps entries apart, and starts from 0 with first", () => {
    const array = new MacArrayModel(parameters);
    for (const index of [0, 1, 2]) array.step(input({ index, b: [index, 0, 0, 0], last: false }));
    expect([0, 1, 2].map((index) => array.entry(index))).toEqual([
      [0, 0],
      [1, -1],
      [2, -2],
    ]);
    expect(array.step(input({ index: 1 }))).toEqual({ index: 1, sums: [10, -4] });
    expect(array.step(input({ index: 2, first: false }))).toEqual({ index: 2, sums: [12, -6] });
  });

  it("holds its sums over cycles without a vector, and after last", () => {
    const array = new MacArrayModel(parameters);
    array.step(input());
    expect(array.step()).toBeUndefined();
    expect(array.step(input({ first: false }))?.sums).toEqual([20, -8]);
  });

  it("takes a scale per lane", () => {
    const array = new MacArrayModel(parameters);
    expect(array.step(input({ mode: 2, aScale: [128, 255], bScale: 2 }))?.sums).toEqual([10, -8]);
    expect(array.step(input({ mode: 2 }))?.sums).toEqual([0, 0]);
  });

  it("stores 0 for a reserved mode", () => {
    const array = new MacArrayModel(parameters);
    array.step(input());
    expect(array.step(input({ mode: 3, first: false }))?.sums).toEqual([0, 0]);
    expect(array.entry(0)).toEqual([0, 0]);
  });

  it("refuses an entry that was never started, again after a reset", () => {
    const array = new MacArrayModel(parameters);
    expect(() => array.step(input({ first: false }))).toThrow("entry 0 is continued before a vector with first");
    array.step(input());
    array.reset();
    expect(() => array.step(input({ first: false }))).toThrow("entry 0 is continued");
  });

  it("refuses entries and lanes that do not exist", () => {
    const array = new MacArrayModel(parameters);
    expect(() => array.step(input({ index: 3 }))).toThrow("collector entry 3; there are 3");
    expect(() => array.step(input({ a: [[0, 0, 0, 0]] }))).toThrow("a has 1 vectors for 2 lanes");
  });
});
