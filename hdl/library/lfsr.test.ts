import { expect, test } from "vitest";
import { input, Module, output } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { bit, uint } from "../types/index.ts";
import { type LfsrOptions, lfsr, primitivePolynomials } from "./lfsr.ts";

class Lfsr extends Module<LfsrOptions> {
  readonly state = output(uint(this.params.width));
  build(): void {
    this.state.value = lfsr(this.params);
  }
}

/** a · b modulo the polynomial, coefficients in GF(2). */
function multiply(a: bigint, b: bigint, polynomial: bigint, width: number): bigint {
  let product = 0n;
  for (let power = a, rest = b; rest > 0n; rest >>= 1n) {
    if (rest & 1n) product ^= power;
    power <<= 1n;
    if (power >> BigInt(width)) power ^= polynomial;
  }
  return product;
}

function power(exponent: bigint, polynomial: bigint, width: number): bigint {
  let result = 1n;
  for (let square = 2n, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(result, square, polynomial, width);
    square = multiply(square, square, polynomial, width);
  }
  return result;
}

function primeFactors(n: bigint): bigint[] {
  const factors: bigint[] = [];
  for (let p = 2n, rest = n; rest > 1n; p++) {
    if (p * p > rest) return [...factors, rest];
    if (rest % p === 0n) factors.push(p);
    while (rest % p === 0n) rest /= p;
  }
  return factors;
}

test("every polynomial of the table is primitive: x has the order 2^w - 1", () => {
  for (const [key, exponents] of Object.entries(primitivePolynomials)) {
    const width = Number(key);
    const polynomial = exponents.reduce((sum, k) => sum | (1n << BigInt(k)), (1n << BigInt(width)) | 1n);
    const order = (1n << BigInt(width)) - 1n;
    expect(power(order, polynomial, width), `width ${width}`).toBe(1n);
    for (const factor of primeFactors(order)) {
      if (factor < order) expect(power(order / factor, polynomial, width), `width ${width}, / ${factor}`).not.toBe(1n);
    }
  }
});

test.each([2, 3, 4, 5, 8, 12])("a register of %i bits visits every state but 0 once", async (width) => {
  const bench = await simulate(new Lfsr({ width }));
  bench.reset();
  const seen = new Set<number>();
  for (let step = 0; step < 2 ** width - 1; step++) {
    seen.add(bench.out.state);
    bench.step();
  }
  expect(seen.size).toBe(2 ** width - 1);
  expect(seen.has(0)).toBe(false);
  expect(bench.out.state).toBe(1);
  bench.close();
});

test("wrong options are refused in words", async () => {
  await expect(simulate(new Lfsr({ width: 40 }))).rejects.toThrow("no polynomial is known for 40 bits");
  await expect(simulate(new Lfsr({ width: 8, taps: [8] }))).rejects.toThrow("tap 8 lies outside 1 to 7");
  await expect(simulate(new Lfsr({ width: 8, seed: 0 }))).rejects.toThrow("from 0 the state never moves");
});

class Loaded extends Module<{ gated: boolean }> {
  readonly enable = input(bit);
  readonly load = input(bit);
  readonly value = input(uint(8));
  readonly state = output(uint(8));
  build(): void {
    const load = { when: this.load, value: this.value };
    this.state.value = lfsr({ width: 8, seed: 5, load, ...(this.params.gated ? { enable: this.enable } : {}) });
  }
}

test.each([true, false])("a state is loaded, the seed in place of 0; with an enable: %s", async (gated) => {
  const bench = await simulate(new Loaded({ gated }));
  const plain = await simulate(new Lfsr({ width: 8, seed: 5 }));
  for (const each of [bench, plain]) each.reset();
  bench.in.enable = 1;
  bench.step(7);
  plain.step(7);
  expect(bench.out.state).toBe(plain.out.state);
  bench.in.load = 1;
  bench.in.enable = 0;
  bench.in.value = 0x9a;
  bench.step();
  expect(bench.out.state).toBe(0x9a);
  bench.in.value = 0;
  bench.step();
  expect(bench.out.state).toBe(5);
  bench.in.load = 0;
  bench.step();
  plain.reset();
  plain.step(gated ? 0 : 1);
  expect(bench.out.state).toBe(plain.out.state);
  for (const each of [bench, plain]) each.close();
});
