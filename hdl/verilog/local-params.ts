import { bitsFor, type Enumeration, memberOf } from "../types/index.ts";
import type { Item, LocalParameter, VerilogSymbol } from "./ast.ts";
import { forEachItemRead } from "./expression-walk.ts";
import type { Namer } from "./names.ts";
import type { ConstantValue } from "./value.ts";

/** `waitForAck` as constants are written: `WAIT_FOR_ACK`. */
function constantName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
}

const widthOf = ({ members }: Enumeration): number => bitsFor([...members.values()].at(-1)!, false);

const keyOf = ({ name, members }: Enumeration): string => `${name} ${[...members].join(" ")}`;

/** The members of enumerations that a module speaks of: `STATE_IDLE`, a `localparam` for each that is read. */
export class LocalParams {
  readonly #namer: Namer;
  /** By the text of the enumeration, so that two objects for the same one share their names. */
  readonly #symbols = new Map<string, Map<bigint, VerilogSymbol>>();
  readonly #keys = new Map<Enumeration, string>();

  constructor(namer: Namer) {
    this.#namer = namer;
  }

  /** The name of a constant that is a member at its full width; undefined for a plain number. */
  symbolFor({ enumeration, value, width, signed }: ConstantValue): VerilogSymbol | undefined {
    if (enumeration === undefined || signed || width !== widthOf(enumeration)) return undefined;
    const key = this.#keys.get(enumeration) ?? keyOf(enumeration);
    this.#keys.set(enumeration, key);
    let symbols = this.#symbols.get(key);
    if (symbols === undefined) {
      symbols = new Map();
      this.#symbols.set(key, symbols);
    }
    let symbol = symbols.get(value);
    if (symbol === undefined) {
      const member = memberOf(enumeration, value);
      if (member === undefined) return undefined;
      symbol = { name: "", width, signed: false, constant: { value, enumeration } };
      symbols.set(value, symbol);
      this.#namer.ask(symbol, `${constantName(enumeration.name)}_${constantName(member)}`);
    }
    return symbol;
  }

  /** The declarations of those that the items read, by enumeration and number. */
  itemsFor(items: readonly Item[]): LocalParameter[] {
    if (this.#symbols.size === 0) return [];
    const read = new Set<VerilogSymbol>();
    for (const item of items) {
      forEachItemRead(item, (reading) => {
        if (reading.kind === "identifier") read.add(reading.symbol);
      });
    }
    return [...this.#symbols.values()].flatMap((symbols) =>
      [...symbols]
        .filter(([, symbol]) => read.has(symbol))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([value, symbol]) => ({
          kind: "localparam" as const,
          symbol,
          value: { kind: "literal" as const, value, width: symbol.width, signed: false },
        })),
    );
  }
}
