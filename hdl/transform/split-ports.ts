import {
  cast,
  concat,
  type InstanceDefinition,
  input,
  instanceOutput,
  type ModuleNetlist,
  mapRoots,
  type Node,
  type Port,
  rewriteModule,
  slice,
} from "../ir/index.ts";
import { bit, bitWidth, type PackedType, scalarOf, vec } from "../types/index.ts";

/** Whether a port can be taken apart: its elements have several bits. */
function hasBits({ type }: Port): boolean {
  return scalarOf(type).width > 1;
}

/** The elements of a port whose bits are elements: each bit is one, in packing order, the port in Verilog the same. */
function inBits(port: Port): Port {
  const { width } = scalarOf(port.type);
  const drivers = port.drivers.flatMap((driver) => bitsOf(driver, width));
  return Object.freeze({ ...port, type: vec(bitWidth(port.type), bit), drivers, declared: port.type });
}

/** Every bit of a node as a node of its own, the lowest first. */
function bitsOf(node: Node, width: number): Node[] {
  const plain = node.signed ? cast(node, false) : node;
  return Array.from({ length: width }, (_, i) => slice(plain, i, i, { source: node.source }));
}

/** The value of an element of a port that has been taken apart. */
function joined(node: Node, bitAt: (element: number) => Node): Node {
  const { width, signed } = node;
  const base = (node as { element: number }).element * width;
  const parts = Array.from({ length: width }, (_, i) => bitAt(base + width - 1 - i));
  const whole = concat(parts, { source: node.source, label: node.label });
  return signed ? cast(whole, true) : whole;
}

/**
 * The module with the ports `wanted` taken apart into bits, and on the children that `replace` gives, some ports of which may
 * be. Nothing else changes: who reads such a port reads its bits side by side.
 */
export function splitPorts(
  module: ModuleNetlist,
  wanted: ReadonlySet<string>,
  replace: (child: ModuleNetlist) => ModuleNetlist,
): ModuleNetlist {
  const own = new Set(module.ports.filter((port) => wanted.has(port.name) && hasBits(port)).map(({ name }) => name));
  const children = new Map(module.instances.map((instance) => [instance.id, replace(instance.module)]));
  const splitBelow = new Map<number, Map<string, PackedType>>();
  for (const [id, child] of children) {
    const ports = child.ports.flatMap(({ name, declared }) => (declared ? [[name, declared] as const] : []));
    if (ports.length > 0) splitBelow.set(id, new Map(ports));
  }
  const made = new Map<string, Node>();
  const once = (key: string, make: () => Node): Node => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  if (own.size === 0 && splitBelow.size === 0) return mapRoots(module, (node) => node, replace);
  const rewritten = rewriteModule(module, (node) => {
    if (node.kind === "input" && own.has(node.port)) {
      return joined(node, (i) => once(`${node.port}/${i}`, () => input(node.port, i, 1, false, node)));
    }
    if (node.kind === "instance-output" && splitBelow.get(node.instance)?.has(node.port)) {
      const { instance, port } = node;
      return joined(node, (i) => once(`${instance}/${port}/${i}`, () => instanceOutput(instance, port, i, 1, false)));
    }
    return node;
  });
  const instances = rewritten.instances.map((instance): InstanceDefinition => {
    const split = splitBelow.get(instance.id);
    const inputs = new Map(
      [...instance.inputs].map(([port, nodes]) => {
        const type = split?.get(port);
        return [port, type ? nodes.flatMap((node) => bitsOf(node, scalarOf(type).width)) : nodes] as const;
      }),
    );
    return Object.freeze({ ...instance, module: children.get(instance.id)!, inputs });
  });
  const ports = rewritten.ports.map((port) => (own.has(port.name) ? inBits(port) : port));
  return Object.freeze({ ...rewritten, ports: Object.freeze(ports), instances: Object.freeze(instances) });
}
