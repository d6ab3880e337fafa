import type { Diagnostic, Source } from "../diagnostics/index.ts";
import {
  type Design,
  type ModuleNetlist,
  type Node,
  operandsOf,
  propertiesOf,
  type RegisterNode,
  type WireNode,
} from "../ir/index.ts";

function warning(module: ModuleNetlist, kind: string, name: string, source: Source | undefined): Diagnostic {
  return {
    code: "LS0205",
    severity: "warning",
    message: `${kind} \`${name}\` is never read: nothing that leaves the module depends on it`,
    signal: name,
    module: module.name,
    places: source ? [{ source, note: "declared here" }] : [],
    hint: "use it, or take it out; a condition must stand in when() or mux(), not in a JavaScript if",
  };
}

/** The input ports, and the keys of the registers and wires, on which something that leaves the module, or a property, depends. */
function readOf(module: ModuleNetlist): { inputs: ReadonlySet<string>; ids: ReadonlySet<string> } {
  const inputs = new Set<string>();
  const ids = new Set<string>();
  const drivers = new Map<string, Node>();
  for (const { node, next } of module.registers) drivers.set(keyOf(node), next);
  for (const { node, driver } of module.wires) drivers.set(keyOf(node), driver);
  const seen = new Set<Node>();
  const waiting: Node[] = [
    ...module.ports.flatMap((port) => port.drivers),
    ...module.instances.flatMap((instance) => [...instance.inputs.values()].flat()),
    ...propertiesOf(module).map((property) => property.condition),
    ...module.memories.flatMap((memory) => memory.writes.flatMap((write) => [write.enable, write.address, write.data])),
  ];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "input") inputs.add(node.port);
    for (const operand of operandsOf(node)) waiting.push(operand);
    if (node.kind !== "register" && node.kind !== "wire") continue;
    const key = keyOf(node);
    ids.add(key);
    const driver = drivers.get(key);
    if (driver) waiting.push(driver);
  }
  return { inputs, ids };
}

const keyOf = (node: RegisterNode | WireNode): string => `${node.kind} ${node.id}`;

/** Inputs, registers and wires on which nothing that leaves their module depends (LS0205, a warning). */
export function checkUnread(design: Design): Diagnostic[] {
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const module of design.modules) {
    const { inputs, ids } = readOf(module);
    const tell = (kind: string, name: string, source: Source | undefined): void => {
      // A module used many times is told of once.
      const key = `${module.name} ${kind} ${name}`;
      if (!told.has(key)) found.push(warning(module, kind, name, source));
      told.add(key);
    };
    for (const port of module.ports) {
      if (port.direction === "input" && !inputs.has(port.name)) tell("input", port.name, port.source);
    }
    for (const { node, name, source } of module.registers) {
      if (!ids.has(keyOf(node))) tell("register", name, source);
    }
    for (const { node, name } of module.wires) if (!ids.has(keyOf(node))) tell("wire", name, node.source);
  }
  return found;
}
