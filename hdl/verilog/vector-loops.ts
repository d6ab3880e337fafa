import { DependencyGraph, type InputsOfOutputs, inputsOfOutputs } from "../check/dependency-graph.ts";
import { loopMembers } from "../check/loop-members.ts";
import type { ModuleNetlist, Node } from "../ir/index.ts";

/** What depends on what for who sees whole ports: an element of a child's output on all that any other depends on. */
class VectorGraph extends DependencyGraph {
  override dependenciesOf(node: Node): readonly Node[] {
    if (node.kind !== "instance-output") return super.dependenciesOf(node);
    const instance = this.instances.get(node.instance)!;
    const { drivers } = instance.module.ports.find(({ name }) => name === node.port)!;
    return drivers.flatMap((_, element) => super.dependenciesOf({ ...node, element }));
  }
}

/**
 * Modules with ports whose elements depend on other elements of the same port by way of the parent, as in a chain of
 * carries through one child. That is no loop, but who orders whole nets, as Verilator does, takes it for one.
 */
export class VectorLoops {
  readonly #known = new Map<ModuleNetlist, InputsOfOutputs>();
  readonly #found = new Set<ModuleNetlist>();

  /** Looks at the children of a module; parents before their children. */
  look(module: ModuleNetlist): void {
    for (const { module: child } of module.instances) this.#summarise(child);
    const members = loopMembers(new VectorGraph(module, this.#known));
    if (members.size === 0) return;
    this.#found.add(module);
    for (const { id, module: child } of module.instances) {
      const prefix = `child ${id} `;
      const loops = [...members].some((key) => typeof key === "string" && key.startsWith(prefix));
      if (loops) this.#addAll(child);
    }
  }

  /** Whether such a way leads through the module. */
  has(module: ModuleNetlist): boolean {
    return this.#found.has(module);
  }

  #addAll(module: ModuleNetlist): void {
    if (this.#found.has(module)) return;
    this.#found.add(module);
    for (const { module: child } of module.instances) {
      this.#summarise(child);
      if ([...this.#known.get(child)!.values()].some(({ size }) => size > 0)) this.#addAll(child);
    }
  }

  #summarise(module: ModuleNetlist): void {
    if (this.#known.has(module)) return;
    for (const { module: child } of module.instances) this.#summarise(child);
    this.#known.set(module, inputsOfOutputs(new DependencyGraph(module, this.#known)));
  }
}
