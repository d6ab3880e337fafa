import { type ModuleNetlist, type Node, operandsOf } from "../ir/index.ts";

/**
 * Removes what no output port depends on: wires, registers (also those that only feed themselves or each other),
 * memories and instances, among them every instance of a module without outputs. Ports stay.
 */
export function remove(module: ModuleNetlist): ModuleNetlist {
  const wires = new Map(module.wires.map((wire) => [wire.node.id, wire]));
  const registers = new Map(module.registers.map((register) => [register.node.id, register]));
  const memories = new Map(module.memories.map((memory) => [memory.id, memory]));
  const instances = new Map(module.instances.map((instance) => [instance.id, instance]));
  const live = new Set<Node>();
  const liveDefinitions = new Set<object>();
  const stack: Node[] = [];
  const reach = (definition: object | undefined, drivers: () => Iterable<Node>): void => {
    if (definition === undefined || liveDefinitions.has(definition)) return;
    liveDefinitions.add(definition);
    for (const driver of drivers()) stack.push(driver);
  };

  for (const port of module.ports) for (const driver of port.drivers) stack.push(driver);
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (live.has(node)) continue;
    live.add(node);
    if (node.kind === "wire") {
      const wire = wires.get(node.id);
      reach(wire, () => [wire!.driver]);
    } else if (node.kind === "register") {
      const register = registers.get(node.id);
      reach(register, () => [register!.next]);
    } else if (node.kind === "instance-output") {
      const instance = instances.get(node.instance);
      reach(instance, () => [...instance!.inputs.values()].flat());
    } else {
      if (node.kind === "memory-read") {
        const memory = memories.get(node.memory);
        reach(memory, () => memory!.writes.flatMap((write) => [write.enable, write.address, write.data]));
      }
      for (const operand of operandsOf(node)) if (!live.has(operand)) stack.push(operand);
    }
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
