import { pointKey } from "../check/dependency-graph.ts";
import {
  cast,
  concat,
  type InstanceDefinition,
  type ModuleNetlist,
  type Node,
  type WireDefinition,
  wire as wireNode,
} from "../ir/index.ts";
import { leavesOf, scalarOf } from "../types/index.ts";
import { BitMaker } from "./bit-maker.ts";

/** Whether the user drives bits of the wire on their own. */
function drivenInParts(driver: Node): boolean {
  return driver.kind === "cast" ? drivenInParts(driver.operand) : driver.kind === "concat";
}

/** Names that nothing in the module has yet. */
function namesFor(module: ModuleNetlist): (wanted: string) => string {
  const { ports, wires, registers, memories, instances } = module;
  const taken = new Set([
    "clock",
    "reset",
    ...[ports, wires, registers, memories, instances].flat().map(({ name }) => name),
  ]);
  return (wanted) => {
    let name = wanted;
    while (taken.has(name)) name = `${name}_bit`;
    taken.add(name);
    return name;
  };
}

/** The names of output ports that have been taken apart, and of their elements, by what drives the whole of them. */
function namesOfOutputs({ ports }: ModuleNetlist): ReadonlyMap<Node, string> {
  const names = new Map<Node, string>();
  for (const { name, declared, drivers } of ports) {
    if (declared === undefined) continue;
    const leaves = leavesOf(declared);
    drivers.forEach((driver, bit) => {
      if (driver.kind !== "slice") return;
      const { path, type } = leaves[Math.floor(bit / scalarOf(declared).width)]!;
      const whole = driver.operand.kind === "cast" ? driver.operand.operand : driver.operand;
      if (whole.width === type.width) names.set(whole, [name, ...path].join("_"));
    });
  }
  return names;
}

/**
 * The module with what the members, points of its graph, compute made bit by bit: wires among them become one wire per
 * bit, and what takes one bit of them takes that alone.
 */
export function splitBits(module: ModuleNetlist, members: ReadonlySet<Node | string>): ModuleNetlist {
  const looping = module.wires.filter(({ node }) => node.width > 1 && members.has(pointKey(node)));
  const claim = namesFor(module);
  let id = module.wires.reduce((most, { node }) => Math.max(most, node.id), -1) + 1;
  const bitWires = new Map<number, readonly Node[]>();
  const drafts: { bit: number; of: WireDefinition; name: string; node: ReturnType<typeof wireNode> }[] = [];
  for (const of of looping) {
    const nodes = Array.from({ length: of.node.width }, (_, bit) => {
      const node = wireNode(id++, 1, false, { source: of.node.source });
      drafts.push({ bit, of, name: claim(`${of.name}_${bit}`), node });
      return node;
    });
    bitWires.set(of.node.id, nodes);
  }
  const maker = new BitMaker(members, bitWires, namesOfOutputs(module));
  const bits = drafts.map(({ node, name, bit, of }): WireDefinition => {
    const bitOf = { name: of.name, bit, alone: drivenInParts(of.driver) };
    return Object.freeze({ node, name, driver: maker.bit({ node: of.driver, bit }), bitOf });
  });
  // One bit that is taken from something wider must not wait for all of it.
  const alone = (node: Node): Node => {
    if (node.width > 1 || !members.has(pointKey(node))) return node;
    const made = maker.bit({ node, bit: 0 });
    return node.signed ? cast(made, true) : made;
  };
  const wires = module.wires.map((wire): WireDefinition => {
    const own = bitWires.get(wire.node.id);
    if (!own) {
      const driver = alone(wire.driver);
      return driver === wire.driver ? wire : Object.freeze({ ...wire, driver });
    }
    const joined = concat([...own].reverse(), { source: wire.node.source });
    return Object.freeze({ ...wire, driver: wire.node.signed ? cast(joined, true) : joined });
  });
  const ports = module.ports.map((port) => Object.freeze({ ...port, drivers: port.drivers.map(alone) }));
  const instances = module.instances.map((instance): InstanceDefinition => {
    const inputs = new Map([...instance.inputs].map(([port, nodes]) => [port, nodes.map(alone)] as const));
    return Object.freeze({ ...instance, inputs });
  });
  return Object.freeze({
    ...module,
    ports: Object.freeze(ports),
    wires: Object.freeze([...wires, ...bits]),
    instances: Object.freeze(instances),
  });
}
