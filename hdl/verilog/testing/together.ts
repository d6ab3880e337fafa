import type { InstanceDefinition, ModuleNetlist, Node, Port } from "../../ir/index.ts";
import { inputPort, inputs, moduleOf, outputPort, outputsOf } from "./build.ts";

/** One top with a child for each part, so that one run of a tool serves them all. */
export function together(parts: readonly ModuleNetlist[]): ModuleNetlist {
  const ports: Port[] = [];
  const instances: InstanceDefinition[] = [];
  parts.forEach((part, id) => {
    const connected = new Map<string, Node[]>();
    for (const { name, type, direction } of part.ports) {
      if (direction === "output") continue;
      ports.push(inputPort(`p${id}_${name}`, type));
      connected.set(name, inputs(`p${id}_${name}`, type));
    }
    instances.push({ id, name: `child_${id}`, module: part, inputs: connected });
  });
  parts.forEach((part, id) => {
    for (const { name, type, direction } of part.ports) {
      if (direction === "input") continue;
      ports.push(outputPort(`p${id}_${name}`, type, ...outputsOf(instances[id]!, name)));
    }
  });
  return moduleOf({ name: "random_top", ports, instances });
}
