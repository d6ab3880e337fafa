import type { Node, NumberedNodes } from "../ir/index.ts";
import type { Visited } from "./depth-first.ts";
import type { Vertex } from "./forward.ts";

/** The vertices that a walk over a numbered module has visited: a mark for each node, and a set for what is no node. */
export class VisitedVertices implements Visited<Vertex> {
  readonly #indexOf: ReadonlyMap<Node, number>;
  readonly #marks: Uint8Array;
  readonly #others = new Set<Vertex>();

  constructor({ indexOf, order }: NumberedNodes) {
    this.#indexOf = indexOf;
    this.#marks = new Uint8Array(order.length);
  }

  has(vertex: Vertex): boolean {
    const index = this.#indexOf.get(vertex as Node);
    return index === undefined ? this.#others.has(vertex) : this.#marks[index] === 1;
  }

  add(vertex: Vertex): void {
    const index = this.#indexOf.get(vertex as Node);
    if (index === undefined) this.#others.add(vertex);
    else this.#marks[index] = 1;
  }
}
