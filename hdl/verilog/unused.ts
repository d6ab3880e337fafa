import { ceilLog2 } from "../types/index.ts";
import type { Expression, Item, PortDeclaration, VerilogSymbol } from "./ast.ts";
import { select } from "./ast.ts";
import { forEachItemRead, type Reading } from "./expression-walk.ts";
import { SymbolTable } from "./symbol-table.ts";

/** What is read of a declared thing: all of it, or ranges of bits. */
type Reads = "all" | [low: number, high: number][];

/** What the items read of each declared thing; of a memory any word is all of it. */
function readsOf(items: readonly Item[]): (symbol: VerilogSymbol) => Reads | undefined {
  const table = new SymbolTable();
  const reads: (Reads | undefined)[] = [];
  const read = (reading: Reading): void => {
    const symbol = reading.kind === "word" ? reading.memory : reading.symbol;
    const number = table.add(symbol);
    const known = reads[number];
    if (known === "all") return;
    if (reading.kind !== "select" || (reading.low === 0 && reading.high === symbol.width - 1)) reads[number] = "all";
    else if (known) known.push([reading.low, reading.high]);
    else reads[number] = [[reading.low, reading.high]];
  };
  for (const item of items) forEachItemRead(item, read);
  return (symbol) => reads[table.numberOf(symbol)];
}

/** The bits of `width` that no range covers, the highest first. */
function gaps(width: number, ranges: readonly (readonly [number, number])[]): [low: number, high: number][] {
  const missing: [number, number][] = [];
  let next = 0;
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (low > next) missing.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next < width) missing.push([next, width - 1]);
  return missing.reverse();
}

/**
 * The bits of input ports and of the nets, registers and memories that `items` declare which none of `readers` reads. Gathered in one net, they no
 * longer count as forgotten for a linter.
 */
export function unreadBits(
  ports: readonly PortDeclaration[],
  items: readonly Item[],
  readers: readonly Item[] = items,
): Expression[] {
  const reads = readsOf(readers);
  const unread: Expression[] = [];
  const look = (symbol: VerilogSymbol): void => {
    const read = reads(symbol) ?? [];
    if (read === "all") return;
    for (const [low, high] of gaps(symbol.width, read)) unread.push(select(symbol, high, low));
  };
  for (const port of ports) if (port.direction === "input") look(port.symbol);
  for (const item of items) {
    if (item.kind === "net") look(item.symbol);
    if (item.kind === "memory" && reads(item.symbol) === undefined) {
      const bits = Math.max(1, ceilLog2(item.depth));
      const zero: Expression = { kind: "literal", value: 0n, width: bits, signed: false };
      unread.push({ kind: "word", memory: item.symbol, address: zero });
    }
  }
  return unread;
}

/** The reading of all those bits: `&{1'b0, p[6:0], q[3]}`. */
export function unreadValue(unread: readonly Expression[]): Expression {
  const zero: Expression = { kind: "literal", value: 0n, width: 1, signed: false };
  return { kind: "unary", operator: "&", operand: { kind: "concatenation", parts: [zero, ...unread] } };
}
