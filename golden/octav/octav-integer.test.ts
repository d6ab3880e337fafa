import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { octavExact } from "./octav-exact.ts";
import { octavInteger, roundFraction } from "./octav-integer.ts";

const core = { inputBits: 16, fractionBits: 4, elementBits: 4, unsigned: false, iterations: 10 };
const exactOf = (values: readonly number[], p: typeof core) =>
  octavExact(values.map(BigInt), { bits: p.elementBits, signed: !p.unsigned, iterations: p.iterations });
const equal = (a: { numerator: bigint; denominator: bigint }, b: { numerator: bigint; denominator: bigint }) =>
  a.numerator * b.denominator === b.numerator * a.denominator;

test("1 to 8 at 4 bits: 4.5, 4992/769, 1920/257, 6144/775, and the round that shows it", () => {
  const result = octavInteger([1, -2, 3, -4, 5, 6, -7, 8], core);
  expect(result.history.map(({ numerator, denominator }) => Number(numerator) / Number(denominator))).toEqual([
    4.5,
    4992 / 769,
    1920 / 257,
    6144 / 775,
    6144 / 775,
  ]);
  expect(result).toMatchObject({ clip: 127n, rounds: 4, converged: true, cycle: false });
});

test("zeros alone, one value, equal values", () => {
  expect(octavInteger([0, 0], core)).toMatchObject({ clip: 0n, rounds: 0, converged: true });
  expect(octavInteger([0, -32768], core)).toMatchObject({ clip: 32768n * 16n, rounds: 1, converged: true });
  expect(octavInteger([7, -7, 7], core)).toMatchObject({ clip: 112n, rounds: 1, converged: true });
});

test("rounding is to nearest, ties up", () => {
  for (let numerator = 0n; numerator < 40n; numerator++) {
    for (let denominator = 1n; denominator < 12n; denominator++) {
      for (const bits of [0, 1, 3]) {
        const real = (Number(numerator) / Number(denominator)) * 2 ** bits;
        expect(Number(roundFraction({ numerator, denominator }, bits))).toBe(Math.floor(real + 0.5));
      }
    }
  }
});

describe("against the exact recursion", () => {
  const small = fc.array(fc.integer({ min: -15, max: 15 }), { maxLength: 24 });
  const wide = fc.array(fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }), { maxLength: 70 });
  test("same clip; a round more where two tails happen to have one value", () => {
    fc.assert(
      fc.property(
        fc.oneof(small, wide),
        fc.integer({ min: 2, max: 8 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        (list, elementBits, unsigned, iterations) => {
          const values = unsigned ? list.map(Math.abs) : list;
          const p = { ...core, elementBits, unsigned, iterations };
          const integer = octavInteger(values, p);
          const exact = exactOf(values, p);
          expect(equal(integer.exact, exact.clip)).toBe(true);
          expect(integer.rounds - exact.rounds === 0 || integer.rounds - exact.rounds === 1).toBe(true);
          expect(integer.clip).toBe(roundFraction(exact.clip, 4));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("47 and 49 at 2 bits: the mean is the value of another tail", () => {
    const p = { ...core, elementBits: 2 };
    expect(exactOf([47, 49], p)).toMatchObject({ rounds: 1, converged: true });
    expect(octavInteger([47, 49], p)).toMatchObject({ clip: 768n, rounds: 2, converged: true });
  });

  test("every vector of up to 5 magnitudes below 8 at 2 bits", () => {
    const p = { ...core, elementBits: 2 };
    let seen = 0;
    const walk = (values: number[]): void => {
      const integer = octavInteger(values, p);
      const exact = exactOf(values, p);
      if (!equal(integer.exact, exact.clip) || integer.rounds > exact.rounds + 1) throw new Error(`${values}`);
      seen++;
      if (values.length === 5) return;
      // Order does not matter, so sorted vectors are enough.
      for (let next = values.at(-1) ?? 0; next < 8; next++) walk([...values, next]);
    };
    walk([]);
    expect(seen).toBe(1287);
  });
});

test("a 3-cycle: the rounds run out, where the exact recursion sees the cycle and takes its largest value", () => {
  const values = [154, ...new Array<number>(37).fill(254), 266];
  const p = { ...core, elementBits: 2 };
  const exact = exactOf(values, p);
  expect(exact).toMatchObject({ cycle: true, converged: false, rounds: 3 });
  const [first, second, third, fourth] = exact.history
    .slice(-4)
    .map((s) => Number(s.numerator) / Number(s.denominator));
  expect(new Set([first, second, third]).size).toBe(3);
  expect(fourth).toBe(first);
  const integer = octavInteger(values, p);
  expect(integer).toMatchObject({ cycle: false, converged: false, rounds: 10 });
  expect(exact.history.some((s) => equal(s, integer.exact))).toBe(true);
});
