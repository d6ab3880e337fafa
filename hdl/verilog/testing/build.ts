import type { InstanceDefinition, ModuleNetlist, Node, Port } from "../../ir/index.ts";
import { designOf, input, instanceOutput } from "../../ir/index.ts";
import { leavesOf, type PackedType } from "../../types/index.ts";
import { emitVerilog } from "../emit.ts";

/** The scalars of an input port as nodes. */
export function inputs(port: string, type: PackedType): Node[] {
  return leavesOf(type).map((leaf, i) => input(port, i, leaf.type.width, leaf.type.kind === "sint"));
}

/** An input port. */
export function inputPort(name: string, type: PackedType): Port {
  return { name, direction: "input", type, drivers: [] };
}

/** An output port; one driver for each scalar of its type, in packing order. */
export function outputPort(name: string, type: PackedType, ...drivers: Node[]): Port {
  return { name, direction: "output", type, drivers };
}

/** The scalars of a child's output port as nodes. */
export function outputsOf(instance: InstanceDefinition, port: string): Node[] {
  const { type } = instance.module.ports.find((each) => each.name === port)!;
  return leavesOf(type).map((leaf, i) =>
    instanceOutput(instance.id, port, i, leaf.type.width, leaf.type.kind === "sint"),
  );
}

/** A module of which only some parts are given. */
export function moduleOf(parts: Partial<ModuleNetlist> & { name: string; ports: readonly Port[] }): ModuleNetlist {
  return { params: {}, wires: [], registers: [], memories: [], instances: [], ...parts };
}

/** The text of the top module. */
export function textOf(module: ModuleNetlist, sourceComments = false): string {
  return emitVerilog(designOf(module), { sourceComments }).pop()!.text;
}
