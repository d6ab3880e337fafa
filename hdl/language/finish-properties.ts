import {
  bitwise,
  isLeaf,
  type LeafNode,
  type Node,
  not,
  operandsOf,
  type PropertyDefinition,
  type PropertyWatch,
} from "../ir/index.ts";
import { type Enumeration, enumerationOf, type Leaf, leavesOf } from "../types/index.ts";
import type { ModuleContext } from "./context.ts";
import type { FinalNames } from "./final-names.ts";
import { depthOf, startedNode } from "./history.ts";
import type { PortHandle } from "./port-handle.ts";

/** Signals whose values are told with a failure; a condition that reads more tells the first ones. */
const mostWatches = 12;

/**
 * Holds back the properties that look into the past until there is one. To be called after build() and before the
 * registers are counted, since it may add some.
 */
export function guardProperties(context: ModuleContext): void {
  for (const property of context.properties) {
    const { condition, source } = property;
    property.stated = condition;
    const depth = depthOf(context, condition);
    if (depth === 0) continue;
    const started = startedNode(context, property.domain, depth, source);
    property.condition =
      property.kind === "cover"
        ? bitwise("and", started, condition, { source })
        : bitwise("or", not(started, { source }), condition, { source });
  }
}

/** The finished properties of a module. */
export function finishProperties(
  context: ModuleContext,
  names: FinalNames,
  ports: readonly PortHandle[],
): PropertyDefinition[] {
  return context.properties.map((draft, i): PropertyDefinition => {
    const { kind, message, condition, duringReset, rangeCheck, domain, source } = draft;
    const watches = watchesOf(draft.stated ?? condition, context, names, ports);
    return Object.freeze({
      kind,
      name: names.properties[i]!,
      message,
      condition,
      watches,
      duringReset,
      ...(rangeCheck ? { rangeCheck } : {}),
      domain,
      source,
    });
  });
}

/** The leaves that a condition reads, in the order in which it names them, each name once. */
function watchesOf(
  root: Node,
  context: ModuleContext,
  names: FinalNames,
  ports: readonly PortHandle[],
): PropertyWatch[] {
  const found = new Map<string, PropertyWatch>();
  const seen = new Set<Node>();
  const waiting = [root];
  for (let node = waiting.pop(); node && found.size < mostWatches; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!isLeaf(node)) {
      for (const operand of [...operandsOf(node)].reverse()) waiting.push(operand);
      continue;
    }
    const name = leafName(node, names, ports);
    if (name === undefined || found.has(name)) continue;
    const enumeration = leafEnumeration(node, context, ports);
    found.set(name, Object.freeze(enumeration === undefined ? { name, node } : { name, node, enumeration }));
  }
  return [...found.values()];
}

/** The names of a leaf's values, when it is of an enumeration. */
function leafEnumeration(
  node: LeafNode,
  context: ModuleContext,
  ports: readonly PortHandle[],
): Enumeration | undefined {
  const ofElement = (leaf: Leaf | undefined) => leaf && enumerationOf(leaf.type);
  switch (node.kind) {
    case "input":
      return ofElement(ports.find((port) => port.name === node.port)?.leaves[node.element]);
    case "register":
      return context.registers[node.id]?.enumeration;
    case "wire":
      return context.wires[node.id]?.enumeration;
    case "instance-output": {
      const port = context.instances[node.instance]?.module.ports.find(({ name }) => name === node.port);
      return port && ofElement(leavesOf(port.type)[node.element]);
    }
    default:
      return undefined;
  }
}

function leafName(node: Node, names: FinalNames, ports: readonly PortHandle[]): string | undefined {
  switch (node.kind) {
    case "input":
      return ports.find((port) => port.name === node.port)?.elementName(node.element) ?? node.port;
    case "register":
      return names.registers[node.id];
    case "wire":
      return names.wires[node.id];
    case "instance-output":
      return `${names.instances[node.instance]}.${node.port}${node.element === 0 ? "" : `[${node.element}]`}`;
    default:
      return undefined;
  }
}
