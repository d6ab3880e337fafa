import type { Diagnostic } from "../diagnostics/index.ts";
import { type ModuleNetlist, statedProperties } from "../ir/index.ts";
import type { ReadBits } from "./read-bits.ts";

/** Complaints about children of which no output is read and that assert nothing (LS0210) and memories that are only read or only written (LS0211). */
export function checkUnusedParts(module: ModuleNetlist, read: ReadBits): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { id, name, module: child, source } of module.instances) {
    // A child without outputs is told of where its class is.
    if (
      read.instances.has(id) ||
      statedProperties(child).length > 0 ||
      !child.ports.some(({ direction }) => direction === "output")
    )
      continue;
    found.push({
      code: "LS0210",
      severity: "warning",
      message: `no output of instance \`${name}\` (${child.name}) is read: it has no effect`,
      signal: name,
      module: module.name,
      places: source ? [{ source, note: "put in place here" }] : [],
      hint: "read an output of it, or take it out",
    });
  }
  for (const memory of module.memories) {
    const { id, name, writes, source } = memory;
    const places = source ? [{ source, note: "declared here" }] : [];
    const common = { code: "LS0211", severity: "warning", signal: name, module: module.name, places } as const;
    if (!read.memories.has(id)) {
      found.push({
        ...common,
        message: `memory \`${name}\` is never read: nothing that leaves the module depends on it`,
        hint: "read it, or take it out",
      });
    } else if (writes.length === 0 && memory.init === undefined) {
      found.push({
        ...common,
        message: `memory \`${name}\` is never written and has no contents to begin with`,
        hint: "write it, or give it contents where it is declared",
      });
    }
  }
  return found;
}

/** A module that nothing can come out of (LS0212); one that asserts something is there for that. */
export function checkOutputs(module: ModuleNetlist): Diagnostic[] {
  if (module.ports.some(({ direction }) => direction === "output") || statedProperties(module).length > 0) return [];
  return [
    {
      code: "LS0212",
      severity: "warning",
      message: `${module.name} has no output, so nothing in it has an effect`,
      module: module.name,
      places: module.source ? [{ source: module.source, note: "its first port" }] : [],
      hint: "declare an output() and drive it in build()",
    },
  ];
}
