import type { ModuleNetlist, Node } from "../ir/index.ts";
import type { Expression } from "./ast.ts";

/** The vectors that children of a module take, told apart by their elements: one that several take is joined once. */
export class SharedLists {
  /** Nets of the lists that have been joined, by key. */
  readonly joined = new Map<string, Expression>();
  readonly #numbers = new Map<Node, number>();
  readonly #takers = new Map<string, number>();

  constructor(module: ModuleNetlist) {
    for (const instance of module.instances) {
      for (const drivers of instance.inputs.values()) {
        if (drivers.length < 2) continue;
        const key = this.keyOf(drivers);
        this.#takers.set(key, (this.#takers.get(key) ?? 0) + 1);
      }
    }
  }

  /** The same for two lists of the same nodes in the same order. */
  keyOf(drivers: readonly Node[]): string {
    return drivers.map((node) => this.#number(node)).join();
  }

  /** Whether more than one child takes the list. */
  isShared(key: string): boolean {
    return (this.#takers.get(key) ?? 0) > 1;
  }

  #number(node: Node): number {
    const known = this.#numbers.get(node);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(node, number);
    return number;
  }
}
