import { describe, expect, it } from "vitest";
import { roundScaleProduct } from "./scale-product.ts";

const chip = { scaleBits: 8, scaleProductBits: 8 };

/** The rule in unbounded integers. */
function reference(a: number, b: number, scaleBits: number, scaleProductBits: number): number {
  const shift = BigInt(2 * scaleBits - scaleProductBits);
  const product = BigInt(a) * BigInt(b);
  if (shift === 0n) return Number(product);
  const rounded = (product + (1n << (shift - 1n))) >> shift;
  const largest = (1n << BigInt(scaleProductBits)) - 1n;
  return Number(rounded > largest ? largest : rounded);
}

describe("rounded scale product", () => {
  it("is right for all 65536 pairs of the chip, of which 1.75 % are zero: those below 128", () => {
    let zeros = 0;
    for (let a = 0; a < 256; a++) {
      for (let b = 0; b < 256; b++) {
        const r = roundScaleProduct(a, b, chip);
        if (r !== reference(a, b, 8, 8)) expect.fail(`${a} x ${b} gave ${r}`);
        if (r > 254) expect.fail(`${a} x ${b} is above 254`);
        if ((r === 0) !== a * b < 128) expect.fail(`${a} x ${b} = ${a * b} rounds to ${r}`);
        if (r === 0) zeros++;
      }
    }
    expect((100 * zeros) / 65536).toBeCloseTo(1.75, 2);
  });

  it.each([
    [255, 255, 254],
    [254, 255, 253],
    [254, 254, 252],
    [254, 191, 190],
    [254, 64, 64],
    [128, 1, 1],
    [127, 1, 0],
    [16, 8, 1],
    [0, 255, 0],
    [1, 1, 0],
  ])("%i x %i keeps %i", (a, b, r) => {
    expect(roundScaleProduct(a, b, chip)).toBe(r);
    expect(roundScaleProduct(b, a, chip)).toBe(r);
  });

  it("is right for every pair at every small width, stopping at 2^R - 1 where rounding would reach 2^R", () => {
    let stopped = 0;
    for (let scaleBits = 1; scaleBits <= 5; scaleBits++) {
      for (let scaleProductBits = 1; scaleProductBits <= 2 * scaleBits; scaleProductBits++) {
        const top = 2 ** scaleBits - 1;
        for (let a = 0; a <= top; a++) {
          for (let b = 0; b <= top; b++) {
            const r = roundScaleProduct(a, b, { scaleBits, scaleProductBits });
            if (r !== reference(a, b, scaleBits, scaleProductBits))
              expect.fail(`${a} x ${b}, ${scaleBits}, ${scaleProductBits}`);
          }
        }
        if (scaleProductBits <= scaleBits - 2) stopped++;
      }
    }
    expect(stopped).toBe(6);
    expect(roundScaleProduct(255, 255, { scaleBits: 8, scaleProductBits: 4 })).toBe(15);
  });

  it("keeps the whole product when R = 2M, up to 16-bit scales", () => {
    expect(roundScaleProduct(65535, 65535, { scaleBits: 16, scaleProductBits: 32 })).toBe(4294836225);
    expect(roundScaleProduct(65535, 65535, { scaleBits: 16, scaleProductBits: 31 })).toBe(2147418113);
  });
});
