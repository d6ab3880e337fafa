import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { octav } from "../octav/octav.ts";
import { bellShaped, uniform } from "../testing/samples.ts";
import type { ClipGrid } from "./clip-grid.ts";
import { e2m1Levels } from "./clip-grid.ts";
import { clipMagnitude } from "./clip-magnitude.ts";
import { clipMse } from "./clip-mse.ts";
import { clipCandidates, clipOctavPlus } from "./clip-octav-plus.ts";
import { parseClipRule } from "./clip-rule.ts";
import { refitClip, squaredError } from "./squared-error.ts";

const int4: ClipGrid = { bits: 4, signed: true };
const grids: readonly ClipGrid[] = [
  int4,
  { bits: 2, signed: true },
  { bits: 3, signed: true },
  { bits: 4, signed: false },
  { bits: 4, signed: true, fullRange: true },
  { bits: 4, signed: true, levels: e2m1Levels },
];
const someGrid = fc.constantFrom(...grids);
const someValues = fc.array(fc.integer({ min: -2000, max: 2000 }), { minLength: 1, maxLength: 40 });
const wildValues = fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 40 });

describe("the true squared error", () => {
  test("of small cases by hand", () => {
    const values = Float64Array.from([7, -7, 3.5, 0.25, 9, -12]);
    // Step 1: 3.5 becomes 4 (tie to even), 0.25 becomes 0, 9 and -12 are clipped to 7.
    expect(squaredError(values, 0, 6, 7, int4)).toBe(0.5 ** 2 + 0.25 ** 2 + 2 ** 2 + 5 ** 2);
    expect(squaredError(values, 0, 6, 7, { ...int4, fullRange: true })).toBe(0.5 ** 2 + 0.25 ** 2 + 2 ** 2 + 4 ** 2);
    expect(squaredError(values, 1, 3, 7, int4)).toBe(0.25);
    expect(squaredError(values, 0, 6, 15, { bits: 4, signed: false })).toBe(49 + 0.25 + 0.0625 + 144);
    expect(squaredError(values, 0, 6, 0, int4)).toBe(49 + 49 + 12.25 + 0.0625 + 81 + 144);
    const floats = Float64Array.from([6, 5.5, 2.4, -0.2, 7]);
    const wanted = 0.5 ** 2 + (2.4 - 2) ** 2 + 0.2 ** 2 + 1;
    expect(squaredError(floats, 0, 5, 6, { ...int4, levels: e2m1Levels })).toBeCloseTo(wanted, 14);
  });

  test("integers and the same grid written as levels agree", () => {
    fc.assert(
      fc.property(someValues, fc.integer({ min: 1, max: 3000 }), (list, clip) => {
        const values = Float64Array.from(list);
        const levels = [0, 1, 2, 3, 4, 5, 6, 7];
        const asLevels = squaredError(values, 0, values.length, clip, { ...int4, levels });
        expect(asLevels).toBeCloseTo(squaredError(values, 0, values.length, clip, int4), 6);
      }),
    );
  });
});

describe("percentile", () => {
  const ascending = Float32Array.from({ length: 1000 }, (_, i) => (i % 2 ? -1 : 1) * (1000 - i));
  const percentile = (p: string, values: Float32Array | Float64Array, grid = int4) =>
    clipMagnitude(values, 0, values.length, parseClipRule(`percentile:${p}`), grid).clip;

  test("is the nearest rank, computed exactly", () => {
    expect(percentile("100", ascending)).toBe(1000);
    expect(percentile("99.9", ascending)).toBe(999);
    expect(percentile("99.90001", ascending)).toBe(1000);
    expect(percentile("50", ascending)).toBe(500);
    expect(percentile("0.1", ascending)).toBe(1);
    expect(percentile("0.0001", ascending)).toBe(1);
    expect(percentile("50", Float64Array.from([3]))).toBe(3);
  });

  test("counts zeros, but never answers 0 when a value is not", () => {
    const sparse = Float32Array.from([0, 0, 0, 0, 0, 0, 0, 5, -2, 8]);
    expect(percentile("80", sparse)).toBe(2);
    expect(percentile("90", sparse)).toBe(5);
    expect(percentile("50", sparse)).toBe(2);
    expect(percentile("50", new Float32Array(4))).toBe(0);
  });

  test("unsigned: negative values count as 0", () => {
    expect(percentile("75", Float32Array.from([-9, -8, 1, 2]), { bits: 4, signed: false })).toBe(1);
    expect(percentile("75", Float32Array.from([-9, -8]), { bits: 4, signed: false })).toBe(0);
  });

  test("leaves that share of the values at or below it, and fewer below any smaller magnitude", () => {
    fc.assert(
      fc.property(someValues, fc.integer({ min: 1, max: 1000 }), (list, tenths) => {
        const values = Float64Array.from(list);
        const clip = percentile(`${tenths / 10}`, values);
        const within = (limit: number) => list.filter((x) => Math.abs(x) <= limit).length;
        expect(within(clip) * 1000).toBeGreaterThanOrEqual(tenths * list.length);
        const below = Math.max(...list.map(Math.abs).filter((x) => x < clip));
        if (below > 0) expect(within(below) * 1000).toBeLessThan(tenths * list.length);
      }),
    );
  });
});

