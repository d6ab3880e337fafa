import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { floatProduct, gemm, quantizeForLane, readNpyMatrix, rescaleProduct, sqnr } from "../golden/index.ts";
import { macArrayParameters, type NumberFormat } from "../spec/index.ts";
import { writeTensors } from "./make-tensors.ts";

const committed = join(import.meta.dirname, "tensors");

it("makes the committed tensors again, byte for byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "tensors-"));
  try {
    writeTensors(folder);
    for (const name of ["activations.npy", "weights.npy"]) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(committed, name)))).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("have the heavy tails and outlier channels they promise, and are hard for plain INT4", () => {
  const a = readNpyMatrix(join(committed, "activations.npy"));
  const b = readNpyMatrix(join(committed, "weights.npy"));
  expect([a.rows, a.columns, b.rows, b.columns]).toEqual([32, 768, 64, 768]);
  const rootMeanSquare = (channel: number) => {
    let sum = 0;
    for (let row = 0; row < a.rows; row++) sum += (a.data[row * a.columns + channel] ?? 0) ** 2;
    return Math.sqrt(sum / a.rows);
  };
  const spreads = Array.from({ length: 768 }, (_, channel) => rootMeanSquare(channel));
  expect(spreads.flatMap((spread, channel) => (spread > 15 ? [channel] : []))).toEqual([47, 138, 221, 381, 577, 703]);
  expect(spreads.filter((spread) => spread <= 15).every((spread) => spread < 3)).toBe(true);

  const reference = floatProduct(a, b);
  const parameters = macArrayParameters.defaults;
  const quality = (format: NumberFormat) => {
    const [qa, qb] = [quantizeForLane(a, format, parameters), quantizeForLane(b, format, parameters)];
    return sqnr(reference, rescaleProduct(gemm({ format, parameters, a: qa, b: qb }), qa, qb, parameters));
  };
  expect(quality("int4")).toBeLessThan(8);
  expect(quality("int4-vsq")).toBeGreaterThan(15);
  expect(quality("int8")).toBeGreaterThan(24);
});
