import {
  attributesKey,
  domainsOf,
  type ExternalModule,
  type ModuleNetlist,
  type Node,
  nodesOfWrite,
  operandsOf,
  postorder,
  propertiesOf,
  rootsOf,
  unreachable,
} from "../ir/index.ts";
import { describeType } from "../types/index.ts";

/**
 * A text that is equal for two modules exactly when they have the same name, ports, definitions with their names, and
 * expressions; sources and labels of nodes do not count. `numberOfModule` tells children apart.
 */
export function structureKey(module: ModuleNetlist, numberOfModule: (child: ModuleNetlist) => number): string {
  const position = <T>(definitions: readonly T[], id: (definition: T) => number): Map<number, number> =>
    new Map(definitions.map((definition, i) => [id(definition), i]));
  const places: Places = {
    wires: position(module.wires, (wire) => wire.node.id),
    registers: position(module.registers, (register) => register.node.id),
    memories: position(module.memories, (memory) => memory.id),
    instances: position(module.instances, (instance) => instance.id),
  };
  const lines: string[] = [
    module.name + attributesKey(module.attributes),
    ...(module.external ? [externalKey(module.external)] : []),
  ];
  const numbers = new Map<Node, number>();
  postorder(rootsOf(module), (node) => {
    let line = attributesOf(node, places);
    for (const operand of operandsOf(node)) line += `,${numbers.get(operand)}`;
    numbers.set(node, numbers.size);
    lines.push(line);
  });
  const list = (nodes: readonly Node[]): string => nodes.map((node) => numbers.get(node)).join();
  for (const { name, clock, reset, edge, resetKind, resetActive, keepClock, keepReset } of domainsOf(module)) {
    const kept = `${keepClock === true} ${keepReset === true}`;
    lines.push(`domain ${name} ${clock} ${reset} ${edge} ${resetKind} ${resetActive} ${kept}`);
  }
  for (const { name, direction, type, drivers, domain } of module.ports) {
    lines.push(`${direction} ${name} ${describeType(type)} ${list(drivers)} ${domain}`);
  }
  for (const { node, name, driver, enumeration } of module.wires) {
    lines.push(`wire ${name} ${typeKey(node)} ${enumeration?.name} ${list([driver])}`);
  }
  for (const { node, name, next, reset, group, domain = 0, crossing, enumeration, latch } of module.registers) {
    if (latch !== undefined) lines.push(`latch ${list([latch.transparent, latch.data])}`);
    lines.push(
      `register ${name} ${typeKey(node)} ${reset} ${group} ${domain} ${crossing} ${enumeration?.name} ${list([next])}`,
    );
  }
  for (const memory of module.memories) {
    lines.push(`memory ${memory.name} ${memory.depth} ${typeKey(memory)}`);
    for (const write of memory.writes) lines.push(`write ${write.domain ?? 0} ${list(nodesOfWrite(write))}`);
    if (memory.init !== undefined || memory.collision !== undefined || memory.crossing !== undefined) {
      lines.push(`${memory.collision} ${memory.crossing} ${memory.init?.join()}`);
    }
  }
  for (const instance of module.instances) {
    const domains = [...(instance.domains ?? [])].flat();
    lines.push(`instance ${instance.name} ${numberOfModule(instance.module)} ${domains}`);
    for (const port of instance.module.ports) {
      if (port.direction === "input") lines.push(list(instance.inputs.get(port.name) ?? []));
    }
  }
  for (const each of [module.ports, module.wires, module.registers, module.memories, module.instances].flat()) {
    if (each.attributes) lines.push(`attributes ${each.name}${attributesKey(each.attributes)}`);
  }
  for (const { kind, name, message, condition, watches, duringReset, domain } of propertiesOf(module)) {
    const told = watches.map((watch) => `${watch.name}=${list([watch.node])}`).join();
    lines.push(`${kind} ${name} ${duringReset} ${domain ?? 0} ${list([condition])} ${told} ${JSON.stringify(message)}`);
  }
  return lines.join("\n");
}

const externalKey = ({ parameters, sources, modelled }: ExternalModule): string =>
  [
    `external ${modelled}`,
    ...parameters.map(([name, value]) => `${name} ${typeof value} ${JSON.stringify(`${value}`)}`),
    ...sources.map(({ fileName, text }) => `${fileName} ${text.length}`),
  ].join(",");

/** Definitions by position: ids may differ between equal modules. */
interface Places {
  readonly wires: ReadonlyMap<number, number>;
  readonly registers: ReadonlyMap<number, number>;
  readonly memories: ReadonlyMap<number, number>;
  readonly instances: ReadonlyMap<number, number>;
}

const typeKey = ({ width, signed }: { width: number; signed: boolean }): string => `${signed ? "s" : "u"}${width}`;

function attributesOf(node: Node, places: Places): string {
  const start = `${node.kind} ${typeKey(node)}`;
  switch (node.kind) {
    case "constant":
      return `${start} ${node.value} ${node.enumeration?.name}`;
    case "input":
      return `${start} ${node.port} ${node.element}`;
    case "wire":
      return `${start} ${places.wires.get(node.id)}`;
    case "register":
      return `${start} ${places.registers.get(node.id)}`;
    case "instance-output":
      return `${start} ${places.instances.get(node.instance)} ${node.port} ${node.element}`;
    case "memory-read":
      return `${start} ${places.memories.get(node.memory)}`;
    case "arithmetic":
    case "bitwise":
    case "compare":
    case "reduce":
    case "shift":
      return `${start} ${node.operator}`;
    case "slice":
      return `${start} ${node.low}`;
    case "index-bits":
      return `${start} ${node.stride}`;
    case "not":
    case "mux":
    case "concat":
    case "replicate":
    case "extend":
    case "cast":
      return start;
    default:
      return unreachable(node);
  }
}
