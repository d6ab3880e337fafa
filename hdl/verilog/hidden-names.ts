import type { ModuleNetlist } from "../ir/index.ts";
import type { VerilogModule } from "./ast.ts";

/** All that a module declares in its text, but for its instances. */
export function declaredNames({ ports, items }: VerilogModule): ReadonlySet<string> {
  const names = new Set(ports.map(({ symbol }) => symbol.name));
  const look = (inside: VerilogModule["items"]): void => {
    for (const item of inside) {
      if (item.kind === "net" || item.kind === "memory" || item.kind === "localparam") names.add(item.symbol.name);
      if (item.kind !== "properties") continue;
      look(item.items);
      for (const { count } of item.properties) if (count) names.add(count.name);
    }
  };
  look(items);
  return names;
}

/** The same for a module that others wrote: its ports, and every word of its sources. */
export function wordsOf({ ports, external }: ModuleNetlist): ReadonlySet<string> {
  const texts = (external?.sources ?? []).flatMap(({ text }) => text.match(/[A-Za-z_][\w$]*/g) ?? []);
  return new Set([...ports.map(({ name }) => name), ...texts]);
}

/**
 * The module with a mark on each instance whose name is also declared in the module that it is of. That is legal, and both
 * names are as the user wrote them, but Verilator takes the inner one for a mistake (VARHIDDEN).
 */
export function markHidden(module: VerilogModule, namesIn: ReadonlyMap<string, ReadonlySet<string>>): VerilogModule {
  const items = module.items.map((item) =>
    item.kind === "instance" && namesIn.get(item.module)?.has(item.name) ? { ...item, hidden: true } : item,
  );
  return { ...module, items };
}
