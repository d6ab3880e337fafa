import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNames } from "../../spec/index.ts";
import { dequantize } from "../dequantize.ts";
import { measure } from "../metrics/measure.ts";
import { minifloat } from "../minifloat/index.ts";
import { quantize } from "../quantize.ts";
import { bellShaped } from "../testing/samples.ts";
import { tensorValues } from "./testing/arbitrary-values.ts";

const mxFormats = formatNames.filter((name) => name.startsWith("mx"));
const tensor = (data: Float32Array) => ({ name: "t", shape: [data.length], data });

/** Squared error of a block against the best that each element can do with every given step, least over the steps. */
function leastError(data: Float32Array, values: readonly number[], steps: readonly number[]): number {
  const errors = steps.map((step) =>
    data.reduce((sum, x) => sum + Math.min(...values.map((value) => (value * step - x) ** 2)), 0),
  );
  return Math.min(...errors);
}

const error = (data: Float32Array, decoded: ArrayLike<number>): number =>
  data.reduce((sum, x, i) => sum + (x - (decoded[i] ?? 0)) ** 2, 0);

/** Values of moderate size, so that errors neither vanish nor overflow. */
const moderate = (length: number) =>
  tensorValues(length).map((data) => data.map((x) => (Math.abs(x) < 2 ** -30 || Math.abs(x) > 2 ** 30 ? 0 : x)));

describe("clip mse", () => {
  it("MXFP4: no power of two does better", () => {
    const values = [...minifloat("e2m1").values];
    const steps = Array.from({ length: 120 }, (_, i) => 2 ** (i - 70));
    fc.assert(
      fc.property(moderate(32), (data) => {
        const { data: decoded } = dequantize(quantize(tensor(data), { format: "mxfp4", clip: "mse" }));
        const best = leastError(data, values, steps);
        expect(error(data, decoded)).toBeLessThanOrEqual(best * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });

  it.each(mxFormats)("%s: never worse than any scale rule", (format) => {
    fc.assert(
      fc.property(moderate(64), (data) => {
        const mse = (more: object) => measure(tensor(data), quantize(tensor(data), { format, ...more })).mse;
        const best = mse({ clip: "mse" });
        for (const scaleRule of ["floor", "ceil", "round-up", "even"]) {
          expect(best).toBeLessThanOrEqual(mse({ scaleRule }) * (1 + 1e-12));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("nvfp4: no block scale does better", () => {
    const values = [...minifloat("e2m1").values];
    const scales = [...minifloat("ue4m3").values].filter(Number.isFinite);
    fc.assert(
      fc.property(moderate(16), (data) => {
        const q = quantize(tensor(data), { format: "nvfp4", clip: "mse" });
        const gamma = q.gamma?.[0] ?? 1;
        const best = leastError(
          data,
          values,
          scales.map((scale) => scale * gamma),
        );
        // Decoding rounds to float32.
        const size = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0));
        const found = Math.sqrt(error(data, dequantize(q).data));
        expect(found).toBeLessThanOrEqual(Math.sqrt(best) + size * 2 ** -22);
      }),
      { numRuns: 60 },
    );
  });

  it("helps on bell-shaped tensors", () => {
    const data = bellShaped(4096, 11);
    for (const format of ["mxfp4", "nvfp4"] as const) {
      const mse = (clip: "max" | "mse") => measure(tensor(data), quantize(tensor(data), { format, clip })).mse;
      expect(mse("mse")).toBeLessThan(mse("max") * 0.99);
    }
  });

  it("takes the place of a scale rule", () => {
    const both = () => quantize(tensor(bellShaped(32, 1)), { format: "mxfp4", clip: "mse", scaleRule: "floor" });
    expect(both).toThrow(/clip "mse" tries all scales instead/);
    const four = () => quantize(tensor(bellShaped(32, 1)), { format: "nvfp4-46", clip: "mse" });
    expect(four).toThrow(/only "max" goes with it/);
  });
});
