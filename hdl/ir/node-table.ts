import type { Node } from "./node.ts";
import type { NumberedNodes } from "./number-nodes.ts";

/**
 * Values by node, for a walk over a numbered module: a look at the numbering and an array, which unlike a map of its own
 * need not grow. Nodes that the numbering does not know are kept aside.
 */
export class NodeTable<V> {
  readonly #indexOf: ReadonlyMap<Node, number>;
  readonly #values: (V | undefined)[];
  readonly #others = new Map<Node, V>();

  constructor({ indexOf, order }: NumberedNodes) {
    this.#indexOf = indexOf;
    this.#values = new Array<V | undefined>(order.length).fill(undefined);
  }

  get(node: Node): V | undefined {
    const index = this.#indexOf.get(node);
    return index === undefined ? this.#others.get(node) : this.#values[index];
  }

  set(node: Node, value: V): void {
    const index = this.#indexOf.get(node);
    if (index === undefined) this.#others.set(node, value);
    else this.#values[index] = value;
  }
}
