import { expect, test } from "vitest";
import { kernelModule, sharedKernels, startKernels } from "./kernels.ts";
import { chunkElements, chunkVectors, layout } from "./wasm/layout.ts";

test("the module is small, the same every time, and accepted by the engine", () => {
  const bytes = kernelModule();
  expect([...bytes.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  expect(bytes.length).toBeLessThan(8192);
  expect(kernelModule()).toEqual(bytes);
  expect(() => startKernels()).not.toThrow();
});

test("the parts of the memory do not overlap and hold a chunk", () => {
  const { values, perVector, factors, rounds, codeBytes, sums, counts } = startKernels();
  expect(values.length).toBe(chunkElements);
  expect(codeBytes.length).toBe(chunkElements);
  for (const array of [perVector, factors, rounds]) expect(array.length).toBe(chunkVectors);
  const places = [sums, counts, values, perVector, rounds, codeBytes];
  for (const [i, { byteOffset }] of places.entries()) {
    const before = places[i - 1];
    if (before) expect(byteOffset).toBeGreaterThanOrEqual(before.byteOffset + before.byteLength);
  }
  // 1000 rounds of OCTAV with their start lie before the sums.
  expect(layout.sums).toBeGreaterThanOrEqual(8 * 1001);
});

test("one instance a thread, and independent ones when asked", () => {
  expect(sharedKernels()).toBe(sharedKernels());
  const [one, other] = [startKernels(), startKernels()];
  one.values.fill(3);
  expect(other.values[0]).toBe(0);
});

test("OCTAV's rounds end at the limit, each vector by itself", () => {
  const kernels = startKernels();
  for (let i = 0; i < 128; i++) kernels.values[i] = i < 64 ? i : 1;
  const run = (iterations: number) => {
    kernels.octav(layout.values, 2, 64, layout.perVector, layout.perVectorSmall, 3 * 4 ** 8, iterations, 0x7fffffff);
    return [...kernels.rounds.subarray(0, 2)];
  };
  expect(run(1)).toEqual([1, 0x10001]);
  expect(run(2)).toEqual([2, 0x10001]);
  const [first = 0] = run(1000);
  expect(first).toBeGreaterThan(0x10000);
  expect(first % 0x10000).toBeLessThan(15);
});
