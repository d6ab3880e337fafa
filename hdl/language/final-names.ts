import { plainName, plainText } from "../ir/plain-name.ts";
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
 * in Verilog; likewise `_wire`, `_memory`, `_instance`. What TypeScript allows in a name and Verilog does not is spelled
 * out or left away.
 */
export function finalNames(context: ModuleContext, ports: readonly string[]): FinalNames {
  const groupsByBase = new Map<string, Map<number, number>>();
  const { wires, registers, memories, instances, properties } = context;
  const plain = new Map<Named, string>();
  const spell = (drafts: readonly Named[], nothing: string): void => {
    for (const draft of drafts) plain.set(draft, plainName(draft.base) ?? nothing);
  };
  spell(wires, "wire");
  spell(registers, "register");
  spell(memories, "memory");
  for (const draft of instances) spell([draft], draft.module.name);
  spell(properties, "property");
  for (const [{ group }, base] of plain) {
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
  const nameOf = (draft: Named, ending: string): string => {
    const base = plain.get(draft)!;
    const groups = groupsByBase.get(base)!;
    const number = groups.size > 1 ? `_${groups.get(draft.group)}` : "";
    return claim(`${base}${number}${plainText(draft.suffix ?? "")}`, ending);
  };
  return {
    wires: wires.map((draft) => nameOf(draft, "_wire")),
    registers: registers.map((draft) => nameOf(draft, "_reg")),
    memories: memories.map((draft) => nameOf(draft, "_memory")),
    instances: instances.map((draft) => nameOf(draft, "_instance")),
    properties: properties.map((draft) => nameOf(draft, "_property")),
  };
}
