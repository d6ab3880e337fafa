import type { InstanceDefinition, ModuleNetlist, Node, Port } from "../../ir/index.ts";

/** Look-ups of one module, shared by its instances. */
export interface ModuleIndex {
  readonly ports: ReadonlyMap<string, Port>;
  readonly wires: ReadonlyMap<number, Node>;
}

/** One instance of a module in the hierarchy, the top included. */
export interface Scope {
  readonly module: ModuleNetlist;
  readonly index: ModuleIndex;
  readonly path: readonly string[];
  readonly parent: Scope | undefined;
  readonly instance: InstanceDefinition | undefined;
  readonly children: Map<number, Scope>;
  /** Cell of each node met so far; `pending` while its operands are being visited. */
  readonly cells: Map<Node, number>;
  readonly registers: Map<number, number>;
  readonly memories: Map<number, number>;
  /** The domain of the top that each clock domain of the module is. */
  readonly domains: ReadonlyMap<number, number>;
}

/** A hierarchical name for messages; empty for a node that has none. */
export function nameOf(scope: Scope, node: Node): string {
  const path = (name: string): string => [...scope.path, name].join(".");
  switch (node.kind) {
    case "wire":
      return path(scope.module.wires.find((wire) => wire.node.id === node.id)?.name ?? `wire ${node.id}`);
    case "register":
      return path(scope.module.registers.find((r) => r.node.id === node.id)?.name ?? `register ${node.id}`);
    case "memory-read":
      return path(scope.module.memories.find((m) => m.id === node.memory)?.name ?? `memory ${node.memory}`);
    case "input":
      return path(node.port);
    case "instance-output": {
      const child = scope.module.instances.find((instance) => instance.id === node.instance);
      return path(`${child?.name ?? `instance ${node.instance}`}.${node.port}`);
    }
    default:
      return node.label === undefined ? "" : path(node.label);
  }
}
