import type { Diagnostic, Place, Source } from "../diagnostics/index.ts";
import { type Design, holdsExternal, type ModuleNetlist, statedProperties } from "../ir/index.ts";
import type { ReadBits } from "./read-bits.ts";

/**
 * Complaints about children of which no output is read and that assert nothing (LS0210) and memories that are only read
 * or only written (LS0211).
 */
export function checkUnusedParts(module: ModuleNetlist, read: ReadBits): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { id, name, module: child, attributes, source } of module.instances) {
    // A child without outputs is told of where its class is. Nobody takes out what has an attribute, or Verilog that is
    // not ours, which may do more than drive its outputs.
    if (
      read.instances.has(id) ||
      holdsExternal(child) ||
      attributes !== undefined ||
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
    const { id, name, writes, attributes, source } = memory;
    const places = source ? [{ source, note: "declared here" }] : [];
    const common = { code: "LS0211", severity: "warning", signal: name, module: module.name, places } as const;
    if (!read.memories.has(id) && attributes === undefined) {
      found.push({
        ...common,
        message: `memory \`${name}\` is never read: nothing that leaves the module depends on it`,
        hint: "read it, or take it out",
      });
    } else if (read.memories.has(id) && writes.length === 0 && memory.init === undefined) {
      found.push({
        ...common,
        message: `memory \`${name}\` is never written and has no contents to begin with`,
        hint: "write it, or give it contents where it is declared",
      });
    }
  }
  return found;
}

/** The most useful place there is for a module as a whole. */
function placesOf(module: ModuleNetlist, design: Design, made: Source | undefined): Place[] {
  if (module.source) return [{ source: module.source, note: "its first port" }];
  if (module === design.top) return made ? [{ source: made, note: "this module" }] : [];
  const sources = design.modules.flatMap(({ instances }) =>
    instances.flatMap((each) => (each.module === module && each.source ? [each.source] : [])),
  );
  return [...new Set(sources)].map((source) => ({ source, note: "put in place here" }));
}

/**
 * A module that nothing can come out of (LS0212); one that asserts something, or holds external Verilog, is there
 * for that. `made` is where the top
 * was made.
 */
export function checkOutputs(module: ModuleNetlist, design: Design, made: Source | undefined): Diagnostic[] {
  const acts = statedProperties(module).length > 0 || holdsExternal(module);
  if (acts || module.ports.some(({ direction }) => direction === "output")) return [];
  return [
    {
      code: "LS0212",
      severity: "warning",
      message: `${module.name} has no output, so nothing in it has an effect`,
      module: module.name,
      places: placesOf(module, design, made),
      hint: "declare an output() and drive it in build()",
    },
  ];
}
