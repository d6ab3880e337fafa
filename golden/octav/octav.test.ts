import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniform } from "../testing/samples.ts";
import { octav } from "./octav.ts";
import { octavExact } from "./octav-exact.ts";

const oneToEight = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

describe("worked cases", () => {
  test("1 to 8 at 4 bits: 4.5, 4992/769, 1920/257, 6144/775, fixed", () => {
    const { clip, rounds, converged, cycle, history } = octav(oneToEight, { bits: 4 });
    expect(history).toEqual([4.5, 4992 / 769, 1920 / 257, 6144 / 775]);
    expect({ clip, rounds, converged, cycle }).toEqual({ clip: 6144 / 775, rounds: 4, converged: true, cycle: false });
  });

  test("zeros change nothing, wherever they stand", () => {
    const holed = Float64Array.from([0, 1, 0, 2, 3, -0, 4, 5, 6, 7, 0, 8, 0, 0]);
    expect(octav(holed, { bits: 4 })).toEqual(octav(oneToEight, { bits: 4 }));
  });

  test("unsigned at B bits is signed at B + 1: 12·4^B is 3·4^(B+1)", () => {
    for (const bits of [2, 3, 4, 5, 6, 7]) {
      const unsigned = octav(oneToEight, { bits, signed: false });
      expect(unsigned).toEqual(octav(oneToEight, { bits: bits + 1 }));
    }
  });

  test("unsigned looks at positive values alone", () => {
    const mixed = Float64Array.from([...oneToEight, -100, -1, -50]);
    expect(octav(mixed, { bits: 4, signed: false })).toEqual(octav(oneToEight, { bits: 4, signed: false }));
    expect(octav(mixed, { bits: 4 }).clip).toBeGreaterThan(8);
    expect(octav(Float64Array.from([-1, -2]), { bits: 4, signed: false }).clip).toBe(0);
  });

  test("all zeros give 0 and no round", () => {
    const nothing = { clip: 0, rounds: 0, converged: true, cycle: false, history: [] };
    expect(octav(new Float32Array(64), { bits: 4 })).toEqual(nothing);
    expect(octav(new Float32Array(5000), { bits: 4 })).toEqual(nothing);
    expect(octav(new Float32Array(0), { bits: 4 })).toEqual(nothing);
    expect(octav(Float32Array.from([-0, 0]), { bits: 4 })).toEqual(nothing);
  });

  test("values of one magnitude settle on it at once, however many and however signed", () => {
    for (const magnitude of [1, 0.1, 1 / 3, 5e-324, 2 ** -149, 2 ** -126, 1e30, 3.4e38, 1e290]) {
      for (const count of [1, 2, 3, 7, 63, 64, 1000, 4099]) {
        const values = Float64Array.from({ length: count + 3 }, (_, i) => (i < 3 ? 0 : i % 2 ? magnitude : -magnitude));
        const { clip, converged } = octav(values, { bits: 4 });
        expect(Math.abs(clip - magnitude) / magnitude).toBeLessThan(1e-13);
        expect(clip).toBeLessThanOrEqual(magnitude);
        expect(converged).toBe(true);
      }
    }
    const single = Float32Array.from([0, 0, 0, -0.3, 0, 0, 0, 0]);
    expect(octav(single, { bits: 4 })).toMatchObject({ clip: Math.fround(0.3), rounds: 1, converged: true });
  });

  test("a range of the values", () => {
    const among = Float64Array.from([100, 200, ...oneToEight, 300]);
    expect(octav(among, { bits: 4 }, 2, 10)).toEqual(octav(oneToEight, { bits: 4 }));
  });
});

