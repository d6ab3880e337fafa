import { describe, expect, it } from "vitest";
import { InputError } from "./input-error.ts";
import { vectorMacParameters } from "./mac-parameters.ts";

function refusal(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("combinations", () => {
  it.each([
    [{ elementBits: 8 }, /wideBits 8 is not above elementBits 8.*set wideBits to 9..16/],
    [{ elementBits: 16, wideBits: 16, accumulatorBits: 48 }, /set it to 0/],
    [{ vectorSize: 3 }, /3 x 4 = 12 bits does not divide into wide elements of 8 bits/],
    [{ scaleBits: 3 }, /scaleProductBits 8 is more than the product of two 3-bit scales has; the most is 6/],
    [{ accumulatorBits: 13, wideBits: 0 }, /cannot hold one dot product of 64 elements of 4 bits.*it needs 14 bits/],
    [{ accumulatorBits: 20 }, /cannot hold one wide dot product of 32 elements of 8 bits.*it needs 21 bits/],
  ])("refuses %j with a reason", (input, reason) => {
    expect(refusal(() => vectorMacParameters.parse(input)).problems).toEqual([expect.stringMatching(reason)]);
  });

  it("accepts the edges", () => {
    vectorMacParameters.parse({ accumulatorBits: 21 });
    vectorMacParameters.parse({ accumulatorBits: 14, wideBits: 0 });
    vectorMacParameters.parse({ scaleProductBits: 16 });
    vectorMacParameters.parse({ vectorSize: 1, wideBits: 0, elementBits: 2, accumulatorBits: 4 });
    vectorMacParameters.parse({ vectorSize: 1024, wideBits: 0, elementBits: 16, accumulatorBits: 42 });
  });
});
