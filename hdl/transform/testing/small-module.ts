import { type ModuleNetlist, type Node, operandsOf, type Port, postorder } from "../../ir/index.ts";
import { type ScalarType, sint, uint } from "../../types/index.ts";

const typeOf = (node: Node): ScalarType => (node.signed ? sint(node.width) : uint(node.width));

/** A module whose outputs `q0`, `q1`, … are the given nodes, and whose scalar input ports are those that the nodes read. */
export function moduleOf(...outputs: Node[]): ModuleNetlist {
  const ports = new Map<string, Port>();
  postorder(outputs, (node) => {
    if (node.kind === "input")
      ports.set(node.port, { name: node.port, direction: "input", type: typeOf(node), drivers: [] });
  });
  const drivers = outputs.map(
    (node, i): Port => ({ name: `q${i}`, direction: "output", type: typeOf(node), drivers: [node] }),
  );
  return {
    name: "M",
    params: {},
    ports: [...ports.values(), ...drivers],
    wires: [],
    registers: [],
    memories: [],
    instances: [],
  };
}

/** A small expression as nested text with the type of every operator: `add(a, 1:u1):u9`. */
export function textOf(node: Node): string {
  const type = `${node.signed ? "s" : "u"}${node.width}`;
  switch (node.kind) {
    case "constant":
      return `${node.value}:${type}`;
    case "input":
      return node.port;
    case "wire":
    case "register":
      return `${node.kind}${node.id}`;
    default: {
      const operator = "operator" in node ? node.operator : node.kind;
      const attributes = node.kind === "slice" ? [node.high, node.low] : node.kind === "replicate" ? [node.count] : [];
      return `${operator}(${[...operandsOf(node).map(textOf), ...attributes].join(", ")}):${type}`;
    }
  }
}

/** The text of the only output of a module made by `moduleOf`, after a pass. */
export function outputText(module: ModuleNetlist, output = 0): string {
  return textOf(module.ports.find((port) => port.name === `q${output}`)!.drivers[0]!);
}
