import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipCandidates, clipOctavPlus } from "../clipping/clip-octav-plus.ts";
import { squaredError } from "../clipping/squared-error.ts";
import { bellShaped } from "../testing/samples.ts";
import { octavCandidateNames, octavCandidates } from "./octav-candidates.ts";

const core = { inputBits: 16, fractionBits: 4, elementBits: 4, unsigned: false, iterations: 10 };

test("the candidates are those of octav+, in its order", () => {
  expect(octavCandidateNames).toEqual(clipCandidates.map(({ name }) => name));
});

test("zeros alone, one value, one level", () => {
  expect(octavCandidates([0, 0, 0], core)).toMatchObject({ clip: 0n, candidate: undefined });
  expect(octavCandidates([0, -9, 0], core).clip).toBe(9n * 16n);
  expect(octavCandidates([7, -7, 7, 0], core).clip).toBe(7n * 16n);
});

describe("true errors", () => {
  const error = (values: readonly number[], clip: bigint, p: typeof core): number =>
    squaredError(Float64Array.from(values), 0, values.length, Number(clip) / 2 ** p.fractionBits, {
      bits: p.elementBits,
      signed: !p.unsigned,
    });

  test("never worse than OCTAV's answer, nor than the maximum", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -2000, max: 2000 }), { minLength: 1, maxLength: 64 }),
        fc.integer({ min: 2, max: 8 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 6 }),
        (list, elementBits, unsigned, fractionBits) => {
          const p = { ...core, elementBits, unsigned, fractionBits };
          const values = unsigned ? list.map(Math.abs) : list;
          const { clip, octav } = octavCandidates(values, p);
          const largest = BigInt(Math.max(...values.map(Math.abs))) << BigInt(fractionBits);
          expect(clip <= largest).toBe(true);
          const found = error(values, clip, p);
          const slack = 1e-9 * (1 + values.reduce((sum, x) => sum + x * x, 0));
          expect(found).toBeLessThanOrEqual(error(values, octav.clip, p) + slack);
          expect(found).toBeLessThanOrEqual(error(values, largest, p) + slack);
        },
      ),
      { numRuns: 600 },
    );
  });

  test("as good as octav+ on real numbers, but for the grid of clips", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const values = [...bellShaped(64, seed)].map((x) => Math.round(x * 4000));
      const float = clipOctavPlus(Float64Array.from(values), 0, 64, { bits: 4, signed: true });
      const whole = octavCandidates(values, core);
      expect(error(values, whole.clip, core) / float.error).toBeLessThan(1.001);
    }
  });
});
