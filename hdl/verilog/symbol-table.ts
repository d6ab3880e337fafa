import type { VerilogSymbol } from "./ast.ts";

/**
 * Numbers for the symbols of a module in the order in which they are added. Each symbol notes its number, which is faster
 * than a map; so there is one such table at a time, and a new one makes those before it useless.
 */
export class SymbolTable {
  readonly #symbols: VerilogSymbol[] = [];

  /** The number of a symbol; −1 for one that was not added. */
  numberOf(symbol: VerilogSymbol): number {
    const { place = -1 } = symbol;
    return place >= 0 && this.#symbols[place] === symbol ? place : -1;
  }

  /** The number of a symbol, which is added when it is new. */
  add(symbol: VerilogSymbol): number {
    const known = this.numberOf(symbol);
    if (known >= 0) return known;
    symbol.place = this.#symbols.length;
    return this.#symbols.push(symbol) - 1;
  }
}
