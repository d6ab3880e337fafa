import { type DomainUse, type ModuleNetlist, type Node, postorder, rootsOf, statedProperties } from "../ir/index.ts";
import { lowerModule } from "./lower-module.ts";

/** A net of the Verilog and what it holds: the value of a node, or an output port of an instance. */
export interface NamedNet {
  readonly name: string;
  readonly node?: Node | undefined;
  readonly output?: { readonly instance: number; readonly port: string } | undefined;
}

/**
 * The nets that the Verilog of a module declares besides wires, registers and memories: named as there, for those who
 * show values beside it. Nets that only regroup bits are left out.
 */
export function netsOf(
  module: ModuleNetlist,
  domains: ReadonlyMap<ModuleNetlist, readonly DomainUse[]>,
): readonly NamedNet[] {
  // The checks of indices are no part of the Verilog, and need clocks that it may not have.
  const stated: ModuleNetlist = { ...module, properties: statedProperties(module) };
  const { items } = lowerModule(stated, new Map(domains).set(stated, domains.get(module)!), undefined);
  const outputs = new Map<string, NonNullable<NamedNet["output"]>>();
  for (const { id, name, module: child } of module.instances) {
    for (const { name: port, direction } of child.ports) {
      if (direction === "output") outputs.set(`${name}_${port}`, { instance: id, port });
    }
  }
  // For its own sake the emitter makes some nodes, whose operands stand in for what they are not.
  const own = new Set<Node>();
  postorder(rootsOf(stated), (node) => own.add(node));
  const declared = new Set([module.wires, module.registers].flat().map(({ name }) => name));
  const nets: NamedNet[] = [];
  for (const item of items.flatMap((each) => (each.kind === "properties" ? [each, ...each.items] : [each]))) {
    if (item.kind !== "net") continue;
    const { name, width } = item.symbol;
    if (item.node !== undefined) {
      if (item.node.width === width && own.has(item.node)) nets.push({ name, node: item.node });
    } else if (item.value === undefined && !declared.has(name) && outputs.has(name)) {
      nets.push({ name, output: outputs.get(name) });
    }
  }
  return nets;
}
