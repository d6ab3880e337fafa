import { expect, test } from "vitest";
import {
  fittingReciprocalBits,
  fittingScaleFraction,
  vsqQuantizerLatency,
  vsqQuantizerParameters,
} from "./vsq-quantizer-parameters.ts";

const refused = (input: Record<string, unknown>, message: RegExp): void =>
  expect(() => vsqQuantizerParameters.parse(input)).toThrow(message);

test("the defaults are the chip's widths, exact, all elements at once", () => {
  expect(vsqQuantizerParameters.defaults).toEqual({
    vectorSize: 64,
    elementBits: 4,
    scaleBits: 8,
    inputBits: 16,
    scaleFraction: 4,
    beats: 1,
    pipelineStages: 0,
    architecture: "exact",
    reciprocalBits: 9,
    clip: false,
  });
});

test("combinations that cannot be built are refused with the reason", () => {
  refused({ beats: 3, vectorSize: 48 }, /beats is 3; it must be 1, 2, 4 or 8/);
  refused({ beats: 8, vectorSize: 20 }, /20 elements does not divide into 8 beats/);
  refused({ inputBits: 8, elementBits: 8 }, /nothing to quantise/);
  refused({ inputBits: 6, scaleFraction: 6 }, /the most is 5/);
  refused({ architecture: "reciprocal", reciprocalBits: 9, elementBits: 8 }, /it needs 10/);
  refused({ architecture: "fast" }, /one of exact, reciprocal/);
  // The exact architecture does not read reciprocalBits.
  expect(vsqQuantizerParameters.parse({ reciprocalBits: 9, elementBits: 8 }).elementBits).toBe(8);
});

test("a scale fraction that fits", () => {
  const fraction = (elementBits: number, inputBits = 16, scaleBits = 8): number =>
    fittingScaleFraction({ elementBits, inputBits, scaleBits });
  expect([3, 4, 5, 6, 7, 8].map((bits) => fraction(bits))).toEqual([5, 4, 3, 2, 1, 0]);
  expect(fraction(8, 12)).toBe(0);
  expect(fraction(4, 24, 3)).toBe(16);
});

test("reciprocal bits that fit are accepted at every width, and the default is one of them", () => {
  expect([3, 4, 8].map((elementBits) => fittingReciprocalBits({ elementBits }))).toEqual([8, 9, 13]);
  for (let elementBits = 3; elementBits <= 8; elementBits++) {
    const reciprocalBits = fittingReciprocalBits({ elementBits });
    vsqQuantizerParameters.parse({ architecture: "reciprocal", elementBits, reciprocalBits });
  }
});

test("latency counts from the last beat", () => {
  expect(vsqQuantizerLatency({ beats: 1, pipelineStages: 0 })).toBe(2);
  expect(vsqQuantizerLatency({ beats: 4, pipelineStages: 2 })).toBe(7);
});
