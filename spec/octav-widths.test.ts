import { describe, expect, it } from "vitest";
import { octavUnitParameters } from "./octav-parameters.ts";
import { octavSchedule, octavVectorInterval, octavVectorLatency, octavWidths } from "./octav-widths.ts";

describe("widths", () => {
  it("of 64 elements of 16 bits at 4 bits", () => {
    expect(octavWidths(octavUnitParameters.defaults, 64)).toEqual({
      largestMagnitude: 32768,
      magnitudeBits: 16,
      thresholdBits: 15,
      countBits: 7,
      sumBits: 22,
      weightShift: 8,
      numeratorBits: 31,
      denominatorBits: 16,
      clipBits: 20,
      roundBits: 4,
    });
  });

  it("hold the extremes, and one bit less does not", () => {
    for (const unsigned of [false, true]) {
      for (const inputBits of [2, 3, 8, 16, 24]) {
        for (const elementBits of [2, 4, 8]) {
          for (const elements of [1, 2, 3, 64, 65, 2 ** 24]) {
            const core = { inputBits, elementBits, unsigned, fractionBits: 3, iterations: 10 };
            const w = octavWidths(core, elements);
            const largest = unsigned ? (1n << BigInt(inputBits)) - 1n : 1n << BigInt(inputBits - 1);
            const weight = (unsigned ? 12n : 3n) * 4n ** BigInt(elementBits);
            expect(BigInt(w.largestMagnitude)).toBe(largest);
            expect(weight).toBe(3n << BigInt(w.weightShift));
            const sum = largest * BigInt(elements);
            for (const [value, bits] of [
              [sum, w.sumBits],
              [weight * sum, w.numeratorBits],
              [weight * BigInt(elements), w.denominatorBits],
              [BigInt(elements), w.countBits],
            ] as const) {
              expect(BigInt.asUintN(bits, value)).toBe(value);
              expect(BigInt.asUintN(bits - 1, value)).not.toBe(value);
            }
            expect(largest << 3n < 1n << BigInt(w.clipBits)).toBe(true);
          }
        }
      }
    }
  });
});

describe("schedule", () => {
  const timing = (input: Record<string, unknown>): number[] => {
    const params = octavUnitParameters.parse(input);
    return [octavVectorLatency(params), octavVectorInterval(params), octavSchedule(params).engines];
  };

  it("is 12 cycles iterative, 1 between vectors pipelined", () => {
    expect(timing({})).toEqual([12, 12, 1]);
    expect(timing({ pipelined: true })).toEqual([12, 1, 11]);
    expect(timing({ unroll: 4 })).toEqual([4, 4, 1]);
    expect(timing({ unroll: 11 })).toEqual([2, 2, 1]);
    expect(timing({ pipelined: true, interval: 4 })).toEqual([13, 4, 3]);
    expect(timing({ pipelined: true, interval: 16 })).toEqual([12, 11, 1]);
    expect(timing({ pipelined: true, unroll: 11 })).toEqual([2, 1, 1]);
  });

  it("has room for every pass", () => {
    for (let iterations = 1; iterations <= 15; iterations++) {
      for (let unroll = 1; unroll <= iterations + 1; unroll++) {
        for (let interval = 1; interval <= 16; interval++) {
          for (const pipelined of [false, true]) {
            const { cycles, engines, passes } = octavSchedule({ iterations, unroll, interval, pipelined });
            expect(cycles * engines * unroll).toBeGreaterThanOrEqual(passes);
            if (pipelined) expect(cycles).toBeLessThanOrEqual(interval);
            else expect(engines).toBe(1);
          }
        }
      }
    }
  });
});

describe("parameters", () => {
  it.each([
    [{ unroll: 12 }, /unroll 12 is more than the 11 passes/],
    [{ elementBits: 9 }, /elementBits is 9; it must be an integer from 2 to 8/],
    [{ divider: "srt" }, /one of restoring, newton/],
  ])("refuses %j", (input, reason) => {
    expect(() => octavUnitParameters.parse(input)).toThrow(reason);
  });
});