describe("exhaustive search", () => {
  test("no clip of a fine scan is better", () => {
    fc.assert(
      fc.property(someValues, someGrid, (list, grid) => {
        const values = Float64Array.from(list);
        const largest = Math.max(0, ...list.map((x) => (grid.signed ? Math.abs(x) : x)));
        const best = clipMse(values, 0, values.length, grid);
        expect(best).toBeLessThanOrEqual(largest);
        expect(best > 0).toBe(largest > 0);
        const least = squaredError(values, 0, values.length, best, grid);
        for (let i = 1; i <= 400; i++) {
          const other = squaredError(values, 0, values.length, (largest * i) / 400, grid);
          expect(least).toBeLessThanOrEqual(other * (1 + 1e-9) + 1e-9);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("values that lie on a grid are found exactly", () => {
    const onGrid = Float32Array.from([0.75, -0.25, 0.5, 1.75, -1.5, 0]);
    expect(clipMse(onGrid, 0, 6, int4)).toBe(1.75);
    expect(clipMse(Float32Array.from([0, 3, 0]), 0, 3, int4)).toBe(3);
    expect(clipMse(new Float32Array(8), 0, 8, int4)).toBe(0);
    expect(clipMse(Float32Array.from([-4]), 0, 1, { bits: 4, signed: false })).toBe(0);
  });

  test("the scan for long tensors comes within 1e-5 of the exact sweep's error", () => {
    const next = uniform(11);
    const heavy = Float32Array.from({ length: 40_000 }, () => (next() - 0.5) / (next() + 0.02));
    // The same values twice: too many for the sweep, and the same best clip.
    const twice = Float32Array.from([...heavy.subarray(0, 37_000), ...heavy.subarray(0, 37_000)]);
    const exact = clipMse(heavy, 0, 37_000, int4);
    const scanned = clipMse(twice, 0, twice.length, int4);
    const error = (clip: number) => squaredError(heavy, 0, 37_000, clip, int4);
    expect(error(scanned) / error(exact)).toBeLessThan(1 + 1e-5);
    expect(error(exact) / error(scanned)).toBeLessThan(1 + 1e-9);
  });
});

describe("OCTAV with a check", () => {
  test("is never worse than OCTAV, the maximum, or any of its candidates", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wildValues,
          someValues.map((list) => Float32Array.from(list)),
        ),
        someGrid,
        (values, grid) => {
          const error = (clip: number) => squaredError(values, 0, values.length, clip, grid);
          const { clip } = clipMagnitude(values, 0, values.length, "octav+", grid);
          const s = octav(values, grid).clip;
          const m = clipMagnitude(values, 0, values.length, "max", grid).clip;
          expect(clip).toBeLessThanOrEqual(m);
          expect(error(clip)).toBeLessThanOrEqual(error(s));
          expect(error(clip)).toBeLessThanOrEqual(error(m));
          for (const candidate of clipCandidates) {
            expect(error(clip)).toBeLessThanOrEqual(error(Math.min(candidate.clip(s, m, grid), m)));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test("lies between the exhaustive search and both, and near the former", () => {
    const next = uniform(5);
    for (const grid of grids) {
      const total = { max: 0, octav: 0, plus: 0, mse: 0 };
      for (let v = 0; v < 150; v++) {
        const heavy = Float32Array.from({ length: 64 }, () => ((next() - 0.5) * (next() + 0.05)) / (next() + 0.1));
        const error = (rule: "max" | "octav" | "octav+" | "mse") =>
          squaredError(heavy, 0, 64, clipMagnitude(heavy, 0, 64, rule, grid).clip, grid);
        total.max += error("max");
        total.octav += error("octav");
        total.plus += error("octav+");
        total.mse += error("mse");
      }
      expect(total.mse).toBeLessThanOrEqual(total.plus);
      expect(total.plus).toBeLessThan(Math.min(total.octav, total.max));
      expect(total.plus / total.mse).toBeLessThan(1.05);
    }
  });

  test("says which candidate won and what OCTAV did", () => {
    const values = bellShaped(64, 9);
    const { candidate, clip, error, octav: steps } = clipOctavPlus(values, 0, 64, int4);
    expect(clipCandidates.map(({ name }) => name)).toContain(candidate);
    expect(error).toBe(squaredError(values, 0, 64, clip, int4));
    expect(steps).toEqual(octav(values, { bits: 4 }));
    const { rounds, converged } = clipMagnitude(values, 0, 64, "octav+", int4);
    expect({ rounds, converged }).toEqual({ rounds: steps.rounds, converged: steps.converged });
  });

  test("magnitudes whose squares overflow or vanish still get a clip in range", () => {
    for (const unit of [1e200, 1e290, 1e-200, 5e-324]) {
      const values = Float64Array.from([1, -2, 3, 0, 8], (x) => x * unit);
      for (const grid of grids) {
        for (const rule of ["max", "octav", "octav+", "mse", "percentile:50"] as const) {
          const { clip } = clipMagnitude(values, 0, 5, rule, grid);
          expect(clip, `${rule} ${unit}`).toBeGreaterThan(0);
          expect(clip, `${rule} ${unit}`).toBeLessThanOrEqual(8 * unit);
        }
      }
    }
  });

  test("all zeros and single values", () => {
    for (const grid of grids) {
      expect(clipMagnitude(new Float32Array(64), 0, 64, "octav+", grid).clip).toBe(0);
      const single = new Float32Array(64);
      single[5] = 0.75;
      expect(clipMagnitude(single, 0, 64, "octav+", grid).clip).toBe(0.75);
    }
  });
});

test("moving a clip to fit its codes does not make it worse", () => {
  fc.assert(
    fc.property(someValues, someGrid, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, grid, share) => {
      const values = Float64Array.from(list);
      const clip = share * Math.max(1, ...list.map(Math.abs));
      const error = (c: number) => squaredError(values, 0, values.length, c, grid);
      expect(error(refitClip(values, 0, values.length, clip, grid))).toBeLessThanOrEqual(
        error(clip) * (1 + 1e-9) + 1e-9,
      );
    }),
  );
});

describe("rules", () => {
  test("are read from text", () => {
    for (const rule of ["max", "octav", "octav+", "mse", "percentile:99.9", "percentile:100"]) {
      expect(parseClipRule(rule)).toBe(rule);
    }
  });

  test.each(["", "Max", "octav++", "percentile", "percentile:", "percentile:0", "percentile:0.00", "percentile:100.1"])(
    "%j is refused",
    (text) => expect(() => parseClipRule(text)).toThrow(/clipping rule|percentile/),
  );

  test.each(["percentile:-1", "percentile:1e1", "percentile:nan", "percentile: 5", "percentile:5."])(
    "%j is no percentile",
    (text) => expect(() => parseClipRule(text)).toThrow("a percentile is a number above 0 and at most 100"),
  );

  test("agree on sign symmetry and powers of two", () => {
    const values = bellShaped(64, 12);
    for (const rule of ["max", "octav", "octav+", "mse", "percentile:99"] as const) {
      const { clip } = clipMagnitude(values, 0, 64, rule, int4);
      expect(
        clipMagnitude(
          values.map((x) => -x),
          0,
          64,
          rule,
          int4,
        ).clip,
      ).toBe(clip);
      expect(
        clipMagnitude(
          values.map((x) => x * 1024),
          0,
          64,
          rule,
          int4,
        ).clip,
      ).toBe(clip * 1024);
    }
  });

  test("grids are checked", () => {
    const find = (grid: ClipGrid) => () => clipMagnitude(new Float32Array(4), 0, 4, "max", grid);
    expect(find({ bits: 1, signed: true })).toThrow("bits is 1; a signed grid needs an integer from 2 to 16");
    expect(find({ bits: 17, signed: false })).toThrow("bits is 17; an unsigned grid needs");
    expect(find({ bits: 4, signed: true, levels: [0, 2, 1] })).toThrow("levels are 0, 2, 1; they must ascend from 0");
    expect(find({ bits: 4, signed: true, levels: [0] })).toThrow("must ascend");
    expect(find({ bits: 4, signed: true, levels: [0, 1], fullRange: true })).toThrow("fullRange goes with integer");
  });
});
