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
  const uses = new Map<Node, { count: number; reader: Node | undefined }>();
  const add = (node: Node, count: number, reader: Node | undefined): void => {
    const use = uses.get(node);
    if (use === undefined) uses.set(node, { count, reader });
    else use.count += count;
  };
  for (const root of roots) add(root, 1, undefined);
  // Users before operands, so that the readers of a cast are known when they are passed on.
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!;
    const weight = node.kind === "cast" ? uses.get(node)!.count : 1;
    for (const operand of operandsOf(node)) add(operand, weight, node);
  }
  return {
    countOf: (node) => uses.get(node)?.count ?? 0,
    onlyReaderOf: (node) => {
      const use = uses.get(node);
      return use?.count === 1 ? use.reader : undefined;
    },
  };
}
