import type { Diagnostic, Source } from "../diagnostics/index.ts";
import type { ModuleNetlist, Node } from "../ir/index.ts";

/** Entries that an index can name: those of its own bits, not of an extension. None for a constant, which is chosen. */
function reachable(index: Node): number | undefined {
  let inner = index;
  while (inner.kind === "extend") inner = inner.operand;
  return inner.kind === "constant" ? undefined : 2 ** inner.width;
}

/** Indices so narrow that they cannot name every entry of what they select from (LS0214). */
export function checkIndexReach(module: ModuleNetlist, nodes: readonly Node[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const look = (index: Node, entries: number, what: string, place: Source | undefined): void => {
    const reach = reachable(index);
    if (reach === undefined || reach >= entries) return;
    const source = place ?? index.source;
    found.push({
      code: "LS0214",
      severity: "warning",
      message: `the index into ${what} has ${Math.log2(reach)} bit${reach === 2 ? "" : "s"}: of ${entries} entries it reaches ${reach}`,
      module: module.name,
      places: source ? [{ source, note: "selected here" }] : [],
      hint: `give the index ${Math.ceil(Math.log2(entries))} bits, as indexWidth(${entries}) says; or allow() it, when the rest is meant to be out of reach`,
    });
  };
  const memories = new Map(module.memories.map((memory) => [memory.id, memory]));
  for (const node of nodes) {
    if (node.kind === "memory-read") {
      const { name, depth } = memories.get(node.memory)!;
      look(node.address, depth, `memory \`${name}\``, node.source);
    } else if (node.kind === "index-bits" && node.stride === node.width) {
      // Other strides select at an offset, as a rotation does, which need not reach everywhere.
      const entries = Math.floor(node.operand.width / node.width);
      const what = node.width === 1 ? `a value of ${entries} bits` : `a vector of ${entries}`;
      look(node.index, entries, what, node.source);
    }
  }
  for (const { depth, name, source, writes } of module.memories) {
    for (const { address } of writes) look(address, depth, `memory \`${name}\``, address.source ?? source);
  }
  return found;
}
