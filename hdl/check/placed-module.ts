import {
  type Clocking,
  type Design,
  domainInParent,
  domainsOf,
  type InstanceDefinition,
  type MemoryDefinition,
  type ModuleNetlist,
  type Node,
  operandsOf,
  type Port,
  type RegisterDefinition,
  type WireDefinition,
} from "../ir/index.ts";

/** A module in one of its places in the hierarchy. */
export interface PlacedModule {
  readonly module: ModuleNetlist;
  readonly parent: PlacedModule | undefined;
  readonly instance: InstanceDefinition | undefined;
  readonly children: Map<number, PlacedModule>;
  readonly ports: ReadonlyMap<string, Port>;
  readonly wires: ReadonlyMap<number, WireDefinition>;
  readonly memories: ReadonlyMap<number, MemoryDefinition>;
  readonly registers: ReadonlyMap<number, RegisterDefinition>;
  /** Position in `Clocking.clocks` of the clock of a domain of the module. */
  clockOf(domain: number | undefined): number;
}

/** Every place of every module, parents before children. */
export function openInstances(design: Design, clocking: Clocking): PlacedModule[] {
  const places: PlacedModule[] = [];
  const open = (
    module: ModuleNetlist,
    parent: PlacedModule | undefined,
    instance: InstanceDefinition | undefined,
  ): PlacedModule => {
    const clocks = new Map(
      domainsOf(module).map(({ id }, i) => [
        id,
        parent === undefined ? clocking.domains[i]!.clock : parent.clockOf(domainInParent(instance!, id)),
      ]),
    );
    const place: PlacedModule = {
      module,
      parent,
      instance,
      children: new Map(),
      ports: new Map(module.ports.map((port) => [port.name, port])),
      wires: new Map(module.wires.map((wire) => [wire.node.id, wire])),
      memories: new Map(module.memories.map((memory) => [memory.id, memory])),
      registers: new Map(module.registers.map((register) => [register.node.id, register])),
      clockOf: (domain) => clocks.get(domain ?? 0)!,
    };
    places.push(place);
    for (const child of module.instances) place.children.set(child.id, open(child.module, place, child));
    return place;
  };
  open(design.top, undefined, undefined);
  return places;
}

/** A value in its place. */
interface Point {
  readonly scope: PlacedModule;
  readonly node: Node;
}

/** What a value comes from: clocks, where it is known which, and the values to look at further. */
export function sourcesOf({ scope, node }: Point): { readonly clocks: readonly number[]; readonly needs: Point[] } {
  const further = (...points: readonly Point[]): { clocks: readonly number[]; needs: Point[] } => ({
    clocks: [],
    needs: [...points],
  });
  switch (node.kind) {
    case "constant":
      return further();
    case "register": {
      const { domain, latch, next } = scope.registers.get(node.id)!;
      return latch === undefined ? { clocks: [scope.clockOf(domain)], needs: [] } : further({ scope, node: next });
    }
    case "wire":
      return further({ scope, node: scope.wires.get(node.id)!.driver });
    case "input": {
      const { domain } = scope.ports.get(node.port)!;
      if (domain !== undefined) return { clocks: [scope.clockOf(domain)], needs: [] };
      if (scope.parent === undefined) return further();
      return further({ scope: scope.parent, node: scope.instance!.inputs.get(node.port)![node.element]! });
    }
    case "instance-output": {
      const child = scope.children.get(node.instance)!;
      const { domain, drivers } = child.ports.get(node.port)!;
      if (domain !== undefined) return { clocks: [child.clockOf(domain)], needs: [] };
      return further({ scope: child, node: drivers[node.element]! });
    }
    case "memory-read": {
      const { writes, crossing } = scope.memories.get(node.memory)!;
      const clocks = crossing === undefined ? writes.map((write) => scope.clockOf(write.domain)) : [];
      return { clocks: [...new Set(clocks)], needs: [{ scope, node: node.address }] };
    }
    default:
      return further(...operandsOf(node).map((operand) => ({ scope, node: operand })));
  }
}
