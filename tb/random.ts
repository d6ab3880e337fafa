/** Seeded random whole numbers (xoshiro128**): the same seed gives the same stream on every machine. */
export class Random {
  readonly #state: Uint32Array;

  /** @param seed a whole number; its low 32 bits count. */
  constructor(seed: number) {
    // SplitMix32 spreads a small seed over the whole state.
    this.#state = new Uint32Array(4);
    let mixed = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let z = mixed;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.#state[i] = (z ^ (z >>> 16)) >>> 0;
    }
  }

  /** 32 random bits as an unsigned number. */
  next(): number {
    const s = this.#state;
    const scrambled = Math.imul(s[1]!, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }

  /** A whole number from `min` to `max`, both included; the range may span up to 2^53. */
  integer(min: number, max: number): number {
    const span = max - min + 1;
    if (span <= 2 ** 32) return min + Math.floor((this.next() / 2 ** 32) * span);
    return min + Math.floor(((this.next() * 2 ** 21 + (this.next() >>> 11)) / 2 ** 53) * span);
  }

  /** True once in `count` times on average. */
  oneIn(count: number): boolean {
    return this.next() < 2 ** 32 / count;
  }

  /** One of the choices. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)]!;
  }
}
