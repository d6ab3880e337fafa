import { describeType } from "../types/index.ts";
import { domainOf, domainsOf, implicitDomain } from "./domain.ts";
import { type Design, type ModuleNetlist, rootsOf } from "./netlist.ts";
import { type Node, unreachable } from "./node.ts";
import { propertiesOf } from "./property.ts";
import { postorder } from "./walk.ts";

/** The whole design as text, children first: for people and for tests. */
export function printNetlist(design: Design): string {
  return design.modules.map(printModule).join("\n");
}

/** One module as text: a line per definition and a line `%n = ...` per operator, operands first. */
export function printModule(module: ModuleNetlist): string {
  const texts = new Map<Node, string>();
  const text = (node: Node): string => texts.get(node) ?? "?";
  const list = (nodes: readonly Node[]): string =>
    nodes.length === 1 ? text(nodes[0]!) : `[${nodes.map(text).join(", ")}]`;
  const names = namesOf(module);
  const operators: string[] = [];
  postorder(rootsOf(module), (node) => {
    const leaf = leafText(node, names);
    if (leaf !== undefined) {
      texts.set(node, leaf);
      return;
    }
    const number = `%${operators.length}`;
    const label = node.label === undefined ? "" : `  "${node.label}"`;
    operators.push(`  ${number} = ${operatorText(node, text, names)}: ${typeText(node)}${label}`);
    texts.set(node, number);
  });

  const lines = [`module ${module.name}`];
  for (const domain of domainsOf(module)) {
    if (domain === implicitDomain) continue;
    const { name, edge, clock, resetKind, reset, resetActive } = domain;
    const resetText = resetKind === "none" ? "no reset" : `${resetKind} ${reset}, active ${resetActive}`;
    lines.push(`  domain ${name}: ${edge} ${clock}, ${resetText}`);
  }
  const inDomain = (id: number | undefined): string => (id ? `, domain ${domainOf(module, id).name}` : "");
  for (const port of module.ports) lines.push(`  ${port.direction} ${port.name}: ${describeType(port.type)}`);
  for (const memory of module.memories) {
    const init = memory.init === undefined ? "" : `, init ${memory.init.join(" ")}`;
    lines.push(`  memory ${memory.name}: ${memory.depth} x ${typeText(memory)}${init}`);
  }
  lines.push(...operators);
  for (const { node, name, driver } of module.wires) lines.push(`  wire ${name}: ${typeText(node)} = ${text(driver)}`);
  for (const { node, name, next, reset, group, domain, latch } of module.registers) {
    if (latch !== undefined) {
      lines.push(`  latch ${name}: ${typeText(node)} = ${text(latch.data)} when ${text(latch.transparent)}`);
      continue;
    }
    const resetText = `${reset === undefined ? "" : `, reset ${reset}`}${inDomain(domain)}`;
    lines.push(`  register ${name}: ${typeText(node)}, group ${group}${resetText}, next ${text(next)}`);
  }
  for (const memory of module.memories) {
    for (const { enable, address, data, mask, domain } of memory.writes) {
      const masked = mask === undefined ? "" : ` masked ${text(mask)}`;
      lines.push(
        `  write ${memory.name}[${text(address)}] = ${text(data)}${masked} when ${text(enable)}${inDomain(domain)}`,
      );
    }
  }
  for (const instance of module.instances) {
    const inputs = [...instance.inputs].map(([port, nodes]) => `${port} = ${list(nodes)}`);
    lines.push(`  instance ${instance.name}: ${instance.module.name}(${inputs.join(", ")})`);
  }
  for (const { kind, name, condition, message, duringReset } of propertiesOf(module)) {
    lines.push(`  ${kind} ${name}: ${text(condition)}${duringReset ? ", also during reset" : ""}  "${message}"`);
  }
  for (const port of module.ports) {
    if (port.direction === "output") lines.push(`  drive ${port.name} = ${list(port.drivers)}`);
  }
  return `${lines.join("\n")}\n`;
}

interface Names {
  readonly wires: ReadonlyMap<number, string>;
  readonly registers: ReadonlyMap<number, string>;
  readonly memories: ReadonlyMap<number, string>;
  readonly instances: ReadonlyMap<number, string>;
  /** Ports with elements, as `port` or `instance.port`. */
  readonly vectors: ReadonlySet<string>;
}

function namesOf(module: ModuleNetlist): Names {
  const vectors = new Set<string>();
  for (const port of module.ports) if (port.type.kind === "vec") vectors.add(port.name);
  for (const { name, module: child } of module.instances) {
    for (const port of child.ports) if (port.type.kind === "vec") vectors.add(`${name}.${port.name}`);
  }
  return {
    wires: new Map(module.wires.map(({ node, name }) => [node.id, name])),
    registers: new Map(module.registers.map(({ node, name }) => [node.id, name])),
    memories: new Map(module.memories.map(({ id, name }) => [id, name])),
    instances: new Map(module.instances.map(({ id, name }) => [id, name])),
    vectors,
  };
}

const typeText = ({ width, signed }: { width: number; signed: boolean }): string =>
  describeType({ kind: signed ? "sint" : "uint", width });

function leafText(node: Node, names: Names): string | undefined {
  const element = (port: string, index: number): string => (names.vectors.has(port) ? `${port}[${index}]` : port);
  switch (node.kind) {
    case "constant":
      return `${node.value}:${node.signed ? "s" : "u"}${node.width}`;
    case "input":
      return element(node.port, node.element);
    case "wire":
      return names.wires.get(node.id) ?? `wire ${node.id}?`;
    case "register":
      return names.registers.get(node.id) ?? `register ${node.id}?`;
    case "instance-output":
      return element(
        `${names.instances.get(node.instance) ?? `instance ${node.instance}?`}.${node.port}`,
        node.element,
      );
    default:
      return undefined;
  }
}

function operatorText(node: Node, text: (node: Node) => string, names: Names): string {
  switch (node.kind) {
    case "constant":
    case "input":
    case "wire":
    case "register":
    case "instance-output":
      return leafText(node, names)!;
    case "memory-read":
      return `${names.memories.get(node.memory) ?? `memory ${node.memory}?`}[${text(node.address)}]`;
    case "arithmetic":
    case "bitwise":
    case "compare":
      return `${node.operator}(${text(node.left)}, ${text(node.right)})`;
    case "reduce":
      return `reduce-${node.operator}(${text(node.operand)})`;
    case "not":
    case "extend":
    case "cast":
      return `${node.kind}(${text(node.operand)})`;
    case "mux":
      return `mux(${text(node.condition)}, ${text(node.whenTrue)}, ${text(node.whenFalse)})`;
    case "concat":
      return `concat(${node.parts.map(text).join(", ")})`;
    case "replicate":
      return `replicate(${text(node.operand)}, ${node.count})`;
    case "slice":
      return `slice(${text(node.operand)}, ${node.high}, ${node.low})`;
    case "shift":
      return `shift-${node.operator}(${text(node.operand)}, ${text(node.amount)})`;
    case "index-bits":
      return `index-bits(${text(node.operand)}, ${text(node.index)}, stride ${node.stride})`;
    default:
      return unreachable(node);
  }
}
