import { plainName } from "../ir/plain-name.ts";
import { isIdentifier, isReserved } from "../ir/reserved-words.ts";
import type { VerilogSymbol } from "./ast.ts";

export { isIdentifier, isReserved };

/** The nearest legal name to `text`, or undefined when nothing of it remains: `_x$1` gives `x1`, `reg` `reg_value`. */
export function identifierFrom(text: string): string | undefined {
  const bare = plainName(text);
  return bare !== undefined && isReserved(bare) ? `${bare}_value` : bare;
}

/** The name without the number of an element: `products_12` belongs to `products`. */
export function familyOf(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  return last >= 48 && last <= 57 ? name.replace(/(_\d+)+$/, "") : name;
}

/**
 * Unique names for one module. Declared names are claimed first and never change. Nets ask for a base name; when all
 * have asked, `settle` gives a base that one net asked for to that net, and `base_0`, `base_1`, … in the order of asking
 * where several did. A base that is taken becomes `base_value`.
 */
export class Namer {
  readonly #taken = new Set<string>();
  /** What stands before the number of the taken names that end in one. */
  readonly #numbered = new Set<string>();
  readonly #asked = new Map<string, VerilogSymbol[]>();

  /** Keeps a declared name for its owner. */
  claim(name: string): void {
    this.#taken.add(name);
    const numbered = /^(.*)_\d+$/.exec(name);
    if (numbered) this.#numbered.add(numbered[1]!);
  }

  /** Whether something declared has the name. */
  isClaimed(name: string): boolean {
    return this.#taken.has(name);
  }

  /** Asks for a name; `symbol.name` is `base` until `settle`. */
  ask(symbol: VerilogSymbol, base: string): void {
    symbol.name = base;
    const same = this.#asked.get(base);
    if (same) same.push(symbol);
    else this.#asked.set(base, [symbol]);
  }

  /** Gives every symbol that asked its final name. */
  settle(): void {
    // Bare names first: a name that a library has numbered already must not move for a family that counts up to it.
    for (const alone of [true, false]) {
      for (const [base, symbols] of this.#asked) {
        if ((symbols.length === 1) !== alone) continue;
        const name = this.#free(base, symbols.length);
        if (alone) {
          symbols[0]!.name = name;
          this.claim(name);
          continue;
        }
        symbols.forEach((symbol, i) => {
          symbol.name = `${name}_${i}`;
          this.#taken.add(symbol.name);
        });
        this.#numbered.add(name);
      }
    }
    this.#asked.clear();
  }

  #free(base: string, count: number): string {
    let name = base;
    while (!this.#isFree(name, count)) name = `${name}_value`;
    return name;
  }

  #isFree(name: string, count: number): boolean {
    if (count === 1) return !this.#taken.has(name) && !isReserved(name);
    if (!this.#numbered.has(name)) return true;
    for (let i = 0; i < count; i++) if (this.#taken.has(`${name}_${i}`)) return false;
    return true;
  }
}