describe("2-cycles", () => {
  // Found by search; there the tail changes to and fro, and both values stand for it equally well.
  const cases = [
    { values: [9, 10, 12, 14, 15], bits: 2, signed: true, clip: 1392 / 99, rounds: 4 },
    { values: [5, 8, 9, 12, 12, 13], bits: 2, signed: true, clip: 1776 / 147, rounds: 3 },
    { values: [1, 1, 2, 2, 6, 6, 7, 8], bits: 2, signed: true, clip: 720 / 102, rounds: 4 },
    { values: [1, 2, 2, 3, 3, 6, 7, 7, 10, 10, 10, 12], bits: 2, signed: true, clip: 2016 / 200, rounds: 4 },
    {
      values: [1, 2, 2, 2, 3, 5, 6, 8, 9, 10, 11, 11, 14, 14, 14, 15],
      bits: 2,
      signed: false,
      clip: 10944 / 780,
      rounds: 4,
    },
    {
      values: [2, 3, 4, 6, 7, 8, 8, 9, 11, 11, 11, 11, 12, 14, 14, 15],
      bits: 3,
      signed: true,
      clip: 8256 / 589,
      rounds: 4,
    },
  ];

  test.each(cases)("$values at $bits bits", ({ values, bits, signed, clip, rounds }) => {
    const result = octav(Float32Array.from(values), { bits, signed });
    expect(result).toMatchObject({ clip, rounds, converged: false, cycle: true });
    const [older, newer] = result.history.slice(-3);
    expect(clip).toBe(Math.max(older ?? 0, newer ?? 0));
  });

  test.each(cases)(
    "the larger one, whatever the number of rounds allowed: $values",
    ({ values, bits, signed, clip }) => {
      for (const iterations of [4, 5, 6, 7, 100]) {
        expect(octav(Float32Array.from(values), { bits, signed, iterations }).clip).toBe(clip);
      }
    },
  );

  test("are as rare as they should be, and nothing else stops a vector of 64 from settling", () => {
    const next = uniform(7);
    const vectors = 4000;
    let cycles = 0;
    let most = 0;
    for (let v = 0; v < vectors; v++) {
      const bell = () => next() + next() + next() + next() + next() + next() - 3;
      const { converged, cycle, rounds } = octav(Float32Array.from({ length: 64 }, bell), { bits: 4 });
      if (cycle) cycles++;
      expect(converged || cycle).toBe(true);
      most = Math.max(most, rounds);
    }
    expect(cycles / vectors).toBeGreaterThan(0.001);
    expect(cycles / vectors).toBeLessThan(0.02);
    expect(most).toBeLessThanOrEqual(9);
  });
});

describe("fixed points of ideal distributions", () => {
  // Of the recursion's own equation, solved by other means: Gauss in sigmas, Laplace in scales.
  const gauss = [1.7388, 2.1611, 2.5621, 2.9371, 3.2872, 3.6152, 3.9241, 4.2163];
  const laplace = [2.8737, 3.9133, 5.0341, 6.2065, 7.4137, 8.6458, 9.8968, 11.1627];
  const count = 300_000;
  const middle = (i: number) => (i + 0.5) / count;
  /** Quantiles at the middles of equal shares, from those above the median: a sample without luck. */
  const mirrored = (upper: (p: number) => number) => {
    const half = Float32Array.from({ length: count / 2 }, (_, i) => upper(middle(i)));
    return Float32Array.from({ length: count }, (_, i) => (i % 2 ? 1 : -1) * (half[i >> 1] ?? 0));
  };
  const samples = {
    gauss: mirrored((tail) => -normalQuantile(tail)),
    laplace: mirrored((tail) => -Math.log(2 * tail)),
  };

  test.each([2, 3, 4, 5, 6, 7, 8])("%d bits, signed and unsigned", (bits) => {
    for (const [values, points] of [
      [samples.gauss, gauss],
      [samples.laplace, laplace],
    ] as const) {
      // At 8 unsigned bits a handful of the 300,000 values make up the tail: the sample itself is that far off.
      const tolerance = bits === 8 ? 0.02 : 0.005;
      const signed = points[bits - 2] ?? 0;
      const unsigned = points[bits - 1] ?? 0;
      expect(Math.abs(octav(values, { bits, iterations: 100 }).clip / signed - 1)).toBeLessThan(0.005);
      expect(Math.abs(octav(values, { bits, signed: false, iterations: 100 }).clip / unsigned - 1)).toBeLessThan(
        tolerance,
      );
      // Ten rounds, the default, are just enough at 8 bits.
      expect(Math.abs(octav(values, { bits }).clip / signed - 1)).toBeLessThan(0.03);
    }
  });
});

