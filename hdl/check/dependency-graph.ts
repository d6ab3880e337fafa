import type { Source } from "../diagnostics/index.ts";
import {
  type InstanceDefinition,
  type InstanceOutputNode,
  type ModuleNetlist,
  type Node,
  operandsOf,
  type WireDefinition,
} from "../ir/index.ts";
import { leavesOf, scalarOf } from "../types/index.ts";

/** For each output element of a module: the input elements it depends on without a register in between. */
export type InputsOfOutputs = ReadonlyMap<string, ReadonlySet<string>>;

const elementKey = (port: string, element: number): string => `${port}/${element}`;

/** What depends on what in a module, without a register in between. */
export class DependencyGraph {
  readonly module: ModuleNetlist;
  readonly wires: ReadonlyMap<number, WireDefinition>;
  readonly instances: ReadonlyMap<number, InstanceDefinition>;
  readonly #known: ReadonlyMap<ModuleNetlist, InputsOfOutputs>;

  /** @param known what is known of the modules below */
  constructor(module: ModuleNetlist, known: ReadonlyMap<ModuleNetlist, InputsOfOutputs>) {
    this.module = module;
    this.wires = new Map(module.wires.map((wire) => [wire.node.id, wire]));
    this.instances = new Map(module.instances.map((instance) => [instance.id, instance]));
    this.#known = known;
  }

  /** What a node depends on at once: operands, the driver of a wire, the inputs of a child that reach its output. */
  dependenciesOf(node: Node): readonly Node[] {
    if (node.kind === "wire") return [this.wires.get(node.id)!.driver];
    if (node.kind !== "instance-output") return operandsOf(node);
    const instance = this.instances.get(node.instance)!;
    return this.inputsBehind(instance, node.port, node.element).map(([, driver]) => driver);
  }

  /** What drives the inputs of a child that reach an element of its output without a register, each with its port. */
  inputsBehind(instance: InstanceDefinition, port: string, element: number): (readonly [port: string, driver: Node])[] {
    const through = this.#known.get(instance.module)!.get(elementKey(port, element));
    if (!through) return [];
    const found: (readonly [string, Node])[] = [];
    for (const [name, nodes] of instance.inputs) {
      nodes.forEach((driver, i) => {
        if (through.has(elementKey(name, i))) found.push([name, driver]);
      });
    }
    return found;
  }

  /** A node as the user knows it; of a child's output the element and bit, unless `whole`. */
  describe(node: Node, whole = false): string {
    if (node.kind === "wire") {
      const { bitOf, name } = this.wires.get(node.id)!;
      if (!bitOf) return `wire \`${name}\``;
      // Bits matter to the reader only where they are driven one by one.
      return bitOf.alone ? `bit ${bitOf.bit} of wire \`${bitOf.name}\`` : `wire \`${bitOf.name}\``;
    }
    if (node.kind === "instance-output") {
      const { name, module } = this.instances.get(node.instance)!;
      const { bit, path } = whole ? { path: "" } : placeOf(module, node);
      return `${bit === undefined ? "" : `bit ${bit} of `}output \`${node.port}${path}\` of \`${name}\``;
    }
    const name = node.label ?? node.source?.name;
    if (name === undefined) return "this expression";
    // Without a name of its own an expression has that of the signal that it drives.
    const driven = node.label === undefined && /^(.+)_(?:value|next)$/.exec(name);
    return driven ? `what drives \`${driven[1]}\`` : `\`${name}\``;
  }

  /** The declared wire or child's output that a node, or the wire of which it is a bit, stands for. */
  declaredName(node: Node): string | undefined {
    if (node.kind !== "wire") return node.kind === "instance-output" ? this.describe(node, true) : undefined;
    const { bitOf, name } = this.wires.get(node.id)!;
    return bitOf?.name ?? name;
  }

  /** The user's line for a node. */
  sourceOf(node: Node): Source | undefined {
    return node.kind === "instance-output" ? this.instances.get(node.instance)!.source : node.source;
  }
}

/** The element of its port that a child's output is, as `[3]`, and the bit where bits have become elements. */
function placeOf(module: ModuleNetlist, { port: name, element }: InstanceOutputNode): { path: string; bit?: number } {
  const { type, declared } = module.ports.find((port) => port.name === name)!;
  const width = declared === undefined ? 1 : scalarOf(declared).width;
  const { path } = leavesOf(declared ?? type)[Math.floor(element / width)]!;
  const text = path.map((step) => `[${step}]`).join("");
  return declared === undefined ? { path: text } : { path: text, bit: element % width };
}

