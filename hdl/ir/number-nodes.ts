import { type ModuleNetlist, rootsOf } from "./netlist.ts";
import { type Node, operandsOf } from "./node.ts";

/** The reachable nodes of a module as a dense table, for passes that want arrays instead of maps. */
export interface NumberedNodes {
  /** Every reachable node once, operands before users. */
  readonly order: readonly Node[];
  /** Position of a node in `order`. */
  readonly indexOf: ReadonlyMap<Node, number>;
  /** Operands of node `i`, by position: `operands[start[i]]` up to, not including, `operands[start[i + 1]]`. */
  readonly start: Int32Array;
  readonly operands: Int32Array;
}

/** A netlist never changes, so one numbering serves every check and pass that looks at it. */
const numberings = new WeakMap<ModuleNetlist, NumberedNodes>();

/** Numbers the nodes of a module, operands first. Uses a stack of its own, so expressions may be as deep as they like. */
export function numberNodes(module: ModuleNetlist): NumberedNodes {
  let numbered = numberings.get(module);
  if (numbered === undefined) {
    numbered = numberRoots(rootsOf(module));
    numberings.set(module, numbered);
  }
  return numbered;
}

/** Numbers the nodes that roots lead to, in the same way. */
export function numberRoots(roots: readonly Node[]): NumberedNodes {
  const order: Node[] = [];
  const indexOf = new Map<Node, number>();
  const start: number[] = [0];
  const operands: number[] = [];
  // The nodes whose operands are being numbered, those operands, and how many of them have a number.
  const open: Node[] = [];
  const needed: (readonly Node[])[] = [];
  const done: number[] = [];
  const enter = (node: Node): void => {
    open.push(node);
    needed.push(operandsOf(node));
    done.push(0);
  };
  for (const root of roots) {
    if (indexOf.has(root)) continue;
    enter(root);
    while (open.length > 0) {
      const top = open.length - 1;
      const wanted = needed[top]!;
      let next = done[top]!;
      // Operators form no cycles, so a node without a number is not on the stack either.
      while (next < wanted.length && indexOf.has(wanted[next]!)) next++;
      done[top] = next;
      if (next < wanted.length) {
        enter(wanted[next]!);
        continue;
      }
      const node = open.pop()!;
      needed.pop();
      done.pop();
      indexOf.set(node, order.length);
      order.push(node);
      for (let i = 0; i < wanted.length; i++) operands.push(indexOf.get(wanted[i]!)!);
      start.push(operands.length);
    }
  }
  return { order, indexOf, start: Int32Array.from(start), operands: Int32Array.from(operands) };
}
