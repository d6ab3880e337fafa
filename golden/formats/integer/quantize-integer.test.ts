import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoundingRule } from "../../../spec/index.ts";
import { octav } from "../../octav/index.ts";
import { quantize } from "../../quantize.ts";
import type { QuantizeOptions } from "../../quantize-options.ts";
import { tensorValues } from "../testing/arbitrary-values.ts";
import { fraction, nearest, over, times } from "../testing/exact-quotient.ts";

const roundings: readonly RoundingRule[] = ["half-even", "half-away", "half-up", "toward-zero"];
const formats = { int3: 3, int4: 4, int6: 6, int8: 8 } as const;

function integer(values: ArrayLike<number>, options: QuantizeOptions, shape = [values.length]) {
  return quantize({ name: "t", shape, data: Float32Array.from(values) }, options);
}

describe.each(Object.keys(formats) as (keyof typeof formats)[])("%s", (format) => {
  const bits = formats[format];

  it("every code is what exact fractions give, signed and unsigned, per tensor and row, in each rounding", () => {
    fc.assert(
      fc.property(
        tensorValues(12),
        fc.constantFrom(...roundings),
        fc.boolean(),
        fc.constantFrom("tensor" as const, "row" as const),
        (drawn, rounding, unsigned, coarse) => {
          const data = unsigned ? drawn.map(Math.abs) : drawn;
          const q = integer(data, { format, rounding, unsigned, coarse }, [2, 6]);
          const top = unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
          const groups = coarse === "tensor" ? [data] : [data.subarray(0, 6), data.subarray(6)];
          const peaks = groups.map((group) => Math.max(...group.map(Math.abs)));
          expect([...(q.gamma ?? [])]).toEqual(peaks.map((most) => most / top));
          const codes = groups.flatMap((group, g) => {
            const most = peaks[g] ?? 0;
            const code = (x: number) => nearest(over(times(fraction(top), fraction(x)), fraction(most)), rounding);
            return [...group].map((x) => (most === 0 ? 0 : code(x)));
          });
          expect([...q.codes]).toEqual(codes);
          expect(q.codes).toBeInstanceOf(unsigned ? Uint8Array : Int8Array);
        },
      ),
    );
  });
});

describe("clipping", () => {
  it("OCTAV's answer is the scale's magnitude, and what is beyond it counts as clipped", () => {
    const data = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i) ** 3);
    const q = integer(data, { format: "int4", clip: "octav" });
    const { clip, rounds } = octav(data, { bits: 4 });
    expect(q.gamma?.[0]).toBe(clip / 7);
    expect(q.statistics).toMatchObject({ clips: 1, rounds, mostRounds: rounds });
    expect(q.statistics.clipped).toBe(data.filter((x) => Math.abs(x) > clip).length);
    expect(Math.max(...q.codes)).toBe(7);
    expect(Math.min(...q.codes)).toBe(-7);
  });
});

describe("unsigned", () => {
  it("refuses negative numbers with their place, or clips them", () => {
    const data = [1, 2, -3, 4];
    expect(() => integer(data, { format: "int4", unsigned: true }, [2, 2])).toThrow(/t\[1, 0\] is -3/);
    expect([...integer(data, { format: "int4", unsigned: true, negative: "clip" }).codes]).toEqual([4, 8, 0, 15]);
  });
});
