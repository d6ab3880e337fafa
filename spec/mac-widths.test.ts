import { describe, expect, it } from "vitest";
import { vectorMacParameters } from "./mac-parameters.ts";
import { collectorIndexBits, macArrayLatency, macWidths, vectorMacLatency } from "./mac-widths.ts";

describe("widths", () => {
  it("are the chip's", () => {
    expect(macWidths(vectorMacParameters.defaults)).toEqual({
      vectorBits: 256,
      productBits: 8,
      dotBits: 14,
      wideCount: 32,
      wideProductBits: 16,
      wideDotBits: 21,
      scaleProductFullBits: 16,
      scaleShift: 8,
      scaleProductOverflows: false,
      scaledBits: 22,
    });
    expect(collectorIndexBits({ collectorDepth: 16 })).toBe(4);
  });

  it("hold the extreme dot products exactly, and one bit less does not", () => {
    for (const vectorSize of [1, 2, 3, 5, 16, 63, 64, 65, 1000, 1024]) {
      for (let elementBits = 2; elementBits <= 16; elementBits++) {
        const most = BigInt(vectorSize) * (1n << BigInt(2 * elementBits - 2));
        const { dotBits } = macWidths({ vectorSize, elementBits });
        expect(BigInt.asIntN(dotBits, most)).toBe(most);
        expect(BigInt.asIntN(dotBits - 1, most)).not.toBe(most);
      }
    }
  });

  it("know when the rounded scale product overflows", () => {
    for (let scaleBits = 1; scaleBits <= 16; scaleBits++) {
      for (let scaleProductBits = 1; scaleProductBits < 2 * scaleBits; scaleProductBits++) {
        const largest = (1n << BigInt(scaleBits)) - 1n;
        const shift = BigInt(2 * scaleBits - scaleProductBits);
        const rounded = (largest * largest + (1n << (shift - 1n))) >> shift;
        expect(macWidths({ vectorSize: 1, elementBits: 4, scaleBits, scaleProductBits }).scaleProductOverflows).toBe(
          rounded >= 1n << BigInt(scaleProductBits),
        );
      }
    }
  });

  it("give an index port at every depth", () => {
    const bits = [1, 2, 3, 4, 5, 16, 17, 256].map((collectorDepth) => collectorIndexBits({ collectorDepth }));
    expect(bits).toEqual([1, 1, 2, 2, 3, 4, 5, 8]);
  });

  it("count the cycles", () => {
    expect(vectorMacLatency({ pipelineStages: 3 })).toBe(3);
    expect(macArrayLatency({ pipelineStages: 0 })).toBe(1);
  });
});