/** The point that an element of a child's output is. */
export function outputKey(instance: number, port: string, element: number): string {
  return `child ${instance} ${port} ${element}`;
}

/** Two wire or child nodes with the same meaning are one point of the graph, though they may be two objects. */
export function pointKey(node: Node): Node | string {
  if (node.kind === "wire") return `wire ${node.id}`;
  return node.kind === "instance-output" ? outputKey(node.instance, node.port, node.element) : node;
}

interface Frame {
  readonly node: Node;
  readonly key: Node | string;
  readonly next: readonly Node[];
  index: number;
}

/** Searches depth first with a stack of its own; returns the first loop found, if any. */
function findLoop(
  roots: readonly Node[],
  graph: DependencyGraph,
  finished: Set<Node | string>,
): readonly Node[] | undefined {
  const onPath = new Set<Node | string>();
  const stack: Frame[] = [];
  const enter = (node: Node): void => {
    const key = pointKey(node);
    onPath.add(key);
    stack.push({ node, key, next: graph.dependenciesOf(node), index: 0 });
  };
  for (const root of roots) {
    if (finished.has(pointKey(root))) continue;
    enter(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.index === top.next.length) {
        stack.pop();
        onPath.delete(top.key);
        finished.add(top.key);
        continue;
      }
      const node = top.next[top.index++]!;
      const key = pointKey(node);
      if (onPath.has(key)) return stack.slice(stack.findIndex((frame) => frame.key === key)).map((frame) => frame.node);
      if (!finished.has(key)) enter(node);
    }
  }
  return undefined;
}

/** The loops of a module, each a path of nodes; loops that share a point with one already found are left out. */
export function findLoops(graph: DependencyGraph): (readonly Node[])[] {
  const { module } = graph;
  const finished = new Set<Node | string>();
  const roots: Node[] = module.wires.map((wire) => wire.node);
  for (const instance of module.instances) for (const nodes of instance.inputs.values()) roots.push(...nodes);
  const loops: (readonly Node[])[] = [];
  for (const root of roots) {
    const loop = findLoop([root], graph, finished);
    if (!loop) continue;
    loops.push(loop);
    // One complaint per loop: its points are not searched again.
    for (const node of loop) finished.add(pointKey(node));
  }
  return loops;
}

/** The inputs on which each output of a module without loops depends. */
export function inputsOfOutputs(graph: DependencyGraph): InputsOfOutputs {
  const reached = new Map<Node | string, ReadonlySet<string>>();
  const summary = new Map<string, ReadonlySet<string>>();
  const visit = (root: Node): ReadonlySet<string> => {
    const stack: Frame[] = [{ node: root, key: pointKey(root), next: graph.dependenciesOf(root), index: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (!reached.has(top.key) && top.index < top.next.length) {
        const node = top.next[top.index++]!;
        if (!reached.has(pointKey(node))) {
          stack.push({ node, key: pointKey(node), next: graph.dependenciesOf(node), index: 0 });
        }
        continue;
      }
      stack.pop();
      if (reached.has(top.key)) continue;
      const { node } = top;
      if (node.kind === "input") reached.set(top.key, new Set([elementKey(node.port, node.element)]));
      else reached.set(top.key, union(top.next.map((operand) => reached.get(pointKey(operand))!)));
    }
    return reached.get(pointKey(root))!;
  };
  for (const port of graph.module.ports) {
    port.drivers.forEach((driver, element) => {
      summary.set(elementKey(port.name, element), visit(driver));
    });
  }
  return summary;
}

const nothing: ReadonlySet<string> = new Set();

/** The union of sets; one of them itself when it holds all, which keeps long chains cheap. */
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  let largest = nothing;
  for (const set of sets) if (set.size > largest.size) largest = set;
  let result: Set<string> | undefined;
  for (const set of sets) {
    if (set === largest) continue;
    for (const key of set) {
      if (largest.has(key) || result?.has(key)) continue;
      result ??= new Set(largest);
      result.add(key);
    }
  }
  return result ?? largest;
}
