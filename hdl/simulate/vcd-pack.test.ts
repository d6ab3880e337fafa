import fc from "fast-check";
import { expect, it } from "vitest";
import { packElements } from "./vcd-pack.ts";

it("puts element 0 lowest and takes each element modulo 2^width", () => {
  expect(packElements([1, 2, -1], 4)).toBe(0xf21n);
  expect(packElements(Int32Array.of(-1, 0), 32)).toBe(0xffffffffn);
  expect(packElements([5n, -1n], 40)).toBe((0xffffffffffn << 40n) | 5n);
  expect(packElements([], 4)).toBe(0n);
});

it("is the sum of element · 2^(width·index) at every width", () => {
  const values = fc.array(fc.integer(), { maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 70 }), (list, width) => {
      let sum = 0n;
      list.forEach((value, i) => {
        const modulus = 2n ** BigInt(width);
        const rest = ((BigInt(value) % modulus) + modulus) % modulus;
        sum += rest * modulus ** BigInt(i);
      });
      expect(packElements(list, width)).toBe(sum);
    }),
  );
});
