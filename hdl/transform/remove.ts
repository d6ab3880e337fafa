import {
  holdsExternal,
  holdsProperties,
  type ModuleNetlist,
  type Node,
  type NumberedNodes,
  nodesOfWrite,
  numberNodes,
  propertiesOf,
} from "../ir/index.ts";

/**
 * Removes what no output port and no property depends on: wires, registers (also those that only feed themselves or each other),
 * memories and instances, among them every instance of a module without outputs or properties. Ports and properties
 * stay, and so do external modules and what holds one: nobody knows what else they do; and what has an attribute.
 */
export function remove(module: ModuleNetlist, numbered: NumberedNodes = numberNodes(module)): ModuleNetlist {
  const { order, indexOf, start, operands } = numbered;
  const wires = new Map(module.wires.map((wire) => [wire.node.id, wire]));
  const registers = new Map(module.registers.map((register) => [register.node.id, register]));
  const memories = new Map(module.memories.map((memory) => [memory.id, memory]));
  const instances = new Map(module.instances.map((instance) => [instance.id, instance]));
  const liveDefinitions = new Set<object>();
  const live = new Uint8Array(order.length);
  const stack: number[] = [];
  const reach = (index: number): void => {
    if (live[index] === 1) return;
    live[index] = 1;
    stack.push(index);
  };
  const reachNode = (node: Node): void => reach(indexOf.get(node)!);
  /** Notes that a definition is live; true the first time. */
  const isNew = (definition: object): boolean => !liveDefinitions.has(definition) && !!liveDefinitions.add(definition);

  for (const port of module.ports) for (const driver of port.drivers) reachNode(driver);
  for (const { condition, watches } of propertiesOf(module)) {
    reachNode(condition);
    for (const watch of watches) reachNode(watch.node);
  }
  const known = new Map<ModuleNetlist, boolean>();
  for (const instance of module.instances) {
    const acts = holdsProperties(instance.module, known) || holdsExternal(instance.module);
    if (!acts && !instance.attributes) continue;
    liveDefinitions.add(instance);
    for (const nodes of instance.inputs.values()) nodes.forEach(reachNode);
  }
  for (const wire of module.wires) if (wire.attributes && isNew(wire)) reachNode(wire.driver);
  for (const register of module.registers) if (register.attributes && isNew(register)) reachNode(register.next);
  for (const memory of module.memories) {
    if (!memory.attributes || !isNew(memory)) continue;
    for (const write of memory.writes) [write.enable, write.address, write.data].forEach(reachNode);
  }
  while (stack.length > 0) {
    const index = stack.pop()!;
    const node = order[index]!;
    switch (node.kind) {
      case "wire": {
        const wire = wires.get(node.id)!;
        if (isNew(wire)) reachNode(wire.driver);
        break;
      }
      case "register": {
        const register = registers.get(node.id)!;
        if (!isNew(register)) break;
        reachNode(register.next);
        if (register.latch !== undefined) [register.latch.transparent, register.latch.data].forEach(reachNode);
        break;
      }
      case "instance-output": {
        const instance = instances.get(node.instance)!;
        if (isNew(instance)) for (const nodes of instance.inputs.values()) nodes.forEach(reachNode);
        break;
      }
      case "memory-read": {
        const memory = memories.get(node.memory)!;
        if (!isNew(memory)) break;
        for (const write of memory.writes) nodesOfWrite(write).forEach(reachNode);
        break;
      }
      default:
        break;
    }
    for (let edge = start[index]!; edge < start[index + 1]!; edge++) reach(operands[edge]!);
  }

  const keep = <T extends object>(definitions: readonly T[]): readonly T[] => {
    const kept = definitions.filter((definition) => liveDefinitions.has(definition));
    return kept.length === definitions.length ? definitions : Object.freeze(kept);
  };
  const result = {
    wires: keep(module.wires),
    registers: keep(module.registers),
    memories: keep(module.memories),
    instances: keep(module.instances),
  };
  const same =
    result.wires === module.wires &&
    result.registers === module.registers &&
    result.memories === module.memories &&
    result.instances === module.instances;
  return same ? module : Object.freeze({ ...module, ...result });
}
