/** Bits of a word. */
const wordBits = 32;

/**
 * A queue of numbers below a bound that gives the highest first; each stands in it at most once. A bit for each number,
 * and above them bits that tell which words are not empty, so that each step is a look at a few words.
 */
export class HighestFirst {
  readonly #levels: Int32Array[] = [];

  constructor(bound: number) {
    for (let size = bound; ; size = this.#levels.at(-1)!.length) {
      this.#levels.push(new Int32Array(Math.max(1, Math.ceil(size / wordBits))));
      if (this.#levels.at(-1)!.length === 1) break;
    }
  }

  push(value: number): void {
    let at = value;
    for (const level of this.#levels) {
      const word = at >>> 5;
      const before = level[word]!;
      level[word] = before | (1 << (at & 31));
      if (before !== 0) return;
      at = word;
    }
  }

  /** Takes the highest number out; undefined when there is none. */
  pop(): number | undefined {
    const levels = this.#levels;
    let at = 0;
    for (let i = levels.length - 1; i >= 0; i--) {
      const word = levels[i]![at]!;
      if (word === 0) return undefined;
      at = at * wordBits + (wordBits - 1 - Math.clz32(word));
    }
    let place = at;
    for (const level of levels) {
      const word = place >>> 5;
      level[word]! &= ~(1 << (place & 31));
      if (level[word] !== 0) break;
      place = word;
    }
    return at;
  }
}
