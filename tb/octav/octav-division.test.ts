import { describe, expect, test } from "vitest";
import { OctavFraction, type OctavFractionParameters } from "../../generators/octav/octav-fraction.ts";
import { OctavNewton } from "../../generators/octav/octav-newton.ts";
import { roundFraction } from "../../golden/index.ts";
import { compile, engineNames, startEngine } from "../../hdl/index.ts";
import type { EngineValues } from "../../hdl/simulate/engine.ts";
import { Random } from "../random.ts";

const dividers = { restoring: OctavFraction, newton: OctavNewton };

function widths(thresholdBits: number, denominatorBits: number, fractionBits: number): OctavFractionParameters {
  return { thresholdBits, denominatorBits, fractionBits, clipBits: thresholdBits + fractionBits + 1 };
}

/** The clip for N = q·D + rest, rest from 1 to D. */
function expected(q: bigint, rest: bigint, d: bigint, fractionBits: number): bigint {
  return roundFraction({ numerator: q * d + rest, denominator: d }, fractionBits);
}

describe.each(Object.entries(dividers))("%s", (name, Divider) => {
  test.each([0, 1, 2, 4, 7])("every remainder and divisor of up to 8 bits, %i fraction bits", async (fractionBits) => {
    // A denominator of OCTAV is at least W = 48, so the reciprocal need not cope with less than 4 bits.
    for (const denominatorBits of name === "newton" ? [4, 6, 8] : [1, 2, 3, 5, 8]) {
      const engine = await startEngine(compile(new Divider(widths(3, denominatorBits, fractionBits))));
      for (let d = 1; d < 2 ** denominatorBits; d++) {
        for (let remainder = 0; remainder < d; remainder++) {
          engine.write(0, [5]);
          engine.write(1, [remainder]);
          engine.write(2, [d]);
          const clip = Number(engine.read(0)[0]);
          const wanted = Number(expected(5n, BigInt(remainder + 1), BigInt(d), fractionBits));
          if (clip !== wanted) throw new Error(`${remainder + 1}/${d}: ${clip}, not ${wanted}`);
        }
      }
      engine.dispose();
    }
  });

  test.each([
    [15, 16, 4],
    [15, 31, 4],
    [14, 32, 16],
    [20, 30, 10],
    // Beyond 32 bits, for long enough to be optimised.
    [24, 43, 16],
    [20, 33, 10],
  ])("large ones at random and in corners: %i, %i, %i bits", async (thresholdBits, denominatorBits, fractionBits) => {
    const params = widths(thresholdBits, denominatorBits, fractionBits);
    const engine = await startEngine(compile(new Divider(params)));
    const random = new Random(3);
    const most = 2 ** denominatorBits - 1;
    const wide = (value: number): EngineValues => (denominatorBits > 32 ? [BigInt(value)] : [value]);
    for (let i = 0; i < 4000; i++) {
      const d = random.oneIn(8)
        ? random.pick([1, 2, 3, most, most - 1, (most + 1) / 2])
        : random.integer(1, random.integer(1, most));
      // Near ties of the last bit half of the time: the middle between two quotients times d.
      const half = random.integer(0, 2 ** fractionBits - 1) + 0.5;
      const near = Math.round((half * d) / 2 ** fractionBits) + random.integer(-1, 1);
      const rest = Math.min(d, Math.max(1, random.oneIn(2) ? near : random.integer(1, d)));
      const q = random.integer(0, 2 ** thresholdBits - 1);
      engine.write(0, [q]);
      engine.write(1, wide(rest - 1));
      engine.write(2, wide(d));
      expect(BigInt(engine.read(0)[0]!), `${q} + ${rest}/${d}`).toBe(
        expected(BigInt(q), BigInt(rest), BigInt(d), fractionBits),
      );
    }
    engine.dispose();
  });
});

test("both in every engine, at chip size", async () => {
  const params = widths(15, 16, 4);
  for (const engineName of engineNames) {
    for (const Divider of Object.values(dividers)) {
      const engine = await startEngine(compile(new Divider(params)), { engine: engineName });
      for (const [q, rest, d] of [
        [0, 1, 65535],
        [32767, 775, 775],
        [7, 719, 775],
        [7, 1, 32],
        [7, 31, 32],
      ] as const) {
        engine.write(0, [q]);
        engine.write(1, [rest - 1]);
        engine.write(2, [d]);
        expect(Number(engine.read(0)[0])).toBe(Number(expected(BigInt(q), BigInt(rest), BigInt(d), 4)));
      }
      engine.dispose();
    }
  }
});