describe("against exact arithmetic", () => {
  const whole = fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 80 });
  const wide = fc.array(fc.integer({ min: -(2 ** 23), max: 2 ** 23 }), { maxLength: 80 });
  test("whole numbers: same steps, same end", () => {
    fc.assert(
      fc.property(
        fc.oneof(whole, wide),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        (values, bits, signed, iterations) => {
          const float = octav(Float32Array.from(values), { bits, signed, iterations });
          const exact = octavExact(values.map(BigInt), { bits, signed, iterations });
          const number = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }) =>
            Number(numerator) / Number(denominator);
          expect(float).toEqual({ ...exact, clip: number(exact.clip), history: exact.history.map(number) });
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("random single-precision vectors: same end, but for the last bit", () => {
    const next = uniform(3);
    for (let v = 0; v < 300; v++) {
      const values = Float32Array.from({ length: 64 }, () => (next() - next()) * next() * 100);
      const float = octav(values, { bits: 4 });
      // A multiple of 2^-60 each: every value here is at least 2^-36, with 24 bits.
      const exact = octavExact(
        [...values].map((value) => BigInt(value * 2 ** 60)),
        { bits: 4 },
      );
      expect(float).toMatchObject({ rounds: exact.rounds, converged: exact.converged, cycle: exact.cycle });
      const { numerator, denominator } = exact.clip;
      expect(float.clip / (Number(numerator) / Number(denominator) / 2 ** 60)).toBeCloseTo(1, 14);
    }
  });
});

describe("properties", () => {
  const bits = fc.integer({ min: 1, max: 8 });
  const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
  const doubles = fc.float64Array({ noNaN: true, noDefaultInfinity: true, min: -1e290, max: 1e290, maxLength: 100 });

  test("the clip is 0 for zeros alone, else above 0 and not above the largest magnitude", () => {
    fc.assert(
      fc.property(doubles, bits, (values, b) => {
        const { clip, rounds } = octav(values, { bits: b });
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(clip).toBeLessThanOrEqual(largest);
        expect(clip > 0).toBe(largest > 0);
        expect(rounds).toBeLessThanOrEqual(10);
      }),
    );
  });

  test("a converged clip solves the equation", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 64 }), bits, (list, b) => {
        const { clip, converged } = octav(Float32Array.from(list), { bits: b });
        if (!converged || clip === 0) return;
        const magnitudes = list.map(Math.abs);
        const clipped = magnitudes.filter((x) => x >= clip);
        const unclipped = magnitudes.filter((x) => x > 0 && x < clip).length;
        const solved = clipped.reduce((a, x) => a + x, 0) / ((4 ** -b / 3) * unclipped + clipped.length);
        expect(solved / clip).toBeCloseTo(1, 12);
      }),
    );
  });

  test("signs do not matter, powers of two pass through, order does not matter while sums are exact", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), { minLength: 1, maxLength: 700 }),
        bits,
        fc.integer({ min: -90, max: 90 }),
        (list, b, exponent) => {
          const values = Float32Array.from(list);
          const { clip, rounds, history } = octav(values, { bits: b });
          expect(
            octav(
              values.map((x) => -x),
              { bits: b },
            ).history,
          ).toEqual(history);
          expect(
            octav(
              values.map((x) => x * 2 ** exponent),
              { bits: b },
            ).clip,
          ).toBe(clip * 2 ** exponent);
          for (const other of [values.slice().reverse(), values.slice().sort()]) {
            expect(octav(other, { bits: b })).toMatchObject({ clip, rounds, history });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("single and double precision, short and long, give the same in every bit", () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 60 }),
        fc.integer({ min: 480, max: 70_000 }),
        bits,
        fc.boolean(),
        (some, length, b, signed) => {
          const floats = Float32Array.from({ length }, (_, i) => some[(i * i + i) % some.length] ?? 0);
          // Doubles never take the fast path.
          expect(octav(floats, { bits: b, signed })).toEqual(octav(Float64Array.from(floats), { bits: b, signed }));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the order of summation is the same where sums are not exact", () => {
    const next = uniform(21);
    const spread = Float32Array.from({ length: 70_001 }, (_, i) => (next() + 0.5) * 2 ** -((i * 7) % 41));
    const [order, other] = [octav(spread, { bits: 4 }), octav(spread.slice().reverse(), { bits: 4 })];
    expect(octav(Float64Array.from(spread), { bits: 4 })).toEqual(order);
    // Else this would show nothing.
    expect(other.history).not.toEqual(order.history);
    expect(other.clip / order.clip).toBeCloseTo(1, 12);
  });

  test("one value among zeros is found", () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 99 }), bits, (value, place, b) => {
        const values = new Float64Array(100);
        values[place] = value;
        expect(octav(values, { bits: b }).clip).toBe(Math.abs(value));
      }),
    );
  });
});

test("wrong use is refused", () => {
  for (const bits of [0, 17, 2.5, Number.NaN]) {
    expect(() => octav(oneToEight, { bits })).toThrow(`bits is ${bits}; OCTAV needs an integer from 1 to 16`);
  }
  for (const iterations of [0, 1001, 0.5]) {
    expect(() => octav(oneToEight, { bits: 4, iterations })).toThrow(`iterations is ${iterations}; it must be`);
    expect(() => octavExact([1n], { bits: 4, iterations })).toThrow(`iterations is ${iterations}; it must be`);
  }
});

/** The normal distribution's quantile, by bisection on its distribution function. */
function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  let [low, high] = [-9, 0];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (normalTail(-middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of more than x >= 0 sigmas: a series near 0, Laplace's continued fraction beyond. */
function normalTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = x;
    for (let k = 60; k >= 1; k--) fraction = x + k / fraction;
    return density / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 1; term > 1e-17; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density * sum;
}
