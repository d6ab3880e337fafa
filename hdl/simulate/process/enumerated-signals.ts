import type { Design, ModuleNetlist } from "../../ir/index.ts";
import { type Enumeration, enumerationOf, leavesOf, type PackedType, scalarOf } from "../../types/index.ts";

/** A signal whose values have names: one of them, or those of a vector side by side. */
export interface EnumeratedSignal {
  readonly enumeration: Enumeration;
  readonly elements: number;
  /** Bits of one value. */
  readonly width: number;
}

/**
 * The ports, wires and registers of enumerations in a design by their path, `Top.inner.state`, and the nets to which the
 * Verilog connects the outputs of instances. The Verilog need not have all of them.
 */
export function enumeratedSignals(design: Design): ReadonlyMap<string, EnumeratedSignal> {
  const found = new Map<string, EnumeratedSignal>();
  const add = (path: string, enumeration: Enumeration | undefined, width: number, elements = 1): void => {
    if (enumeration !== undefined) found.set(path, { enumeration, width, elements });
  };
  const addPort = (path: string, type: PackedType): void => {
    const scalar = scalarOf(type);
    add(path, enumerationOf(scalar), scalar.width, leavesOf(type).length);
  };
  const visit = ({ ports, wires, registers, instances, external }: ModuleNetlist, path: string): void => {
    for (const { name, type } of ports) addPort(`${path}.${name}`, type);
    if (external !== undefined) return;
    for (const instance of instances) {
      for (const { name, type, direction } of instance.module.ports) {
        if (direction === "output") addPort(`${path}.${instance.name}_${name}`, type);
      }
      visit(instance.module, `${path}.${instance.name}`);
    }
    // What the module declares itself wins over a net of the same name.
    for (const { name, node, enumeration } of [...wires, ...registers]) {
      found.delete(`${path}.${name}`);
      add(`${path}.${name}`, enumeration, node.width);
    }
  };
  visit(design.top, design.top.name);
  return found;
}
