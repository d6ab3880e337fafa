import type { VerilogModule } from "./ast.ts";

/** The registers of a module that count covers, by the name of the cover's property. */
export function coverCounters({ items }: VerilogModule): ReadonlyMap<string, string> {
  const counters = new Map<string, string>();
  for (const item of items) {
    if (item.kind !== "properties") continue;
    for (const { name, count } of item.properties) if (count !== undefined) counters.set(name, count.name);
  }
  return counters;
}
