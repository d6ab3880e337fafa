import { rangeOf } from "../../types/index.ts";

/** A small seeded generator (mulberry32): the same seed gives the same sequence on every machine. */
export class RandomSource {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** Uniform in 0 .. 2^32 − 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Uniform in `low` .. `high`, both included. */
  int(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)]!;
  }

  /** The items in a random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  /** A value in range; one time in four a corner (0, 1, −1, the smallest, the largest). */
  value(width: number, signed: boolean): bigint {
    const { min, max } = rangeOf(width, signed);
    if (this.chance(0.25)) {
      const corners = [0n, 1n, -1n, min, max].filter((v) => v >= min && v <= max);
      return this.pick(corners);
    }
    let bits = 0n;
    for (let have = 0; have < width; have += 32) bits = (bits << 32n) | BigInt(this.next());
    return signed ? BigInt.asIntN(width, bits) : BigInt.asUintN(width, bits);
  }
}
