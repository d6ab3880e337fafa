import { isReserved } from "../ir/reserved-words.ts";
import type { ModuleContext } from "./context.ts";

interface Named {
  readonly base: string;
  readonly suffix?: string;
  readonly group: number;
}

/** The names of what a module declares, in the order of the drafts. */
export interface FinalNames {
  readonly wires: readonly string[];
  readonly registers: readonly string[];
  readonly memories: readonly string[];
  readonly instances: readonly string[];
  readonly properties: readonly string[];
}

/**
 * Gives every declaration its name: the one in the code when it is alone, `name_0`, `name_1`, … when one line of code
 * declared several (a loop, or a helper called more than once). Port names are never given away: a register that bears
 * the name of a port (often the value on its way out) gets `_reg` behind it, and so does one that bears a word reserved
 * in Verilog; likewise `_wire`, `_memory`, `_instance`.
 */
export function finalNames(context: ModuleContext, ports: readonly string[]): FinalNames {
  const groupsByBase = new Map<string, Map<number, number>>();
  const { wires, registers, memories, instances, properties } = context;
  const all: readonly Named[] = [...wires, ...registers, ...memories, ...instances, ...properties];
  for (const { base, group } of all) {
    const groups = groupsByBase.get(base) ?? new Map<number, number>();
    if (!groups.has(group)) groups.set(group, groups.size);
    groupsByBase.set(base, groups);
  }
  const clocking = context.domains.flatMap(({ clock, reset }) => [clock, reset]);
  const taken = new Set<string>([...ports, ...clocking, "clock", "reset"]);
  const claim = (wanted: string, ending: string): string => {
    let name = wanted;
    while (taken.has(name) || isReserved(name)) name = `${name}${ending}`;
    taken.add(name);
    return name;
  };
  const nameOf = ({ base, suffix = "", group }: Named, ending: string): string => {
    const groups = groupsByBase.get(base)!;
    const number = groups.size > 1 ? `_${groups.get(group)}` : "";
    return claim(`${base}${number}${suffix}`, ending);
  };
  return {
    wires: wires.map((draft) => nameOf(draft, "_wire")),
    registers: registers.map((draft) => nameOf(draft, "_reg")),
    memories: memories.map((draft) => nameOf(draft, "_memory")),
    instances: instances.map((draft) => nameOf(draft, "_instance")),
    properties: properties.map((draft) => nameOf(draft, "_property")),
  };
}
