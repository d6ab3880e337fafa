import {
  DependencyGraph,
  findLoops,
  type InputsOfOutputs,
  inputsOfOutputs,
  pointKey,
} from "../check/dependency-graph.ts";
import { loopMembers } from "../check/loop-members.ts";
import {
  bitwise,
  cast,
  concat,
  constant,
  type Design,
  designOf,
  type ModuleNetlist,
  mapRoots,
  mux,
  type Node,
  not,
  slice,
  type WireDefinition,
  wire as wireNode,
} from "../ir/index.ts";

/** One bit of a node. */
interface Point {
  readonly node: Node;
  readonly bit: number;
}

/** The bits on which a bit of a node depends, where those are fewer than all of its operands. */
function bitOperands(node: Node, bit: number): Point[] | undefined {
  switch (node.kind) {
    case "slice":
      return [{ node: node.operand, bit: node.low + bit }];
    case "cast":
    case "not":
      return [{ node: node.operand, bit }];
    case "replicate":
      return [{ node: node.operand, bit: bit % node.operand.width }];
    case "extend": {
      const { operand } = node;
      if (bit < operand.width) return [{ node: operand, bit }];
      return node.signed ? [{ node: operand, bit: operand.width - 1 }] : [];
    }
    case "bitwise":
      return [
        { node: node.left, bit },
        { node: node.right, bit },
      ];
    case "mux":
      return [
        { node: node.condition, bit: 0 },
        { node: node.whenTrue, bit },
        { node: node.whenFalse, bit },
      ];
    case "concat": {
      let base = node.width;
      for (const part of node.parts) {
        base -= part.width;
        if (bit >= base) return [{ node: part, bit: bit - base }];
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** The node for one bit, made of the bits that `bitOperands` names. */
function joinBits(node: Node, bits: readonly Node[]): Node {
  const [first, second, third] = bits;
  if (node.kind === "not") return not(first!, node);
  if (node.kind === "bitwise") return bitwise(node.operator, first!, second!, node);
  if (node.kind === "mux") return mux(first!, second!, third!, node);
  return first ?? constant(0n, 1, false);
}

/** Makes nodes for single bits of what lies on a loop; a bit is made once. */
class BitMaker {
  readonly #members: ReadonlySet<Node | string>;
  readonly #bitWires: ReadonlyMap<number, readonly Node[]>;
  readonly #made = new Map<Node, Map<number, Node>>();

  constructor(members: ReadonlySet<Node | string>, bitWires: ReadonlyMap<number, readonly Node[]>) {
    this.#members = members;
    this.#bitWires = bitWires;
  }

  #known({ node, bit }: Point): Node | undefined {
    if (node.kind === "wire") {
      const known = this.#bitWires.get(node.id)?.[bit];
      if (known) return known;
    }
    return this.#made.get(node)?.get(bit);
  }

  #keep({ node, bit }: Point, made: Node): void {
    const bits = this.#made.get(node) ?? new Map<number, Node>();
    this.#made.set(node, bits.set(bit, made));
  }

  /** The bit as a node of one bit; with a stack of its own, so that logic may be as deep as it likes. */
  bit(point: Point): Node {
    const stack = [point];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      if (this.#known(top)) {
        stack.pop();
        continue;
      }
      const { node, bit } = top;
      const operands = this.#members.has(pointKey(node)) ? bitOperands(node, bit) : undefined;
      if (!operands) {
        const plain = node.width === 1 ? node : slice(node, bit, bit, { source: node.source });
        this.#keep(top, plain.signed ? cast(plain, false) : plain);
        continue;
      }
      const bits = operands.map((operand) => this.#known(operand));
      const missing = operands.filter((_, i) => !bits[i]);
      if (missing.length > 0) stack.push(...missing);
      else this.#keep(top, joinBits(node, bits as Node[]));
    }
    return this.#known(point)!;
  }
}

/** Whether the user drives bits of the wire on their own. */
function drivenInParts(driver: Node): boolean {
  return driver.kind === "cast" ? drivenInParts(driver.operand) : driver.kind === "concat";
}

/** The module with every wire that lies on a loop made of one wire per bit. */
function splitModule(module: ModuleNetlist, graph: DependencyGraph): ModuleNetlist {
  const members = loopMembers(graph);
  const looping = module.wires.filter(({ node }) => node.width > 1 && members.has(pointKey(node)));
  if (looping.length === 0) return module;
  const taken = new Set([
    ...[...module.ports, ...module.wires, ...module.registers, ...module.memories, ...module.instances].map(
      ({ name }) => name,
    ),
    "clock",
    "reset",
  ]);
  const claim = (wanted: string): string => {
    let name = wanted;
    while (taken.has(name)) name = `${name}_bit`;
    taken.add(name);
    return name;
  };
  let id = Math.max(...module.wires.map(({ node }) => node.id)) + 1;
  const bitWires = new Map<number, readonly Node[]>();
  const drafts: { bit: number; of: WireDefinition; name: string; node: ReturnType<typeof wireNode> }[] = [];
  for (const of of looping) {
    const nodes = Array.from({ length: of.node.width }, (_, bit) => {
      const node = wireNode(id++, 1, false, { source: of.node.source });
      drafts.push({ bit, of, name: claim(`${of.name}_${bit}`), node });
      return node;
    });
    bitWires.set(of.node.id, nodes);
  }
  const maker = new BitMaker(members, bitWires);
  const bits = drafts.map(({ node, name, bit, of }): WireDefinition => {
    const bitOf = { name: of.name, bit, alone: drivenInParts(of.driver) };
    return Object.freeze({ node, name, driver: maker.bit({ node: of.driver, bit }), bitOf });
  });
  const wires = module.wires.map((wire): WireDefinition => {
    const own = bitWires.get(wire.node.id);
    if (!own) return wire;
    const joined = concat([...own].reverse(), { source: wire.node.source });
    return Object.freeze({ ...wire, driver: wire.node.signed ? cast(joined, true) : joined });
  });
  return Object.freeze({ ...module, wires: Object.freeze([...wires, ...bits]) });
}

/**
 * The design with every wire on a loop split into its bits. A loop through different bits of one wire, such as a chain of
 * carries, is then none; what is still a loop afterwards is a true one. Back ends order whole wires, so they need this.
 */
export function splitLoopingWires(design: Design): Design {
  const replaced = new Map<ModuleNetlist, ModuleNetlist>();
  const known = new Map<ModuleNetlist, InputsOfOutputs>();
  for (const original of design.modules) {
    let module = mapRoots(
      original,
      (node) => node,
      (child) => replaced.get(child) ?? child,
    );
    let graph = new DependencyGraph(module, known);
    if (findLoops(graph).length > 0) {
      module = splitModule(module, graph);
      graph = new DependencyGraph(module, known);
    }
    known.set(module, findLoops(graph).length === 0 ? inputsOfOutputs(graph) : new Map());
    replaced.set(original, module);
  }
  return designOf(replaced.get(design.top)!);
}
