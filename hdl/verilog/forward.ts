import type { InstanceDefinition, ModuleNetlist, Node, WireDefinition } from "../ir/index.ts";
import { operandsOf } from "../ir/index.ts";
import { DepthFirst } from "./depth-first.ts";
import type { RegisterArrays } from "./register-array.ts";

/** What one net may wait for: a node, a declared wire, or a child with all its inputs. */
export type Vertex = Node | WireDefinition | InstanceDefinition;

/** Whether the vertex is a child. */
export function isInstance(vertex: Vertex): vertex is InstanceDefinition {
  return "module" in vertex;
}

/** Whether the vertex is a declared wire (its definition, not a node that reads it). */
export function isWire(vertex: Vertex): vertex is WireDefinition {
  return "driver" in vertex;
}

/** Wires and instances of a module by their ids. */
export interface Tables {
  readonly wires: ReadonlyMap<number, WireDefinition>;
  readonly instances: ReadonlyMap<number, InstanceDefinition>;
  readonly arrays: RegisterArrays;
}

/** The tables of one module. */
export function tablesOf(module: ModuleNetlist, arrays: RegisterArrays): Tables {
  return {
    wires: new Map(module.wires.map((wire) => [wire.node.id, wire])),
    instances: new Map(module.instances.map((instance) => [instance.id, instance])),
    arrays,
  };
}

/** What must be declared before the text of a vertex; a thing declared ahead of all is waited for by nobody. */
export function needsOf(vertex: Vertex, tables: Tables, ahead: ReadonlySet<Vertex>): readonly Vertex[] {
  if (isInstance(vertex)) return [...vertex.inputs.values()].flat();
  if (isWire(vertex)) return [vertex.driver];
  if (vertex.kind === "wire") return unlessAhead(tables.wires.get(vertex.id)!, ahead);
  if (vertex.kind === "instance-output") return unlessAhead(tables.instances.get(vertex.instance)!, ahead);
  // Of an array only the element is read.
  if (vertex.kind === "index-bits" && tables.arrays.readBy(vertex)) return [vertex.index];
  // The lowest part first, so that numbers in names count upward with the bits.
  return vertex.kind === "concat" ? vertex.parts.toReversed() : operandsOf(vertex);
}

function unlessAhead(vertex: Vertex, ahead: ReadonlySet<Vertex>): readonly Vertex[] {
  return ahead.has(vertex) ? [] : [vertex];
}

/**
 * Wires and children whose nets must be declared ahead of the rest, because the text that drives them reads, on the way
 * through a child or back, what they drive. Verilog wants a declaration before each use.
 */
export function declaredAhead(tables: Tables, roots: readonly Vertex[]): Set<Vertex> {
  const ahead = new Set<Vertex>();
  for (;;) {
    const before = ahead.size;
    const walk = new DepthFirst<Vertex>({
      needs: (vertex) => needsOf(vertex, tables, ahead),
      cycle(path) {
        const cut = path.find(isInstance) ?? path.find(isWire);
        if (cut === undefined) throw new Error("a combinational loop reached the Verilog emitter");
        ahead.add(cut);
      },
    });
    for (const root of roots) walk.visit(root);
    if (ahead.size === before) return ahead;
  }
}
