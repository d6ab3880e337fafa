import type { BlifCell, BlifModel } from "./blif.ts";
import type { CellArcs } from "./cell-arcs.ts";

/** Nets with a name of the source, by the only input of the gate that drives them. */
export function namesBehindInverters(
  model: BlifModel,
  arcs: (type: string) => CellArcs | undefined,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const cell of model.cells) {
    const known = cell.pins.length === 2 ? arcs(cell.type) : undefined;
    if (known === undefined || known.stops) continue;
    const input = cell.pins.find(([pin]) => !known.outputs.includes(pin));
    const output = cell.pins.find(([pin]) => known.outputs.includes(pin));
    const name = model.netNames[output?.[1] ?? -1] ?? "$";
    if (input !== undefined && !name.includes("$")) names.set(input[1], name);
  }
  return names;
}

/**
 * A register is called after its output, or after the inverter behind it where a library has inverted outputs only. When
 * that inverter has become part of other gates, the name of the source is lost.
 */
export function nameOfRegister(
  cell: BlifCell,
  outputs: readonly string[],
  model: BlifModel,
  readable: ReadonlyMap<number, string>,
): string {
  const nets = cell.pins.filter(([pin]) => outputs.includes(pin)).map(([, net]) => net);
  const names = nets.map((net) => model.netNames[net] ?? "$");
  const behind = nets.flatMap((net) => readable.get(net) ?? []);
  return names.find((name) => !name.includes("$")) ?? behind[0] ?? `(unnamed ${cell.type})`;
}
