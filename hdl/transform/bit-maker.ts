import { pointKey } from "../check/dependency-graph.ts";
import {
  bitwise,
  cast,
  concat,
  constant,
  isLeaf,
  mapOperands,
  mux,
  type Node,
  not,
  operandsOf,
  slice,
} from "../ir/index.ts";

/** One bit of a node. */
export interface Point {
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
function joinBits(node: Node, bits: readonly Node[], label: string | undefined): Node {
  const [first, second, third] = bits;
  const origin = { source: node.source, label };
  if (node.kind === "not") return not(first!, origin);
  if (node.kind === "bitwise") return bitwise(node.operator, first!, second!, origin);
  if (node.kind === "mux") return mux(first!, second!, third!, origin);
  return first ?? constant(0n, 1, false);
}

/** All bits of a node: of one whose bits cannot be had without each other. */
const whole = -1;

/** Makes nodes for single bits of what lies on a loop; a bit is made once. */
export class BitMaker {
  readonly #members: ReadonlySet<Node | string>;
  readonly #bitWires: ReadonlyMap<number, readonly Node[]>;
  readonly #names: ReadonlyMap<Node, string>;
  readonly #made = new Map<Node, Map<number, Node>>();

  /**
   * @param members what to make bit by bit, as points of the module's graph
   * @param bitWires wires that stand for the bits of wires
   * @param names names for nodes: their bits are called `name_0`, `name_1`, …
   */
  constructor(
    members: ReadonlySet<Node | string>,
    bitWires: ReadonlyMap<number, readonly Node[]>,
    names: ReadonlyMap<Node, string>,
  ) {
    this.#members = members;
    this.#bitWires = bitWires;
    this.#names = names;
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
      const missing = this.#needsOf(top).filter((need) => !this.#known(need));
      if (missing.length > 0) stack.push(...missing);
      else this.#keep(top, this.#make(top));
    }
    return this.#known(point)!;
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

  /** Whether the node lies on a loop and computes something, so that it is made anew. */
  #isMade(node: Node): boolean {
    return !isLeaf(node) && this.#members.has(pointKey(node));
  }

  /** The points of an operand that a node takes as it is. */
  #pointsOf(operand: Node): Point[] {
    if (!this.#isMade(operand)) return [];
    if (bitOperands(operand, 0) === undefined) return [{ node: operand, bit: whole }];
    return Array.from({ length: operand.width }, (_, bit) => ({ node: operand, bit }));
  }

  #needsOf({ node, bit }: Point): Point[] {
    if (bit === whole) return operandsOf(node).flatMap((operand) => this.#pointsOf(operand));
    if (!this.#isMade(node)) return [];
    return bitOperands(node, bit) ?? [{ node, bit: whole }];
  }

  #make({ node, bit }: Point): Node {
    if (bit === whole) return mapOperands(node, (operand) => this.#operand(operand));
    const operands = this.#isMade(node) ? bitOperands(node, bit) : undefined;
    if (operands) {
      const name = this.#names.get(node);
      const label = name === undefined ? node.label : `${name}_${bit}`;
      return joinBits(
        node,
        operands.map((operand) => this.#known(operand)!),
        label,
      );
    }
    const source = this.#known({ node, bit: whole }) ?? node;
    const plain = node.width === 1 ? source : slice(source, bit, bit, { source: node.source });
    return plain.signed ? cast(plain, false) : plain;
  }

  #operand(operand: Node): Node {
    const points = this.#pointsOf(operand);
    if (points.length === 0) return operand;
    const [first, ...others] = points.map((point) => this.#known(point)!);
    if (points[0]!.bit === whole) return first!;
    const joined = others.length === 0 ? first! : concat([first!, ...others].reverse(), { source: operand.source });
    return operand.signed ? cast(joined, true) : joined;
  }
}
