import { type Design, uint } from "../hdl/index.ts";
import {
  bitwise,
  constant,
  designOf,
  instanceOutput,
  type ModuleNetlist,
  type Node,
  operandsOf,
  type PropertyDefinition,
  propertiesOf,
} from "../hdl/ir/index.ts";

/** What a design assumes of its inputs. */
export interface InputAssumptions {
  /** The design with one more output, which is 1 while all of them hold. */
  readonly watched: Design;
  readonly output: string;
  /** Whether an assumption is one of them: by the path of its module, the top first, and its name. */
  has(path: readonly string[], name: string): boolean;
}

/** Inputs of a module that its surroundings connect straight to inputs of the top. */
type Straight = (port: string) => boolean;

const keyOf = (path: readonly string[], name: string): string => [...path, name].join(".");

/**
 * The assumptions that only the surroundings of the design can keep: those of the top, and those of modules below it
 * whose signals are inputs of the top, connected as they are. Of any other it is the design that has to see to it.
 * @returns undefined when there is none
 */
export function inputAssumptions(design: Design): InputAssumptions | undefined {
  const keys = new Set<string>();
  const watched = watch(design.top, [design.top.name], () => true, keys);
  if (watched === undefined) return undefined;
  return {
    watched: designOf(watched.module),
    output: watched.output,
    has: (path, name) => keys.has(keyOf(path, name)),
  };
}

interface Watched {
  readonly module: ModuleNetlist;
  readonly output: string;
}

/** The module with its output; undefined for one in which nothing is assumed of the top's inputs. */
function watch(
  module: ModuleNetlist,
  path: readonly string[],
  straight: Straight,
  keys: Set<string>,
): Watched | undefined {
  const conditions: Node[] = [];
  for (const property of propertiesOf(module)) {
    if (property.kind !== "assume" || !(path.length === 1 || isAboutInputs(module, property, straight))) continue;
    keys.add(keyOf(path, property.name));
    conditions.push(property.condition);
  }
  const instances = module.instances.map((instance) => {
    const straightChild: Straight = (port) =>
      (instance.inputs.get(port) ?? []).every((driver) => isStraight(module, driver, straight));
    const child = watch(instance.module, [...path, instance.name], straightChild, keys);
    if (child === undefined) return instance;
    conditions.push(instanceOutput(instance.id, child.output, 0, 1, false));
    return { ...instance, module: child.module };
  });
  if (conditions.length === 0) return undefined;
  let output = "assumptions_hold";
  while (module.ports.some((port) => port.name === output)) output += "_";
  const all = conditions.reduce((one, other) => bitwise("and", one, other), constant(1n, 1, false));
  const port = { name: output, direction: "output", type: uint(1), drivers: [all] } as const;
  return { module: { ...module, instances, ports: [...module.ports, port] }, output };
}

/** The leaves of the logic in front of a node, wires followed. */
function* leaves(module: ModuleNetlist, root: Node): Generator<Node> {
  const drivers = new Map(module.wires.map(({ driver, node }) => [node.id, driver]));
  const seen = new Set<Node>();
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const operands = node.kind === "wire" ? [drivers.get(node.id)!] : operandsOf(node);
    if (operands.length === 0) yield node;
    else waiting.push(...operands);
  }
}

/** Whether the signals that an assumption reads now, rather than remembers, are all inputs of the top. */
function isAboutInputs(module: ModuleNetlist, { condition }: PropertyDefinition, straight: Straight): boolean {
  const read = [...leaves(module, condition)].filter(({ kind }) => kind !== "constant" && kind !== "register");
  return read.length > 0 && read.every((node) => node.kind === "input" && straight(node.port));
}

/** Kinds of nodes that only pass bits on. */
const wiring: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>(["wire", "input", "slice", "concat", "cast", "extend"]);

/** Whether a driver is nothing but inputs of the top, or bits of them. */
function isStraight(module: ModuleNetlist, driver: Node, straight: Straight): boolean {
  const drivers = new Map(module.wires.map(({ driver: own, node }) => [node.id, own]));
  let node = driver;
  while (node.kind === "wire") node = drivers.get(node.id)!;
  if (!wiring.has(node.kind)) return false;
  if (node.kind === "input") return straight(node.port);
  const operands = operandsOf(node);
  return operands.length > 0 && operands.every((operand) => isStraight(module, operand, straight));
}
