import type { ModuleNetlist, Node, NumberedNodes } from "../ir/index.ts";
import { numberNodes, numberRoots, rootsOf } from "../ir/index.ts";

/** How often the nodes of a module are read, and by whom. */
export interface Uses {
  /** All nodes, operands before users. */
  readonly nodes: readonly Node[];
  /** Reads of the node by other nodes and by the module. A cast is no reader: its readers count. */
  countOf(node: Node): number;
  /** The node that reads this one, when it is the only reader. */
  onlyReaderOf(node: Node): Node | undefined;
}

/** Counts the reads of every node below the module's roots. */
export function usesOf(module: ModuleNetlist): Uses {
  return usesIn(numberNodes(module), rootsOf(module));
}

/** As `usesOf`, but of registers only latches count; `reads` is what is read in the place of the others' next values. */
export function usesWith(module: ModuleNetlist, reads: readonly Node[]): Uses {
  const latches = module.registers.filter(({ latch }) => latch !== undefined);
  const roots = [...rootsOf({ ...module, registers: latches }), ...reads];
  return usesIn(numberRoots(roots), roots);
}

function usesIn({ order, indexOf, start, operands }: NumberedNodes, roots: readonly Node[]): Uses {
  const counts = new Int32Array(order.length);
  /** The node that reads each; −1 for the module itself. */
  const readers = new Int32Array(order.length).fill(-1);
  for (const root of roots) counts[indexOf.get(root)!]!++;
  // Users before operands, so that the readers of a cast are known when they are passed on.
  for (let i = order.length - 1; i >= 0; i--) {
    const weight = order[i]!.kind === "cast" ? counts[i]! : 1;
    for (let edge = start[i]!; edge < start[i + 1]!; edge++) {
      const operand = operands[edge]!;
      if (counts[operand] === 0) readers[operand] = i;
      counts[operand]! += weight;
    }
  }
  return {
    nodes: order,
    countOf: (node) => {
      const index = indexOf.get(node);
      return index === undefined ? 0 : counts[index]!;
    },
    onlyReaderOf: (node) => {
      const index = indexOf.get(node);
      return index !== undefined && counts[index] === 1 && readers[index]! >= 0 ? order[readers[index]!] : undefined;
    },
  };
}
