import type { ModuleNetlist, Node } from "../ir/index.ts";
import { operandsOf, postorder, rootsOf } from "../ir/index.ts";

/** How often the nodes of a module are read, and by whom. */
export interface Uses {
  /** Reads of the node by other nodes and by the module. A cast is no reader: its readers count. */
  countOf(node: Node): number;
  /** The node that reads this one, when it is the only reader. */
  onlyReaderOf(node: Node): Node | undefined;
}

/** Counts the reads of every node below the module's roots. */
export function usesOf(module: ModuleNetlist): Uses {
  const roots = rootsOf(module);
  const nodes: Node[] = [];
  postorder(roots, (node) => nodes.push(node));
  const counts = new Map<Node, number>();
  const readers = new Map<Node, Node>();
  const add = (node: Node, count: number): void => {
    counts.set(node, (counts.get(node) ?? 0) + count);
  };
  for (const root of roots) add(root, 1);
  // Users before operands, so that the readers of a cast are known when they are passed on.
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!;
    const weight = node.kind === "cast" ? (counts.get(node) ?? 0) : 1;
    for (const operand of operandsOf(node)) {
      add(operand, weight);
      readers.set(operand, node);
    }
  }
  return {
    countOf: (node) => counts.get(node) ?? 0,
    onlyReaderOf: (node) => (counts.get(node) === 1 ? readers.get(node) : undefined),
  };
}
