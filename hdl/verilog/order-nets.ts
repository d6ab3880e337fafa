import { HighestFirst } from "../ir/index.ts";
import type { ContinuousAssignment, NetDeclaration, VerilogSymbol } from "./ast.ts";
import { forEachRead } from "./expression-walk.ts";
import { MinHeap } from "./min-heap.ts";
import { familyOf } from "./names.ts";
import { SymbolTable } from "./symbol-table.ts";

type Net = NetDeclaration | ContinuousAssignment;

const targetOf = (net: Net): VerilogSymbol => (net.kind === "net" ? net.symbol : net.target);

/**
 * The nets so ordered that each stands after those it reads and that families (`products_0`, `products_1`, …) stay
 * together: as long as a member of the current family may follow, it does; then the family whose first net was made
 * earliest comes.
 */
export function orderNets(nets: readonly Net[]): Net[] {
  const targets = new SymbolTable();
  /** The net that drives each target. */
  const netOf: number[] = [];
  nets.forEach((net, i) => {
    netOf[targets.add(targetOf(net))] = i;
  });
  const families = nets.map((net) => familyOf(targetOf(net).name));
  const missing = new Int32Array(nets.length);
  const readers: (number[] | undefined)[] = new Array(nets.length).fill(undefined);
  // The last net that was found to read each, so that a second read in the same net does not count.
  const seenBy = new Int32Array(nets.length).fill(-1);
  nets.forEach((net, i) => {
    if (net.value === undefined) return;
    forEachRead(net.value, (reading) => {
      const target = reading.kind === "word" ? -1 : targets.numberOf(reading.symbol);
      if (target < 0) return;
      const from = netOf[target]!;
      if (from === i || seenBy[from] === i) return;
      seenBy[from] = i;
      const others = readers[from];
      if (others) others.push(i);
      else readers[from] = [i];
      missing[i]!++;
    });
  });

  // The queue gives the highest first, so it holds how far from the end each net was made.
  const ready = new HighestFirst(nets.length);
  const last = nets.length - 1;
  const readyOf = new Map<string, MinHeap>();
  const placed = new Array<boolean>(nets.length).fill(false);
  const offer = (i: number): void => {
    ready.push(last - i);
    const family = families[i]!;
    let heap = readyOf.get(family);
    if (heap === undefined) {
      heap = new MinHeap();
      readyOf.set(family, heap);
    }
    heap.push(i);
  };
  nets.forEach((_, i) => {
    if (missing[i] === 0) offer(i);
  });

  const ordered: Net[] = [];
  let current: MinHeap | undefined;
  for (;;) {
    let next = current?.pop();
    if (next === undefined) {
      // Entries of the common queue stay behind when a family was served from its own.
      let place: number | undefined;
      do place = ready.pop();
      while (place !== undefined && placed[last - place]);
      if (place === undefined) return ordered;
      next = last - place;
      current = readyOf.get(families[next]!)!;
      next = current.pop()!;
    }
    placed[next] = true;
    ordered.push(nets[next]!);
    for (const reader of readers[next] ?? []) if (--missing[reader]! === 0) offer(reader);
  }
}
